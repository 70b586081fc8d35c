"""Answer with quotes alone: needs no key, no network and no language model.

Understand, scope, facts, read, decide, compose: each step is one call, and nothing flows back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answerers.apart import IN_THE_TEXT, Apart
from assistant.answerers.counting import Counting
from assistant.answerers.decide import Known, Read, Scope, Thresholds, decide, facts_answer
from assistant.answerers.joined import joined, says_again
from assistant.answerers.outcome import Outcome, qualified, write_out
from assistant.answerers.quoted import QuotedAnswer
from assistant.answerers.typed import Typed, typed
from assistant.answerers.whole import Whole, asks
from assistant.evidence.finder import EvidenceFinder
from assistant.evidence.reader import Look
from assistant.evidence.scanning import searched_for
from assistant.facts import Corpus, FactAnswer, grades, premise
from assistant.facts.brief import in_few_lines, one_side
from assistant.facts.reading import PassageReader
from assistant.ports import Briefing
from assistant.question import scope
from assistant.question.parts import without_matter
from assistant.question.readable import readable
from assistant.question.resolved import Resolved
from assistant.question.sides import Side, asked_of, sides_of
from assistant.rendering.draft import Draft
from assistant.types import Answer, Ask, Role, Status
from index.ports import Reader
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection
from index.types import Filters, Identity, Intent


class ExtractiveAnswerer:
    """The answerer that quotes (``Answerer``), and the briefer of the one that writes.

    Args:
        retriever: finds passages.
        collection: the same open index.
        reader: tells what is wanted and which sentences answer.
        statements: tells what a question after a person means; None for ``reader``.
        limit: what its probabilities must reach.

    Attributes:
        count: makes the table of what a question counts.
    """

    def __init__(
        self,
        retriever: HybridRetriever,
        collection: Collection,
        reader: Reader,
        statements: PassageReader | None = None,
        limit: Thresholds | None = None,
    ) -> None:
        self._retriever = retriever
        self._collection = collection
        self._reader = reader
        self._limit = limit or Thresholds()
        self._corpus = Corpus(collection, reader, statements=statements, find=retriever.within)
        self._finder = EvidenceFinder(retriever, self._corpus, reader, self._limit.answers)
        self._quoted = QuotedAnswer(self._corpus, self._finder, self._limit)
        self._apart = Apart(reader, self._corpus, self._limit.facts)
        self._whole = Whole(retriever, self._corpus, reader, self._limit)
        self._counting = Counting(retriever, self._corpus, reader, self._limit)
        self.count = self._counting.table
        self._folded = lru_cache(maxsize=1024)(self._fold)

    def answer(self, ask: Ask) -> Answer:
        """Answer one question; refusing is a status, never an exception."""
        return self._brief(ask, thorough=False).extractive

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """Yield the whole answer at once: it takes less time than a reader needs to look up."""
        yield self.answer(ask)

    def brief(self, ask: Ask) -> Briefing:
        """Understand, retrieve, read and decide; calls no language model."""
        return self._brief(ask, thorough=True)

    def _brief(self, ask: Ask, *, thorough: bool) -> Briefing:
        """Prepare everything; ``thorough`` reads passages beside what typed facts answer."""
        began = time.perf_counter()
        question = readable(ask.question)
        resolved = self._whole.resolved(question, ask)
        outcome = self._outcome(question, resolved, ask, thorough)
        answer = replace(
            write_out(outcome, ask, resolved, self._corpus),
            index_fingerprint=self._collection.manifest.index_fingerprint,
            elapsed_ms=(time.perf_counter() - began) * 1000,
        )
        return Briefing(
            ask,
            resolved.question,
            resolved.query,
            answer,
            outcome.readings,
            tuple(s.text for s in outcome.draft.sentences if s.role is Role.ANSWER),
            outcome.lacking,
        )

    def _outcome(self, question: str, resolved: Resolved, ask: Ask, thorough: bool) -> Outcome:
        if not asks(question):
            return Outcome(decide(Scope(readable=False), Read()), Draft())
        parts = self._apart.parts(question, self._whole.understand(ask))
        apart = self._of_parts(parts, resolved, ask, thorough) if len(parts) > 1 else None
        if len(parts) == 1 and resolved.question == question:
            resolved = replace(resolved, search=searched_for(resolved.query.subject))
        return self._corrected(apart or self._told(resolved, thorough), resolved, parts)

    def _of_parts(
        self, parts: Sequence[str], whole: Resolved, ask: Ask, thorough: bool
    ) -> Outcome | None:
        """Return what typed facts answer of some parts, with what reading answers of the rest,
        None where they answer none: what is read is read as well whole (``evals/LOG.md``
        #parts-2).
        """
        told: dict[str, Outcome] = {}
        rest: dict[str, Resolved] = {}
        each = self._apart.whole(
            parts, whole, lambda text: self._whole.resolved(text, ask), self._whole.understand(ask)
        )
        for text, alone in zip(parts, each, strict=True):
            part = replace(alone, short=whole.short)
            one = self._fact_of(part, thorough)
            if one and says_again(one, told.values()):
                bare = without_matter(text, part, self._whole.understand(ask))
                one = self._fact_of(replace(bare, short=whole.short), thorough)
            refused = one and one.status in (Status.NOT_STATED, Status.OUT_OF_SCOPE)
            if one and not refused and not says_again(one, told.values()):
                told[text] = one
            else:
                rest[text] = whole if refused or self._apart.in_the_text(text) else part
        if not told:
            return None
        for text, part in rest.items():
            said = self._typed(part)
            told[text] = self._as_read(part, said, thorough, None if part is whole else said.known)
        return joined(list(told), list(told.values()))

    def _fact_of(self, part: Resolved, thorough: bool) -> Outcome | None:
        """Return what typed facts say of one part of a question, None where they are not sure."""
        facts = self._typed(part).facts
        if facts is None or facts.chance < self._limit.bar(facts.settled):
            return None
        return self._known(facts, part, thorough)

    def _corrected(self, told: Outcome, resolved: Resolved, parts: Sequence[str]) -> Outcome:
        """Say first which grade was given, where a question or a part of it takes another for
        granted.
        """
        query = replace(resolved.query, question=resolved.question)
        taken = max(map(self._reader.assumes, (query.question, *parts)))
        if taken < premise.TAKEN_FOR_GRANTED:
            return told
        denial = premise.denied(query, self._corpus.filtered(query.filters))
        if denial is None:
            return told
        notes = tuple(dict.fromkeys((*denial.notes, *told.notes)))
        denies = told.status is Status.PREMISE_CONTRADICTED
        draft = denial.draft if denies else denial.draft.join(told.draft)
        near = told.nearest if told.draft.citations else ()  # a refusal's, where it is denied now
        return replace(told, status=denial.status, draft=draft, notes=notes, nearest=near)

    def _told(self, resolved: Resolved, thorough: bool) -> Outcome:
        said = self._typed(resolved)
        if said.facts and facts_answer(said.known, None, None, self._limit):
            return self._known(said.facts, resolved, thorough)
        return self._as_read(resolved, said, thorough, said.known)

    def _typed(self, resolved: Resolved) -> Typed:
        said = typed(resolved, self._corpus, self._reader, self._limit)
        if said.facts and said.intent is Intent.BRIEF and resolved.short >= self._limit.likely:
            # Who wants it short wants all of it: both heads together are sure.
            return replace(said, facts=replace(said.facts, settled=True))
        return said

    def _as_read(
        self, resolved: Resolved, said: Typed, thorough: bool, known: Known | None = None
    ) -> Outcome:
        """Return what reading answers, or facts where they do after all.

        Args:
            known: what facts have to say; None where they are not asked.
        """
        query = resolved.query
        allowed = self._allowed(query.filters, resolved.doc_ids)
        missing = scope.not_held(query, self._corpus.filtered(query.filters), self._writes)
        national = said.intent is Intent.FIGURE and not query.authorities
        sides = () if missing or national else self._sides(resolved, allowed)
        found = self._finder.find(resolved, sides, missing is not None, thorough)
        sought = self._corpus.scanner.sought(resolved.search, scope.about(query, allowed))
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
            return self._known(said.facts, resolved, thorough)
        matter = said.intent in IN_THE_TEXT
        short = resolved.short >= self._limit.facts
        outcome = self._quoted.outcome(status, found, query, allowed, missing, sides, matter, short)
        if outcome.status is Status.ANSWERED and said.intents[Intent.GRADE] >= grades.GRADE_TOO:
            grade = grades.grade_of_area(query, self._corpus.filtered(query.filters))
            outcome = replace(outcome, draft=grade.join(outcome.draft)) if grade else outcome
        corpus = self._corpus.filtered(query.filters)
        counts = said.intents[Intent.FIGURE] >= self._limit.facts
        outcome = qualified(outcome, query, corpus, sought, counts)
        return replace(outcome, hits=found.hits, readings=found.readings)

    def _deniable(self, resolved: Resolved, found: Look) -> bool:
        """Whether a sentence may deny what a question assumes: not where that is a known grade."""
        query = replace(resolved.query, question=resolved.question)
        denies = found.contradicts >= self._limit.contradicts
        return not denies or not premise.borne_out(query, self._corpus.filtered(query.filters))

    def _known(self, facts: FactAnswer, resolved: Resolved, thorough: bool) -> Outcome:
        """Return the outcome of a question that typed facts answer."""
        refused = facts.status in (Status.NOT_STATED, Status.NOT_HELD)
        draft = one_side(facts.draft, resolved.slant)
        found = self._finder.find(resolved, thorough=thorough) if refused or thorough else Look()
        return Outcome(
            facts.status,
            in_few_lines(draft) if resolved.short >= self._limit.likely else draft,
            found.readings if thorough else (),
            nearest=self._quoted.nearest(found, resolved.query) if refused else (),
            choices=facts.choices,
            notes=facts.notes,
            lead=facts.lead,
            counted=self._counting.question(facts, resolved),
        )

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
        return " ".join(self._collection.document(doc_id).text.lower().split())
