"""Answer a question by reading: find, read, decide, quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answerers.apart import IN_THE_TEXT
from assistant.answerers.decide import Known, Read, Scope, Thresholds, decide, facts_answer
from assistant.answerers.outcome import Outcome, qualified
from assistant.answerers.quoted import QuotedAnswer
from assistant.answerers.typed import OF_AN_AREA, Typed
from assistant.evidence.finder import EvidenceFinder
from assistant.evidence.reader import Look
from assistant.facts import Corpus, grades, premise
from assistant.facts.area import WHOLE, area_of
from assistant.question import scope
from assistant.question.resolved import Resolved
from assistant.question.sides import Side, asked_of, sides_of
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.ports import Reader
from index.query.spelling import corrected
from index.retrieval.retriever import HybridRetriever
from index.types import Filters, Identity, Intent, Sides


class ReadAnswer:
    """Makes the outcome of a question that the text answers.

    Args:
        retriever: finds passages.
        corpus: the documents found in.
        reader: tells which sentences answer.
        finder: finds and reads.
        quoted: writes what was read.
        limit: what the reader's probabilities must reach.
    """

    def __init__(
        self,
        retriever: HybridRetriever,
        corpus: Corpus,
        reader: Reader,
        finder: EvidenceFinder,
        quoted: QuotedAnswer,
        limit: Thresholds,
    ) -> None:
        self._retriever = retriever
        self._corpus = corpus
        self._reader = reader
        self._finder = finder
        self._quoted = quoted
        self._limit = limit
        self._folded = lru_cache(maxsize=1024)(self._fold)

    def outcome(
        self, resolved: Resolved, said: Typed, thorough: bool, known: Known | None = None
    ) -> Outcome | None:
        """Return what reading answers, None where facts do after all.

        Args:
            known: what facts have to say; None where they are not asked.
        """
        query = resolved.query
        allowed = self._allowed(query.filters, resolved.doc_ids)
        missing = scope.not_held(query, self._corpus.filtered(query.filters), self._writes)
        national = said.intent is Intent.FIGURE and not query.authorities
        sides = () if missing or national else self._sides(resolved, allowed)
        found = self._finder.find(resolved, sides, missing is not None, thorough)
        sought = self._corpus.scanner.sought(
            resolved.search, scope.about(query, allowed), query.subject
        )
        read = Read(
            outside=said.outside,
            answers=found.answers,
            contradicts=found.contradicts if self._deniable(resolved, found) else 0.0,
            bears_out=found.bears_out(self._limit.contradicts),
            told=found.told(query) if missing else 0.0,
            written=sought.written,
        )
        status = decide(Scope(missing=missing.name if missing else None), read, self._limit)
        if said.facts and known and facts_answer(known, read, status, self._limit):
            return None
        matter = said.intent in IN_THE_TEXT
        short = resolved.short >= self._limit.facts
        outcome = self._quoted.outcome(
            status, found, query, allowed, missing, sides, matter, short, resolved.slant
        )
        if outcome.status is Status.ANSWERED and (grade := self._grades(resolved, said)):
            outcome = replace(outcome, draft=grade.join(outcome.draft))
        corpus = self._corpus.filtered(query.filters)
        counts = said.intents[Intent.FIGURE] >= self._limit.facts
        outcome = qualified(outcome, query, corpus, sought, counts)
        return replace(outcome, hits=found.hits, readings=found.readings)

    def _grades(self, resolved: Resolved, said: Typed) -> Draft | None:
        """Return the grades of the area that is asked about, which stand before what is said of
        it: of one asked about as a whole at several times all of them.
        """
        query = replace(resolved.query, question=resolved.question)
        corpus, likely = self._corpus.filtered(query.filters), self._limit.likely
        spelt = corrected(query.question, query.respelt)
        if asked_of(resolved, self._reader)[Sides.TIMES] >= likely:
            if keys := area_of(spelt, self._reader):
                every = grades.graded(replace(query, order=None), corpus, every=True, keys=keys)
                return every.draft if every and every.status is Status.ANSWERED else None
        elif said.intent in OF_AN_AREA and (keys := area_of(spelt, self._reader, WHOLE)):
            return grades.grade_of_area(query, corpus, keys)
        if said.intents[Intent.GRADE] >= grades.GRADE_TOO:
            return grades.grade_of_area(query, corpus)
        return None

    def _deniable(self, resolved: Resolved, found: Look) -> bool:
        """Whether a sentence may deny what a question assumes: not where that is a known grade."""
        query = replace(resolved.query, question=resolved.question)
        denies = found.contradicts >= self._limit.contradicts
        return not denies or not premise.borne_out(query, self._corpus.filtered(query.filters))

    def _sides(self, resolved: Resolved, allowed: Sequence[Identity]) -> tuple[Side, ...]:
        if resolved.doc_ids:
            return ()
        query = resolved.query
        corpus = self._corpus.filtered(query.filters)
        return sides_of(
            query,
            scope.telling(query, allowed),
            scope.of_the_time(query, corpus),
            asked_of(resolved, self._reader),
            self._limit.likely,
            scope.of_each_place(resolved.question, query, corpus, self._retriever.understood),
        )

    def _allowed(self, filters: Filters, doc_ids: frozenset[str]) -> list[Identity]:
        allowed = self._retriever.allowed(filters)
        return [i for i in allowed if i.doc_id in doc_ids] or allowed

    def _writes(self, identity: Identity, words: str) -> bool:
        return words.lower() in self._folded(identity.doc_id)

    def _fold(self, doc_id: str) -> str:
        return " ".join(self._corpus.collection.document(doc_id).text.lower().split())
