"""Documents read from folders as an index holds them, without models: what facts need of one."""

from functools import cached_property

from index.building import files
from index.building.documents import load
from index.errors import LoadError
from index.inspections import link
from index.passages import chunking
from index.passages.chunking import ChunkSettings

CHUNKS = ChunkSettings(max_tokens=220, join_tokens=60)


class Held:
    def __init__(self, folders):
        found = [one for one in files.scan(folders) if one.supported]
        self._documents = {d.doc_id: d for one in found if (d := _read(one))}

    def identities(self):
        return sorted((d.identity for d in self._documents.values()), key=lambda i: i.sources)

    def identity(self, doc_id):
        return self._documents[doc_id].identity

    def document(self, doc_id):
        return self._documents[doc_id]

    def passages_of(self, doc_id):
        return chunking.passages(self.document(doc_id), lambda text: len(text.split()), CHUNKS)

    @cached_property
    def inspections(self):
        return link(self.identities())


def _read(found):
    if found.path.name == "README.md":
        return None
    try:
        return load(found)
    except LoadError:
        return None
