"""Answer with quotes alone: needs no key, no network and no language model.

Understand, scope, facts, read, decide, compose: each step is one call, and nothing flows back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answerers.apart import Apart
from assistant.answerers.counting import Counting
from assistant.answerers.decide import Known, Read, Scope, Thresholds, decide, facts_answer
from assistant.answerers.joined import answers_too, joined, says_again
from assistant.answerers.outcome import Outcome, write_out
from assistant.answerers.quoted import QuotedAnswer
from assistant.answerers.read_answer import ReadAnswer
from assistant.answerers.typed import Typed, typed
from assistant.answerers.whole import Whole, asks
from assistant.evidence.finder import EvidenceFinder
from assistant.evidence.reader import Look
from assistant.evidence.scanning import searched_for
from assistant.facts import Corpus, FactAnswer, premise
from assistant.facts.brief import in_few_lines, one_side
from assistant.facts.reading import PassageReader
from assistant.ports import Briefing
from assistant.question.parts import without_matter
from assistant.question.readable import readable
from assistant.question.resolved import Resolved
from assistant.rendering.draft import Draft
from assistant.types import Answer, Ask, Role, Status
from index.ports import Reader
from index.query.judgements import judgements_named
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection
from index.types import Intent

_MORE = (Intent.WHY, Intent.YES_NO, Intent.FIGURE, Intent.WHO, Intent.WHEN, Intent.COUNT)
"""What asks more of a matter than what is said of it: no search, whose words must be written."""

_OVER_TIME = (Intent.TIMELINE, Intent.CHANGES)
"""Facts of several inspections, beside which a matter may be asked about that the text tells."""


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
        self._read = ReadAnswer(
            retriever, self._corpus, reader, self._finder, self._quoted, self._limit
        )

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
        if len(parts) == 1 and resolved.question == question:
            subject = resolved.query.subject
            search = searched_for(subject, self._reader.matter(subject))
            intents = self._reader.intent(question)
            asks_more = max(intents, key=lambda intent: intents[intent]) in _MORE
            resolved = replace(resolved, search="" if asks_more else search)
        told = (
            self._of_parts(parts, resolved, ask, thorough)
            if len(parts) > 1
            else self._told(resolved, thorough)
        )
        return self._corrected(told, resolved, parts)

    def _of_parts(self, parts: Sequence[str], whole: Resolved, ask: Ask, thorough: bool) -> Outcome:
        """Return what typed facts answer of some parts, with what reading answers of the rest. What
        is read is read whole (``evals/LOG.md`` #parts-2), and a part that this does not answer
        alone (#halves-1).
        """
        told: dict[str, Outcome] = {}
        rest: dict[str, tuple[Resolved, Resolved | None]] = {}
        before, understand = None, self._whole.understand(ask)
        each = self._apart.whole(
            parts, whole, lambda text: self._whole.resolved(text, ask), understand
        )
        for text, made in zip(parts, each, strict=True):
            part = replace(made, short=whole.short)
            one = self._fact_of(part, thorough)
            if one and says_again(one, told.values()):
                bare = without_matter(text, part, understand)
                one = self._fact_of(replace(bare, short=whole.short), thorough)
            refused = one and one.status in (Status.NOT_STATED, Status.OUT_OF_SCOPE)
            if one and not refused and not says_again(one, told.values()):
                told[text] = one
            else:
                alone = None if refused else self._apart.alone(text, part, before, understand)
                read = refused or self._apart.in_the_text(text)
                rest[text] = whole if read else part, alone
            before = part
        if not told:
            alone_of = {text: alone for text, (_, alone) in rest.items()}
            return self._all_read(whole, alone_of, thorough)
        for text, (part, alone) in rest.items():
            said = self._typed(part)
            one = self._as_read(part, said, thorough, None if part is whole else said.known)
            told[text] = self._covering(one, alone, thorough)
        return joined(list(told), list(told.values()))

    def _all_read(
        self, whole: Resolved, parts: Mapping[str, Resolved | None], thorough: bool
    ) -> Outcome:
        """Return what answers a question of which no part is a fact, with what answers each part
        that this leaves out.
        """
        one = self._told(whole, thorough)
        others = {text: self._covering(one, alone, thorough) for text, alone in parts.items()}
        left = {text: other for text, other in others.items() if other is not one}
        return joined([whole.question, *left], [one, *left.values()]) if left else one

    def _covering(self, one: Outcome, part: Resolved | None, thorough: bool) -> Outcome:
        """Return what was read, but where a part of the question is not answered by what is shown
        of that, and surely by something else, that.
        """
        read = part is not None and one.status is Status.ANSWERED and one.readings
        if part is None or not read or answers_too(one, part, self._reader) >= self._limit.answers:
            return one
        other = self._as_read(part, self._typed(part), thorough)
        answered = other.status in (Status.ANSWERED, Status.PARTIAL)
        surest = max((reading.whole for reading in other.readings), default=0.0)
        return other if answered and surest >= self._limit.sure else one

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
            one = self._known(said.facts, resolved, thorough)
            return self._with_its_matter(one, resolved, said, thorough)
        return self._as_read(resolved, said, thorough, said.known)

    def _with_its_matter(
        self, one: Outcome, resolved: Resolved, said: Typed, thorough: bool
    ) -> Outcome:
        """Return a history, or what changed, with what the text surely says of the matter that is
        asked about beside it ("the grades, and what was said about audits each time?"): not of an
        area, whose grades are all that was asked for.
        """
        matter = self._reader.matter(resolved.question)
        shown = said.intent in _OVER_TIME and one.status is Status.ANSWERED
        if not matter or not shown or judgements_named(matter):
            return one
        other = self._as_read(resolved, said, thorough)
        surest = max((reading.whole for reading in other.readings), default=0.0)
        answered = other.status in (Status.ANSWERED, Status.PARTIAL)
        if not answered or surest < self._limit.sure:
            return one
        return joined([resolved.question, matter], [one, other])

    def _as_read(
        self, resolved: Resolved, said: Typed, thorough: bool, known: Known | None = None
    ) -> Outcome:
        """Return what reading answers, or facts where they do after all.

        Args:
            known: what facts have to say; None where they are not asked.
        """
        read = self._read.outcome(resolved, said, thorough, known)
        if read is None:
            assert said.facts is not None  # nothing else makes reading give way
            return self._known(said.facts, resolved, thorough)
        return read

    def _typed(self, resolved: Resolved) -> Typed:
        said = typed(resolved, self._corpus, self._reader, self._limit)
        if said.facts and said.intent is Intent.BRIEF and resolved.short >= self._limit.likely:
            # Who wants it short wants all of it: both heads together are sure.
            return replace(said, facts=replace(said.facts, settled=True))
        return said

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
