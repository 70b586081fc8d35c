"""What facts are answered from, and what an answer from facts is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.evidence.quoting import Quote, Quoter
from assistant.evidence.scanning import Scanner
from assistant.facts.reading import LetterReader, PassageReader
from assistant.facts.view import Table, View
from assistant.question.documents import allowed
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.inspections import link
from index.store.collection import Collection
from index.types import Filters, Hit, Identity, Inspection, Place, Query, Span

Finder = Callable[[Query, frozenset[str]], Sequence[Hit]]
"""Finds the ``query.k`` best passages of some documents."""


@dataclass(frozen=True)
class FactAnswer:
    """An answer made of events.

    Attributes:
        draft: its sentences with their roles, and the citations they rest on.
        notes: one sentence each: what is missing, what could be asked instead.
        choices: authorities or inspections to choose from, with ``AMBIGUOUS``.
        tables: the same as tables, for timelines, changes, comparisons and briefs.
        settled: whether the question says which inspection, visit or letter it is about.
        chance: how likely the question is after what is told.
        lead: what is said first, empty for what every answer of its status says.
        counted: makes the table of what it counts; None where it counts nothing.
    """

    status: Status
    draft: Draft
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    settled: bool = False
    chance: float = 0.0
    lead: str = ""
    counted: Callable[[], View] | None = None


class Corpus:
    """An open index as facts see it.

    Args:
        collection: the open index.
        reader: tells which sentences answer.
        statements: tells which statement answers; None for ``reader``.
        find: finds passages; None where nothing is counted by meaning.
    """

    def __init__(
        self,
        collection: Collection,
        reader: LetterReader,
        statements: PassageReader | None = None,
        find: Finder | None = None,
    ) -> None:
        self.collection = collection
        self.reader = reader
        self.statements = statements or reader
        self.find = find
        self.scanner = Scanner(collection)
        self._filters = Filters()
        self.quoter = lru_cache(maxsize=64)(lambda doc_id: Quoter(collection.document(doc_id)))

    def filtered(self, filters: Filters) -> Corpus:
        """Return the part that the filters let through; its events are made of that alone."""
        if not filters:
            return self
        part = copy(self)
        part._filters = filters
        for name in ("identities", "inspections", "authorities"):
            part.__dict__.pop(name, None)
        return part

    @cached_property
    def identities(self) -> list[Identity]:
        """The documents, by source."""
        return allowed(self.collection.identities(), self._filters)

    @cached_property
    def inspections(self) -> tuple[Inspection, ...]:
        """The events, by authority, oldest first."""
        return link(self.identities) if self._filters else self.collection.inspections

    @cached_property
    def authorities(self) -> tuple[str, ...]:
        """The authorities that documents are held for, in name order."""
        return tuple(sorted({i.authority_name for i in self.identities if i.authority_name}))

    def identity(self, doc_id: str) -> Identity:
        """Return one document's identity."""
        return self.collection.identity(doc_id)

    def documents(self, event: Inspection) -> list[Identity]:
        """Return the documents of an event, its own first."""
        return [self.identity(doc_id) for doc_id in event.documents]

    def own(self, event: Inspection) -> list[Identity]:
        """Return the event's own report or letter, both where there are two."""
        return [self.identity(doc_id) for doc_id in event.own]

    def of(self, authority: str) -> list[Inspection]:
        """Return the events of an authority, oldest first."""
        return [one for one in self.inspections if one.authority == authority]

    def quote(self, place: Place) -> tuple[Identity, Quote]:
        """Return the exact words at a place."""
        quoter = self.quoter(place.doc_id)
        return self.identity(place.doc_id), quoter.span(place.span.start, place.span.end)

    def proofs(
        self, identity: Identity, spans: Sequence[Span | None]
    ) -> list[tuple[Identity, Quote]]:
        """Return the sentences or rows in which the spans lie."""
        return list(self._proofs(identity, spans))

    def _proofs(
        self, identity: Identity, spans: Sequence[Span | None]
    ) -> Iterator[tuple[Identity, Quote]]:
        for span in dict.fromkeys(filter(None, spans)):
            for quote in self.quoter(identity.doc_id).proofs(span):
                yield identity, quote
