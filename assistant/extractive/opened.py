"""Open questions: what the passages say, or that they do not say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.evidence.quoting import Quote, Quoter, overlapping
from assistant.evidence.scanning import Scan, Scanner, subject_of
from assistant.extractive import wording
from assistant.extractive.asking import Asked
from assistant.extractive.choosing import Chosen, choose, near_best
from assistant.extractive.evidence import EvidenceFinder
from assistant.extractive.figures import promoted
from assistant.extractive.followups import Resolved
from assistant.extractive.parts import parts_of, unanswered
from assistant.extractive.premises import contradicting
from assistant.extractive.reading import SURVEYED, age, naming, newest_of_each, of_the_time
from assistant.extractive.signals import Signal
from assistant.extractive.silence import Silence
from assistant.extractive.tables import rows_first
from assistant.extractive.vocabulary import Vocabulary
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.retrieval import HybridRetriever
from index.store.collection import Collection
from index.types import Evidence, Hit, Identity, Query, Wanted

_NEWEST = "Quoted here are the newest, one for each authority first."
ALIKE = 0.8
"""Share of their words that two quotes have in common which say the same."""
_TURNING = frozenset(
    ("not", "no", "never", "without", "most", "some", "few", "all", "many", "more", "less")
)
READ = 8
"""Passages whose sentences are read for an answer."""


@dataclass(frozen=True)
class Found:
    """What was found for an open question.

    Attributes:
        evidence: best first.
        best_logit: the cross-encoder's score of the best few sentences; -20 with none.
        scan: who mentions the subject, where the question names one.
    """

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    best_logit: float
    scan: Scan | None


class Opened:
    """Looks for evidence, judges whether it answers, and writes it out."""

    def __init__(
        self,
        collection: Collection,
        retriever: HybridRetriever,
        finder: EvidenceFinder,
        words: Vocabulary,
        scanner: Scanner,
        signals: frozenset[Signal],
    ) -> None:
        self._collection = collection
        self._retriever = retriever
        self._finder = finder
        self._scanner = scanner
        self._signals = signals
        self._silence = Silence(words, signals)

    def look(
        self, asked: Asked, resolved: Resolved, allowed: Sequence[Identity], elsewhere: bool
    ) -> Found:
        """Retrieve passages and score their sentences.

        Args:
            elsewhere: nothing is held for the authority named; look at the others' documents,
                for passages that are near and do not answer.
        """
        query = resolved.query
        if elsewhere:
            query = replace(query, authorities=())
        subject = subject_of(query.topic)
        scope = _in_scope(query, allowed)
        scan = self._scanner.scan(subject, scope) if subject else None
        hits = self._hits(query, resolved, scan)
        evidence = promoted(query.topic, self._finder.find(query, of_the_time(query, hits)))
        evidence = rows_first(query.topic, evidence)
        return Found(tuple(hits), tuple(evidence), self.best_logit(query, evidence), scan)

    def best_logit(self, query: Query, evidence: Sequence[Evidence]) -> float:
        """The cross-encoder's highest score among the first few; -20 with none."""
        best = evidence[:5]
        return float(np.max(self._finder.logits(query.subject, best))) if best else -20.0

    def not_stated(
        self, found: Found, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> str | None:
        """Why the documents do not answer, in a sentence; None where they do."""
        here = [identity.doc_id for identity in _in_scope(query, allowed)]
        documents = (here, [identity.doc_id for identity in allowed])
        return self._silence.reason(
            query,
            asked,
            found.evidence,
            found.scan,
            lambda evidence: (
                found.best_logit if evidence is found.evidence else self.best_logit(query, evidence)
            ),
            documents,
        )

    def contradiction(self, found: Found, query: Query) -> Draft | None:
        """The passage that says the contrary of what the question takes for granted."""
        if Signal.CLAIMED_TONE not in self._signals:
            return None
        contrary = contradicting(query.question, query.topic, found.evidence)
        return self._draft(Chosen((contrary,), ()), None) if contrary else None

    def write(
        self, found: Found, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> tuple[Status, Draft, tuple[str, ...]]:
        """The answer: a frame where something was counted, then the evidence by letter."""
        survey = found.scan is not None and not query.authorities and len(allowed) > 1
        evidence = naming(found.evidence, found.scan) if survey and found.scan else found.evidence
        chosen = choose(evidence, asked, query, survey)
        beside = frozenset() if asked.count else near_best(evidence)
        scan = found.scan if survey or asked.wanted is Wanted.MENTIONS else None
        scan = scan if scan and scan.holding else None
        draft = self._draft(_ordered(chosen, asked, query), scan, beside)
        lacking = [*_lacking(query, chosen), *self.unanswered(query, evidence)]
        notes = (wording.partly(lacking),) if lacking else ()
        if lacking and len(lacking) == len(parts_of(query.topic)) > 1:
            return Status.NOT_STATED, Draft(), notes
        return Status.PARTIAL if lacking else Status.ANSWERED, draft, notes

    def unanswered(self, query: Query, evidence: Sequence[Evidence]) -> list[str]:
        """The parts of a question of several that no evidence answers."""
        parts = parts_of(query.topic)
        used = Signal.FIGURE in self._signals and len(parts) > 1
        return unanswered(parts, evidence) if used else []

    def _hits(self, query: Query, resolved: Resolved, scan: Scan | None) -> list[Hit]:
        if resolved.doc_ids:
            return self._retriever.within(query, resolved.doc_ids)[:READ]
        hits = list(self._retriever.find(replace(query, k=max(query.k, READ))).hits)
        if scan is None or query.authorities:
            several = len(query.authorities) > 1
            return hits[: READ + 4 if several else READ]
        if len(scan.holding) > SURVEYED:
            newest = newest_of_each(scan.holding)[:SURVEYED]
            hits = [hit for hit in hits if hit.identity in newest]
        else:
            newest = list(scan.holding)
        found = {hit.passage.doc_id for hit in hits}
        extra = [
            hit
            for identity in newest
            if identity.doc_id not in found
            for hit in self._retriever.within(query, frozenset({identity.doc_id}))[:2]
        ]
        return hits[:READ] + extra

    def _draft(
        self, chosen: Chosen, scan: Scan | None, beside: frozenset[tuple[str, int]] = frozenset()
    ) -> Draft:
        draft = Draft()
        if scan:
            narrowed = f" {_NEWEST}" if len(scan.holding) > SURVEYED else ""
            draft.frame(f"{scan.sentence()}{narrowed}")
        shown: list[Quote] = []
        for more, items in ((False, chosen.shown), (True, chosen.more)):
            for item in items:
                quoter = Quoter(self._collection.document(item.identity.doc_id))
                doc_id = item.identity.doc_id
                near = frozenset(start for other, start in beside if other == doc_id)
                quote = quoter.quote(item.sentence.start, near)
                opens = quote.text.rstrip().endswith(":")
                listed = quoter.items_after(quote) if opens and not more else []
                empty = opens and shown and not listed
                if empty or overlapping(quote, shown) or says_the_same(quote, shown):
                    continue
                before, after = quoter.beside(quote)
                for part in (before, quote, after, *listed):
                    if part and not overlapping(part, shown):
                        shown.append(part)
                        draft.quote(item.identity, part, more)
        return draft


def _in_scope(query: Query, allowed: Sequence[Identity]) -> list[Identity]:
    names = {mention.value for mention in query.authorities}
    return [i for i in allowed if i.authority_name in names] or list(allowed)


def _ordered(chosen: Chosen, asked: Asked, query: Query) -> Chosen:
    """Evidence letter by letter: newest first, but best first where one fact is asked for."""
    by_letter: dict[str, list[Evidence]] = {}
    for item in chosen.shown:
        by_letter.setdefault(item.identity.doc_id, []).append(item)
    groups = list(by_letter.values())
    if len(groups) > 1 and _newest_first(asked, query):
        groups.sort(key=lambda group: age(group[0].identity))
    return replace(chosen, shown=tuple(item for group in groups for item in group))


def _newest_first(asked: Asked, query: Query) -> bool:
    single = asked.count or asked.person or query.periods
    return not single and subject_of(query.topic) is not None


def _lacking(query: Query, chosen: Chosen) -> list[str]:
    shown = {item.identity.authority_name for item in chosen.shown}
    return [
        mention.value
        for mention in query.authorities
        if mention.certain and mention.value not in shown
    ]


def says_the_same(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Whether the same was quoted already from the same document, in all but a few words."""
    words = _words(quote)
    others = [_words(other) for other in shown if other.doc_id == quote.doc_id]
    return any(_alike(words, other) for other in others)


def _words(quote: Quote) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", quote.text.lower()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    differing = one ^ other
    told_apart = differing & _TURNING or any(word.isdigit() for word in differing)
    return not told_apart and len(one & other) >= ALIKE * len(one | other)
