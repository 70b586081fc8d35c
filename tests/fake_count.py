"""A stand-in for what makes tables of counts."""

from assistant.facts.counted import Told, table_of_documents
from index.errors import NotFound
from tests.web_fakes import corpus


class FakeCount:
    """Counts the last block of each document asked, none for "none"; remembers what was asked."""

    def __init__(self, store):
        self._corpus, self.asks = corpus(store), []

    def __call__(self, ask):
        self.asks.append(ask)
        if ask.question.startswith("who"):
            raise NotFound("this could not be counted: ask how many")
        held = self._corpus.filtered(ask.filters)
        blocks = [(one, held.collection.document(one.doc_id).blocks[-1]) for one in held.identities]
        told = [
            Told("by name", ((one, held.quoter(one.doc_id).span(block.start, block.end)),))
            for one, block in blocks
            if not ask.question.startswith("none")
        ]
        lead = f"{len(told)} of {len(blocks)} documents."
        return table_of_documents(ask.question, lead, told, ("A note.",), held)
