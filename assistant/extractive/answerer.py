"""Answers made of quotes alone: needs no key, no network and no language model.

The order of its decisions is the order of ``_decide``: nothing to read, an unclear place, a
claim that a document's head contradicts, identity questions, what is out of scope, what is not
held, tone that the passages contradict, what is not stated, and otherwise the evidence.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence.scanning import Scanner
from assistant.extractive import limits, wording
from assistant.extractive.asking import Asked, asked
from assistant.extractive.claims import Claims
from assistant.extractive.direct import Direct
from assistant.extractive.evidence import EvidenceFinder, WordWeights
from assistant.extractive.followups import Resolved, resolve
from assistant.extractive.opened import Found, Opened
from assistant.extractive.outcome import Outcome, together
from assistant.extractive.parts import part_of, parts_of
from assistant.extractive.pointing import points_back
from assistant.extractive.signals import EVERY, Signal
from assistant.extractive.vocabulary import Vocabulary, proper_names
from assistant.ports import Briefing
from assistant.question.readable import readable
from assistant.rendering.draft import Draft
from assistant.types import Answer, AnswerSentence, Ask, Role, Status
from index.ports import Reranker, TokenEncoder
from index.retrieval import HybridRetriever
from index.store.collection import Collection
from index.types import Identity, Query
from index.understanding import MAX_QUESTION

TOLD_OF = 1.0
"""Logit from which another place's document answers a question about one not held."""
NEAREST = 3
"""Passages shown with a refusal."""


class ExtractiveAnswerer:
    """The answerer that quotes (``Answerer``), and the briefer of the one that writes.

    Args:
        retriever: finds passages.
        collection: the same open index.
        reranker, tokens: score sentences.
        signals: what may decide that a question is refused or contradicted.
    """

    def __init__(
        self,
        retriever: HybridRetriever,
        collection: Collection,
        reranker: Reranker,
        tokens: TokenEncoder,
        signals: frozenset[Signal] = EVERY,
    ) -> None:
        self._retriever = retriever
        self._collection = collection
        self._held = collection.identities()
        words = Vocabulary(collection)
        self._limits = limits.Limits(words, signals)
        self._claims = Claims(collection, signals)
        self._finder = EvidenceFinder(reranker, tokens, WordWeights(collection.bm25))
        self._direct = Direct(collection)
        self._opened = Opened(
            collection, retriever, self._finder, words, Scanner(collection), signals
        )

    def answer(self, ask: Ask) -> Answer:
        """Answer one question; refusing is a status, never an exception."""
        return self.brief(ask).extractive

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """The whole answer at once: it is made in less time than a reader needs to look up."""
        yield self.answer(ask)

    def brief(self, ask: Ask) -> Briefing:
        """Understand, retrieve, select and decide; calls no language model."""
        began = time.perf_counter()
        question = readable(ask.question)
        base = self._retriever.understood(question, ask.k, ask.filters)
        resolved = resolve(question, ask.history, self._held, base)
        outcome = self._decide(question, resolved)
        if outcome.status is Status.NOT_STATED and _a_new_name(resolved, base):
            alone = Resolved(question, base)
            again = self._decide(question, alone)
            if again.status is Status.ANSWERED:
                resolved, outcome = alone, again
        answer = self._written(ask, resolved, outcome)
        answer = replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)
        return Briefing(ask, resolved.question, resolved.query, outcome.evidence, answer)

    def _decide(self, question: str, resolved: Resolved) -> Outcome:
        query = resolved.query
        if not limits.is_question(question):
            return Outcome(Status.INVALID, Draft())
        if limits.is_courtesy(question):
            return Outcome(Status.OUT_OF_SCOPE, Draft())
        allowed = self._allowed(resolved)
        wants = asked(query.topic)
        missing = self._limits.not_held(query, self._retriever.allowed(query.filters))
        if missing is None and self._direct.unclear(wants, query, allowed):
            return self._ambiguous(wants, query, allowed)
        if contrary := self._claims.contradicting(query, allowed):
            return Outcome(Status.PREMISE_CONTRADICTED, self._direct.against(contrary))
        if missing is None and (known := self._known(wants, resolved, allowed)):
            return known
        have = {identity.authority_name for identity in allowed}
        elsewhere = missing is not None and not any(m.value in have for m in query.authorities)
        found = self._opened.look(wants, resolved, allowed, elsewhere)
        mentioned = found.scan is not None and bool(found.scan.holding)
        logit = found.best_logit
        if self._limits.out_of_scope(question, query, logit, resolved.follows, mentioned):
            return Outcome(Status.OUT_OF_SCOPE, Draft())
        if missing is not None:
            return self._not_held(missing, found, resolved, wants, allowed)
        return self._read(found, wants, query, allowed)

    def _read(
        self, found: Found, wants: Asked, query: Query, allowed: Sequence[Identity]
    ) -> Outcome:
        """What the passages say: the contrary, nothing, or an answer."""
        if contrary := self._opened.contradiction(found, query):
            return Outcome(Status.PREMISE_CONTRADICTED, contrary, found.evidence[:1])
        nearest = found.hits[:NEAREST]
        if why := self._opened.not_stated(found, wants, query, allowed):
            return Outcome(Status.NOT_STATED, Draft(), nearest=nearest, notes=(why,))
        status, draft, notes = self._opened.write(found, wants, query, allowed)
        if status is Status.NOT_STATED:
            return Outcome(status, Draft(), nearest=nearest, notes=notes)
        return Outcome(status, draft, found.evidence, notes=notes)

    def _known(
        self, wants: Asked, resolved: Resolved, allowed: Sequence[Identity]
    ) -> Outcome | None:
        """What identities answer; with the open part of a question of two, where it has one."""
        query = resolved.query
        parts = parts_of(query.topic)
        if len(parts) == 1:
            only = self._direct.draft(wants, query, allowed)
            return Outcome(only.status, only.draft, notes=only.notes) if only else None
        asking = [part_of(query, part) for part in parts]
        known = [self._direct.draft(asked(part.subject), part, allowed) for part in asking]
        if not any(known):
            return None
        outcomes = [
            Outcome(direct.status, direct.draft, notes=direct.notes)
            if direct
            else self._open_part(part, resolved, allowed)
            for direct, part in zip(known, asking, strict=True)
        ]
        return together(parts, outcomes)

    def _open_part(self, part: Query, resolved: Resolved, allowed: Sequence[Identity]) -> Outcome:
        wants = asked(part.topic)
        found = self._opened.look(wants, replace(resolved, query=part), allowed, elsewhere=False)
        return self._read(found, wants, part, allowed)

    def _not_held(
        self,
        missing: str,
        found: Found,
        resolved: Resolved,
        wants: Asked,
        allowed: Sequence[Identity],
    ) -> Outcome:
        if told := self._told_of(resolved.query, resolved, wants, allowed):
            return told
        note = f"Not held: {missing}."
        return Outcome(Status.NOT_HELD, Draft(), nearest=found.hits[:NEAREST], notes=(note,))

    def _told_of(
        self, query: Query, resolved: Resolved, wants: Asked, allowed: Sequence[Identity]
    ) -> Outcome | None:
        """What documents about other places say of one for which nothing is held."""
        have = {identity.authority_name for identity in allowed}
        if not query.authorities or {m.value for m in query.authorities} & have:
            return None
        found = self._opened.look(wants, resolved, allowed, elsewhere=False)
        evidence = tuple(limits.naming(query, found.evidence))
        if not evidence or self._opened.best_logit(query, evidence) < TOLD_OF:
            return None
        _, draft, _ = self._opened.write(replace(found, evidence=evidence), wants, query, allowed)
        note = f"No document about {query.authorities[0].value} itself is held."
        return Outcome(Status.PARTIAL, draft, evidence, notes=(note,))

    def _allowed(self, resolved: Resolved) -> list[Identity]:
        allowed = self._retriever.allowed(resolved.query.filters)
        pointed = [i for i in allowed if i.doc_id in resolved.doc_ids]
        return pointed or allowed

    def _ambiguous(self, wants: Asked, query: Query, allowed: Sequence[Identity]) -> Outcome:
        draft, choices = self._direct.choices(wants, query, allowed)
        return Outcome(Status.AMBIGUOUS, draft, choices=choices)

    def _written(self, ask: Ask, resolved: Resolved, outcome: Outcome) -> Answer:
        draft = outcome.draft
        notes = [*outcome.notes, *self._notes(resolved.query, outcome)]
        if len(ask.question) > MAX_QUESTION:
            notes.append(f"The question was shortened to its first {MAX_QUESTION} characters.")
        lead = wording.SAID.get(outcome.status)
        text = "\n\n".join(part for part in (lead, draft.text()) if part)
        return Answer(
            question=ask.question,
            status=outcome.status,
            text="\n\n".join([text, *(f"*{note}*" for note in notes)]).strip(),
            sentences=_with_lead(draft, lead),
            citations=tuple(draft.citations),
            nearest=outcome.nearest,
            choices=outcome.choices,
            notes=tuple(notes),
            query=resolved.query,
            standalone=resolved.question,
            index_fingerprint=self._collection.manifest.index_fingerprint,
        )

    def _notes(self, query: Query, outcome: Outcome) -> list[str]:
        refused = (Status.NOT_STATED, Status.NOT_HELD)
        if outcome.status in refused or outcome.status is Status.OUT_OF_SCOPE:
            names = [mention.value for mention in query.authorities]
            return [wording.held_for(self._held, names)]
        cited = outcome.draft.cited()
        newest = wording.newest(self._held, cited)
        return [newest] if newest else []


def _a_new_name(resolved: Resolved, base: Query) -> bool:
    """Whether a follow-up by its look names something that the places before may not know."""
    lent = resolved.follows and not base.authorities and not points_back(base.question)
    return lent and bool(proper_names(base))


def _with_lead(draft: Draft, lead: str | None) -> tuple[AnswerSentence, ...]:
    head = (AnswerSentence(lead, Role.FRAME),) if lead else ()
    return (*head, *draft.sentences)
