"""Answer with quotes alone: needs no key, no network and no language model.

Understand, scope, facts, read, decide, compose: each step is one call, and nothing flows back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answerers import compose
from assistant.answerers.decide import Known, Read, Scope, Thresholds, decide, facts_answer
from assistant.evidence.reader import READ, Look, look, together
from assistant.evidence.scanning import Scan, in_their_words, subject_of
from assistant.facts import Corpus, FactAnswer, answer_from_facts, facts_wanted, refusals
from assistant.facts.meant import meant
from assistant.facts.reading import PassageReader
from assistant.ports import Briefing
from assistant.question import scope
from assistant.question.history import Resolved, resolve
from assistant.question.readable import readable
from assistant.question.sides import Side, sides_of
from assistant.rendering import wording
from assistant.rendering.draft import Draft
from assistant.types import Answer, AnswerSentence, Ask, Role, Status
from index.ports import Reader
from index.query.abbreviations import with_full_forms
from index.query.plain import in_inspectors_words
from index.query.spelling import corrected
from index.query.understand import MAX_QUESTION
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection
from index.types import Evidence, Filters, Hit, Identity, Intent, Query, Reading

READ_FOR_A_MODEL = 24
"""Passages read where a language model is shown whole paragraphs (``evals/LOG.md`` #written-1)."""
PER_SURVEYED, MOST_OF_ONE = 2, 500
"""Passages read of a document that mentions what is asked and was not heard, of how many ranked."""
LEAST_OF_SIDE, MOST_OF_SIDES = 4, 18
"""Passages read of each side of a question, and of all together, where that gives more."""
NEAREST = 3
"""Passages shown with a refusal."""
STRAYS = (Intent.OUTSIDE, Intent.CHAT, Intent.TASK)
"""Intents that no document answers."""


@dataclass(frozen=True)
class Outcome:
    """What was decided about a question, before it is written out.

    Attributes:
        readings: the passages that were read.
        hits: the passages found; empty where facts answer.
    """

    status: Status
    draft: Draft
    readings: tuple[Reading, ...] = ()
    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class ExtractiveAnswerer:
    """The answerer that quotes (``Answerer``), and the briefer of the one that writes.

    Args:
        retriever: finds passages.
        collection: the same open index.
        reader: tells what is wanted and which sentences answer.
        statements: tells what a question after a person means; None for ``reader``.
        limit: what its probabilities must reach.
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
        self._held = collection.identities()
        self._corpus = Corpus(collection, reader, statements=statements, find=retriever.within)
        self._composer = compose.Composer(collection, self._limit)
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
        resolved = self._resolved(question, ask)
        outcome = self._outcome(question, resolved, thorough)
        answer = self._written(ask, resolved, outcome)
        answer = replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)
        return Briefing(
            ask,
            resolved.question,
            resolved.query,
            answer,
            outcome.readings,
            tuple(s.text for s in outcome.draft.sentences if s.role is Role.ANSWER),
            outcome.notes if outcome.status is Status.PARTIAL else (),
        )

    def _resolved(self, question: str, ask: Ask) -> Resolved:
        """Make a question whole with the turns before it; one without words takes nothing."""
        understand = self._understand(ask)
        if not _asks(question):
            return Resolved(question, understand(question))
        return resolve(question, ask.history, understand, self._reader.leaning, self._reshapes)

    def _reshapes(self, text: str) -> bool:
        return self._reader.intent(text)[Intent.RESHAPE] >= self._limit.likely

    def _understand(self, ask: Ask) -> Callable[[str], Query]:
        return lambda text: self._retriever.understood(readable(text), ask.k, ask.filters)

    def _outcome(self, question: str, resolved: Resolved, thorough: bool) -> Outcome:
        if not _asks(question):
            return Outcome(decide(Scope(readable=False), Read()), Draft())
        query = resolved.query
        allowed = self._allowed(query.filters, resolved.doc_ids)
        intents = self._intents(resolved)
        wanted = facts_wanted(intents)
        intent = next(iter(wanted))
        facts = answer_from_facts(resolved.question, query, wanted, self._corpus)
        known = facts and Known(facts.chance, facts.settled, intent is Intent.FIGURE)
        if facts and known and facts_answer(known, None, None, self._limit):
            return self._known(facts, resolved, thorough)
        missing = scope.not_held(query, self._corpus.filtered(query.filters), self._writes)
        national = intent is Intent.FIGURE and not query.authorities
        sides = () if missing or national else self._sides(resolved, allowed)
        if sides:
            found = self._heard(resolved, sides, thorough)
        else:
            found = self._look(resolved, missing is not None, thorough)
        best = _best(found.evidence)
        read = Read(
            outside=sum(intents[stray] for stray in STRAYS),
            answers=found.answers,
            contradicts=best.contradicts if best else 0.0,
            bears_out=_bears_out(found.evidence, self._limit),
            told=self._told(query, found) if missing else 0.0,
        )
        status = decide(Scope(missing=missing), read, self._limit)
        if facts and known and facts_answer(known, read, status, self._limit):
            return self._known(facts, resolved, thorough)
        outcome = self._composed(status, found, query, allowed, missing, sides)
        return replace(outcome, hits=found.hits, readings=found.readings)

    def _intents(self, resolved: Resolved) -> dict[Intent, float]:
        """Return how likely each sort of answer is wanted: of a follow-up that has words of its
        own, by these and by the whole alike.
        """
        whole = self._reader.intent(resolved.question)
        said = self._reader.intent(resolved.said) if resolved.said else whole
        return {intent: (whole[intent] + said[intent]) / 2 for intent in whole}

    def _known(self, facts: FactAnswer, resolved: Resolved, thorough: bool) -> Outcome:
        """Return the outcome of a question that typed facts answer."""
        refused = facts.status in (Status.NOT_STATED, Status.NOT_HELD)
        nearest = self._retriever.find(resolved.query).hits[:NEAREST] if refused else ()
        return Outcome(
            facts.status,
            facts.draft,
            self._look(resolved, False, thorough).readings if thorough else (),
            nearest=nearest,
            choices=facts.choices,
            notes=facts.notes,
        )

    def _composed(
        self,
        status: Status,
        found: Look,
        query: Query,
        allowed: Sequence[Identity],
        missing: str | None,
        sides: Sequence[Side],
    ) -> Outcome:
        """Return the outcome of an open question with its status."""
        nearest = found.hits[:NEAREST]
        if status is Status.OUT_OF_SCOPE:
            helps = found.answers >= self._limit.sure
            return Outcome(status, Draft(), nearest=nearest if helps else ())
        if status is Status.NOT_HELD:
            corpus = self._corpus.filtered(query.filters)
            known = refusals.not_held(query, meant(query, corpus), corpus)
            return Outcome(status, known.draft, nearest=nearest, notes=(f"Not held: {missing}.",))
        if status is Status.NOT_STATED:
            return Outcome(status, Draft(), nearest=nearest)
        if status is Status.PREMISE_CONTRADICTED:
            chosen = compose.contrary(found.evidence, self._limit)
            draft = self._composer.write(Draft(), chosen, found.evidence)
            return Outcome(status, draft)
        if missing is not None:
            evidence = tuple(self._naming(query, found.evidence))
            chosen = compose.choose(evidence, replace(query, authorities=()), None, self._limit)
            note = f"No document about {missing} itself is held."
            draft = self._composer.write(Draft(), chosen, evidence)
            return Outcome(status, draft, notes=(note,))
        if sides:
            return self._answered_by(sides, found)
        return self._answered(found, query, allowed)

    def _answered_by(self, sides: Sequence[Side], found: Look) -> Outcome:
        """Return what each side says; which of them says nothing is said."""
        chosen, silent = compose.choose_of_sides(found, sides, self._limit)
        draft = self._composer.write(Draft(), chosen, found.evidence)
        lacking = [side.name for side in silent if side.named]
        if lacking:
            return Outcome(Status.PARTIAL, draft, notes=(wording.partly(lacking),))
        others = [side.name for side in silent]
        return Outcome(Status.ANSWERED, draft, notes=(wording.silent(others),) if others else ())

    def _answered(self, found: Look, query: Query, allowed: Sequence[Identity]) -> Outcome:
        scan = self._scan(query, allowed)
        chosen = compose.choose(found.evidence, query, scan, self._limit)
        draft = Draft()
        if scan is not None and scan.holding:
            draft.frame(scan.sentence())
        self._composer.write(draft, chosen, found.evidence)
        return Outcome(Status.ANSWERED, draft)

    def _scan(self, query: Query, allowed: Sequence[Identity]) -> Scan | None:
        subject = subject_of(query.topic)
        if subject is None or query.authorities or len(allowed) < 2:
            return None
        return self._corpus.scanner.scan(subject, allowed)

    def _look(self, resolved: Resolved, missing: bool, thorough: bool) -> Look:
        """Retrieve passages of what the question is about, and read them.

        What would be refused is read once more by its matter alone: the reader is misled by
        "what did the 2016 report say about …" (``evals/LOG.md`` #framed-1).
        """
        most = READ_FOR_A_MODEL if thorough else READ
        query = replace(resolved.query, k=max(resolved.query.k, most))
        if missing and not self._writers(query):
            query = replace(query, authorities=())  # what is near, and does not answer
        hits = self._hits(query, resolved)
        asked = _as_read(resolved.question, query)
        survey = self._surveyed(query, hits)
        if survey:
            many = [*hits[:most], *survey]
            return look(self._reader, asked, many, len(many), level=True)
        found = look(self._reader, asked, hits, most)
        matter = subject_of(query.topic)
        if matter is None or found.answers >= self._limit.answers:
            return found
        bare = look(self._reader, _as_read(matter, query), hits, most)
        return max(found, bare, key=lambda one: one.answers)

    def _sides(self, resolved: Resolved, allowed: Sequence[Identity]) -> tuple[Side, ...]:
        if resolved.doc_ids:
            return ()
        query = resolved.query
        corpus = self._corpus.filtered(query.filters)
        return sides_of(
            query,
            scope.telling(query, allowed),
            scope.of_the_time(query, corpus),
            self._reader.sides(resolved.question),
            self._limit.likely,
        )

    def _heard(self, resolved: Resolved, sides: Sequence[Side], thorough: bool) -> Look:
        """Retrieve and read passages of each side of a question."""
        most = READ_FOR_A_MODEL if thorough else MOST_OF_SIDES
        each = max(LEAST_OF_SIDE, most // len(sides))
        query = replace(resolved.query, k=max(resolved.query.k, each))
        asked = _as_read(resolved.question, query)
        own = [self._retriever.within(query, side.doc_ids)[:each] for side in sides]
        matter = in_their_words(query.subject, [hit for hits in own for hit in hits])
        return together([self._heard_of(hits, asked, _as_read(matter, query)) for hits in own])

    def _heard_of(self, hits: Sequence[Hit], asked: str, matter: str) -> Look:
        """Read passages of one side; where none answers what is asked of all of them, by its
        matter alone.
        """
        found = look(self._reader, asked, hits, len(hits))
        if found.answers >= self._limit.answers or not matter:
            return found
        return max(found, look(self._reader, matter, hits, len(hits)), key=lambda one: one.answers)

    def _surveyed(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """Return the best passages that name what is asked of everyone, of the documents that
        mention it and of which no hit names it.
        """
        scan = self._scan(query, self._retriever.allowed(query.filters))
        if scan is None or len(scan.holding) > compose.SURVEYED:
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

    def _told(self, query: Query, found: Look) -> float:
        """Return how likely another place's document tells of one for which nothing is held."""
        return max((item.score for item in self._naming(query, found.evidence)), default=0.0)

    def _naming(self, query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
        names = [mention.value.lower() for mention in query.authorities]
        return [e for e in evidence if any(name in e.text.lower() for name in names)]

    def _writers(self, query: Query) -> bool:
        return any(self._collection.writing_of(m.value) for m in query.authorities)

    def _allowed(self, filters: Filters, doc_ids: frozenset[str]) -> list[Identity]:
        allowed = self._retriever.allowed(filters)
        return [i for i in allowed if i.doc_id in doc_ids] or allowed

    def _writes(self, identity: Identity, words: str) -> bool:
        return words.lower() in self._folded(identity.doc_id)

    def _fold(self, doc_id: str) -> str:
        return " ".join(self._collection.document(doc_id).text.lower().split())

    def _written(self, ask: Ask, resolved: Resolved, outcome: Outcome) -> Answer:
        draft = outcome.draft
        notes = [*outcome.notes, *self._notes(resolved.query, outcome)]
        if len(ask.question) > MAX_QUESTION:
            notes.append(f"The question was shortened to its first {MAX_QUESTION} characters.")
        lead = wording.SAID.get(outcome.status)
        if outcome.status is Status.AMBIGUOUS and resolved.query.authorities:
            lead = wording.WHICH_INSPECTION
        text = "\n\n".join(part for part in (lead, draft.text()) if part)
        return Answer(
            question=ask.question,
            status=outcome.status,
            text="\n\n".join([text, *(f"*{note}*" for note in notes)]).strip(),
            sentences=_with_lead(draft, lead),
            citations=tuple(draft.citations),
            nearest=outcome.nearest,
            choices=outcome.choices,
            notes=tuple(dict.fromkeys(notes)),
            query=resolved.query,
            hits=outcome.hits,
            standalone=resolved.question,
            index_fingerprint=self._collection.manifest.index_fingerprint,
        )

    def _notes(self, query: Query, outcome: Outcome) -> list[str]:
        refused = (Status.NOT_STATED, Status.NOT_HELD, Status.OUT_OF_SCOPE)
        if outcome.status in refused and not outcome.draft.citations:
            names = [mention.value for mention in query.authorities]
            return [wording.held_for(self._held, names)]
        newest = wording.newest(self._held, outcome.draft.cited())
        return [newest] if newest else []


def _asks(question: str) -> bool:
    """Whether there is a word to read."""
    return bool(re.search(r"[A-Za-z]{2,}", question))


def _best(evidence: Sequence[Evidence]) -> Evidence | None:
    return evidence[0] if evidence else None


def _as_read(question: str, query: Query) -> str:
    """Return the question as the reader reads it: spelt right, in inspectors' words, and what
    abbreviations stand for.
    """
    return with_full_forms(in_inspectors_words(corrected(question, query.respelt)))


def _bears_out(evidence: Sequence[Evidence], limit: Thresholds) -> float:
    """Return the best probability of a sentence that answers and denies nothing."""
    return max((e.score for e in evidence if e.contradicts < limit.contradicts), default=0.0)


def _with_lead(draft: Draft, lead: str | None) -> tuple[AnswerSentence, ...]:
    head = (AnswerSentence(lead, Role.FRAME),) if lead else ()
    return (*head, *draft.sentences)
