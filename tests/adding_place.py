"""A small index that is served with the page that adds to it: stand-in models, real files."""

from bs4 import BeautifulSoup

from assistant.service.index_writer import IndexWriter
from assistant.service.live_index import FollowingCollection, LiveIndex, Opened
from assistant.web.added_documents import AddedDocuments
from assistant.web.app import build_pages
from assistant.web.batches import Adding
from assistant.web.parts import WebParts
from assistant.web.uploads import Uploads
from index.compose import stamp
from index.store.collection import Collection
from tests.assistant.web.test_safety import HTML, visits
from tests.fakes import builder, corpus
from tests.web_fakes import FakeAnswerer

PATIENCE_S = 60


class Place:
    """A small index that is served, and the page that adds to it."""

    def __init__(self, folder):
        self.index, self.files = folder / "index", folder / "index-uploads"
        builder(self.index).build([corpus(folder / "corpus", [1])])
        opened = lambda: Opened(Collection(self.index), None, None)  # noqa: E731
        current = LiveIndex(stamp(self.index), opened, look_every_s=3600)
        self.store = FollowingCollection(current)
        self.live = IndexWriter(lambda: builder(self.index), self.store, current.follow)
        self.may = lambda who: True
        documents = AddedDocuments(self.live, Uploads(self.files))
        self.adding = Adding(documents, lambda who: self.may(who), for_all=True)
        parts = WebParts(FakeAnswerer(self.store), self.store, adding=self.adding)
        self.parts, self.app = parts, build_pages(parts)

    def post(self, path, **more):
        (answer,) = visits(self.app, ("POST", path, {"headers": HTML, **more}))
        return answer

    def get(self, path):
        (answer,) = visits(self.app, ("GET", path, {"headers": HTML}))
        return answer

    def ended(self, answer):
        """The page of a batch once all of it has ended."""
        assert answer.status_code == 303, answer.text
        name = answer.headers["location"].rpartition("/")[2]
        assert self.adding.batch("", name).done.wait(PATIENCE_S)
        return BeautifulSoup(self.get(answer.headers["location"]).text, "lxml")

    def add(self, *files):
        sent = [("files", (name, content)) for name, content in files]
        return self.ended(self.post("/collection/add", files=sent))

    def doc_id(self, source):
        return next(i.doc_id for i in self.store.identities() if source in i.sources)

    @property
    def sources(self):
        return sorted(source for i in self.store.identities() for source in i.sources)

    @property
    def kept(self):
        return sorted(path.name for path in self.files.glob("*"))
