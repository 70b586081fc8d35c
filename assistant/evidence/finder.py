"""Find the passages that a question is about, and read them: of one matter, or of each side.

Nothing is decided here: what was found and read is handed over as one ``Look``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.reader import READ, Look, look, together
from assistant.evidence.scanning import SURVEYED, Scan, of_one, searched_for
from assistant.facts import Corpus
from assistant.facts.tables import counts_grades
from assistant.question import scope
from assistant.question.resolved import Resolved
from assistant.question.scope import age
from assistant.question.sides import Side
from index.ports import Reader
from index.query.abbreviations import with_both_forms
from index.query.spelling import corrected
from index.retrieval.retriever import HybridRetriever
from index.store.lexical import terms
from index.types import Hit, Identity, Intent, Query

READ_FOR_A_MODEL = 24
"""Passages read where a language model is shown whole paragraphs (``evals/LOG.md`` #written-1)."""
PER_SURVEYED, MOST_OF_ONE = 2, 500
"""Passages read of a document that mentions what is asked and was not heard, of how many ranked."""
LEAST_OF_SIDE, MOST_OF_SIDES = 4, 18
"""Passages read of each side of a question, and of all together, where that gives more."""
PER_NEWEST = 2
"""Passages read of the newest letter of a place that is one side of several."""
POOL, OF_NEWEST, OF_OLDER = 60, 10, 4
"""Asked of one place at no time: passages ranked, and read of its newest letter and of the rest."""
_COUNTING = frozenset((Intent.FIGURE, Intent.COUNT))
"""What is asked where rows that count grades may answer, a place named or not."""


class EvidenceFinder:
    """Finds what may answer a question, and lets the reader read it.

    Args:
        retriever: finds passages.
        corpus: the documents found in.
        reader: tells which sentences answer.
        answers: probability from which on a passage answers; a side of which none does is read
            for the whole question too.
    """

    def __init__(
        self, retriever: HybridRetriever, corpus: Corpus, reader: Reader, answers: float
    ) -> None:
        self._retriever = retriever
        self._corpus = corpus
        self._reader = reader
        self._answers = answers

    def find(
        self,
        resolved: Resolved,
        sides: Sequence[Side] = (),
        missing: bool = False,
        thorough: bool = False,
    ) -> Look:
        """Retrieve passages for a question and read them; of each side, where it has any.

        Args:
            missing: nothing is held for what the question names.
            thorough: read as many as a language model is shown.
        """
        if sides:
            found = self._of_sides(resolved, sides, thorough)
        else:
            found = self._of_all(resolved, missing, thorough)
        return self._of_the_place(found, resolved)

    def _of_the_place(self, found: Look, resolved: Resolved) -> Look:
        """Leave out rows that count grades everywhere, where a place is asked about and no
        number: they tell nothing of it.
        """
        intents = self._reader.intent(resolved.question)
        counting = max(intents, key=lambda intent: intents[intent]) in _COUNTING
        if counting or not resolved.query.authorities:
            return found
        kept = [e for e in found.evidence if not counts_grades(e.text, e.sentence)]
        return replace(found, evidence=tuple(kept))

    def scan(self, query: Query, allowed: Sequence[Identity]) -> Scan | None:
        """Return which documents mention what is asked of everyone, None where it is not, or where
        a matter is but named.
        """
        subject = searched_for(query.subject, self._reader.matter(query.subject))
        bare = len(terms(subject)) == len(terms(query.subject))
        if query.authorities or len(allowed) < 2 or not subject or bare:
            return None
        return self._corpus.scanner.scan(subject, allowed)

    def _of_all(self, resolved: Resolved, missing: bool, thorough: bool) -> Look:
        """Retrieve passages of what the question is about, and read them."""
        most = READ_FOR_A_MODEL if thorough else READ
        query = replace(resolved.query, k=max(resolved.query.k, most))
        if missing and not self._writes(query):
            query = replace(query, authorities=())  # what is near, and does not answer
        newest = None if thorough else self._newest(query, resolved)
        asked = _as_read(resolved.question, query)
        if newest is not None:
            own, rest = self._of_now(query, newest)
            parts = [(own, OF_NEWEST), (rest, OF_OLDER)]
            read = [look(self._reader, asked, part, most) for part, most in parts if part]
            return together(read or [Look()])
        hits = self._hits(query, resolved)
        survey = self._surveyed(query, hits)
        if survey:
            many = [*hits[:most], *survey]
            return look(self._reader, asked, many, len(many), level=True)
        return look(self._reader, asked, hits, most)

    def _newest(self, query: Query, resolved: Resolved) -> str | None:
        """Return Ofsted's newest letter of the one place that is asked about as it is now."""
        if resolved.doc_ids or not scope.of_now(query) or len(query.authorities) != 1:
            return None
        held = scope.about(query, self._retriever.allowed(query.filters))
        own = [i for i in scope.telling(query, held) if not age(i)[0]]
        return min(own, key=age).doc_id if own else None

    def _of_now(self, query: Query, newest: str) -> tuple[Sequence[Hit], Sequence[Hit]]:
        """Return the best passages of the newest letter, and those of what else is held, of which
        fewer are read: each is heard by itself, so that no older passage puts the newest letter's
        behind.
        """
        hits = self._retriever.find(replace(query, k=POOL)).hits
        own = [hit for hit in hits if hit.passage.doc_id == newest][:OF_NEWEST]
        rest = [hit for hit in hits if hit.passage.doc_id != newest][:READ]
        return own, rest

    def _of_sides(self, resolved: Resolved, sides: Sequence[Side], thorough: bool) -> Look:
        """Retrieve passages of each side of a question, and read them for what it says alone."""
        most = READ_FOR_A_MODEL if thorough else MOST_OF_SIDES
        each = max(LEAST_OF_SIDE, most // len(sides))
        query = replace(resolved.query, k=max(resolved.query.k, each, READ))
        alone, whole = (_as_read(q, query) for q in (of_one(query.subject), resolved.question))
        own = [self._hits_of(query, side, each) for side in sides]
        return together([self._of_side(hits, each, alone, whole) for hits in own])

    def _of_side(self, hits: Sequence[Hit], each: int, alone: str, whole: str) -> Look:
        """Read the best passages of one side; where none answers what is asked of it alone, for
        the whole question too.
        """
        found = look(self._reader, alone, hits, each)
        if found.answers >= self._answers:
            return found
        return max(found, look(self._reader, whole, hits, each), key=lambda one: one.answers)

    def _hits_of(self, query: Query, side: Side, each: int) -> list[Hit]:
        """Return the passages of one side, the best first; of a place asked about at no time, the
        best of its newest letter are among the first of them.
        """
        hits = self._retriever.within(query, side.doc_ids)
        if side.timed or query.periods:
            return hits
        identities = map(self._corpus.identity, side.doc_ids)
        newest = min((i for i in identities if not age(i)[0]), key=age, default=None)
        first = [hit.passage.doc_id for hit in hits[:each]]
        if newest is None or first.count(newest.doc_id) >= PER_NEWEST:
            return hits
        own = self._retriever.within(query, frozenset({newest.doc_id}))[:PER_NEWEST]
        rest = [hit for hit in hits if hit not in own]
        return [*rest[: each - len(own)], *own, *rest[each - len(own) :]]

    def _surveyed(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """Return the best passages that name what is asked of everyone, of the documents that
        mention it and of which no hit names it.
        """
        scan = self.scan(query, self._retriever.allowed(query.filters))
        if scan is None or len(scan.holding) > SURVEYED:
            return []
        heard = {hit.passage.doc_id for hit in hits[:READ] if scan.names(hit.passage.text)}
        found: list[Hit] = []
        for identity in scan.holding:
            if identity.doc_id not in heard:
                whole = replace(query, k=MOST_OF_ONE)
                own = self._retriever.within(whole, frozenset({identity.doc_id}))
                found += [hit for hit in own if scan.names(hit.passage.text)][:PER_SURVEYED]
        return found

    def _hits(self, query: Query, resolved: Resolved) -> Sequence[Hit]:
        if resolved.doc_ids:
            return self._retriever.within(query, resolved.doc_ids)
        fitting = scope.of_the_time(query, self._corpus.filtered(query.filters))
        return (
            self._retriever.within(query, fitting) if fitting else self._retriever.find(query).hits
        )

    def _writes(self, query: Query) -> bool:
        """Return whether a document held writes of an authority that the question names."""
        return any(self._corpus.collection.writing_of(m.value) for m in query.authorities)


def _as_read(question: str, query: Query) -> str:
    """Return the question as the reader reads it: spelt right, with what abbreviations stand for.

    In staff's own words: inspectors' words mislead the reader (``evals/LOG.md`` #own-words-1).
    """
    return with_both_forms(corrected(question, query.respelt))
