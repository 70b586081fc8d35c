"""Open questions: what the passages say, or that they do not say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.extractive.asking import Asked
from assistant.extractive.choosing import Chosen, choose, has_quantity
from assistant.extractive.evidence import EvidenceFinder
from assistant.extractive.followups import Resolved
from assistant.extractive.premises import contradicting
from assistant.extractive.quoting import Quote, Quoter, overlapping
from assistant.extractive.scanning import Scan, Scanner, subject_of
from assistant.extractive.silence import lacks
from assistant.extractive.vocabulary import Vocabulary
from assistant.extractive.writing import Draft
from assistant.types import Status
from index.retrieval import HybridRetriever
from index.store.collection import Collection
from index.types import Evidence, Hit, Identity, Query, Wanted

SURVEYED = 8
"""Documents that a survey quotes from at most."""
READ = 8
"""Passages whose sentences are read for an answer."""
SPOKEN_OF = -6.0
"""Logit below which evidence does not speak of a subject whose words no document writes."""
_NEXT = re.compile(
    r"\bnext\b.{0,30}\b(?:due|inspection|visit)\b.{0,20}\b(?:due|when|date)?|\bdue (?:back|next)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\bwhen(?:'s)?\b|\bwhat date\b|\bhow soon\b", re.IGNORECASE)


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
    ) -> None:
        self._collection = collection
        self._retriever = retriever
        self._finder = finder
        self._words = words
        self._scanner = scanner

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
        evidence = self._finder.find(query, hits)
        return Found(tuple(hits), tuple(evidence), self.best_logit(query, evidence), scan)

    def best_logit(self, query: Query, evidence: Sequence[Evidence]) -> float:
        """The cross-encoder's highest score among the first few; -20 with none."""
        best = evidence[:5]
        return float(np.max(self._finder.logits(query.subject, best))) if best else -20.0

    def not_stated(
        self, found: Found, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> tuple[str, ...]:
        """Why the documents do not answer, in sentences; empty where they do."""
        if not found.evidence:
            return ("Nothing in the documents speaks of it.",)
        ids = [identity.doc_id for identity in _in_scope(query, allowed)]
        absent = (
            *self._words.missing_names(query, ids),
            *self._words.missing_phrases(query, ids, [i.doc_id for i in allowed]),
        )
        if found.scan and not found.scan.holding and self._unmentioned(found, asked):
            return (found.scan.sentence(),)
        if absent:
            return (f"Not mentioned there: {', '.join(dict.fromkeys(absent))}.",)
        if asked.count and not any(has_quantity(e.text) for e in found.evidence[:6]):
            return ("No figure for it is given.",)
        if lacking := lacks(asked, query, found.evidence):
            return (lacking,)
        if _NEXT.search(query.question) and _WHEN.search(query.question):
            return ("No date for it is given.",)
        return ()

    def _unmentioned(self, found: Found, asked: Asked) -> bool:
        """Whether what no document mentions in these words is not told in others either."""
        return asked.wanted is Wanted.MENTIONS or found.best_logit < SPOKEN_OF

    def contradiction(self, found: Found, query: Query) -> Draft | None:
        """The passage that says the contrary of what the question takes for granted."""
        contrary = contradicting(query.question, found.evidence)
        return self._draft(Chosen((contrary,), ()), None) if contrary else None

    def write(
        self, found: Found, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> tuple[Status, Draft, tuple[str, ...]]:
        """The answer: a frame where something was counted, then the evidence by letter."""
        survey = found.scan is not None and not query.authorities and len(allowed) > 1
        evidence = _naming(found.evidence, found.scan) if survey and found.scan else found.evidence
        chosen = choose(evidence, asked, query, survey)
        scan = found.scan if survey or asked.wanted is Wanted.MENTIONS else None
        scan = scan if scan and scan.holding else None
        draft = self._draft(_ordered(chosen, asked, query), scan)
        lacking = _lacking(query, chosen)
        status = Status.PARTIAL if lacking else Status.ANSWERED
        notes = (f"Part of this is not in the documents: {', '.join(lacking)}.",) if lacking else ()
        return status, draft, notes

    def _hits(self, query: Query, resolved: Resolved, scan: Scan | None) -> list[Hit]:
        if resolved.doc_ids:
            return self._retriever.within(query, resolved.doc_ids)[:READ]
        hits = list(self._retriever.find(replace(query, k=max(query.k, READ))).hits)
        if scan is None or query.authorities:
            several = len(query.authorities) > 1
            return hits[: READ + 4 if several else READ]
        found = {hit.passage.doc_id: hit for hit in reversed(hits)}
        wanted = [i.doc_id for i in scan.holding if i.doc_id not in found][:SURVEYED]
        extra = [
            hit for doc in wanted for hit in self._retriever.within(query, frozenset({doc}))[:2]
        ]
        return hits[:READ] + extra

    def _draft(self, chosen: Chosen, scan: Scan | None) -> Draft:
        draft = Draft()
        if scan:
            draft.frame(scan.sentence())
        shown: list[Quote] = []
        for more, items in ((False, chosen.shown), (True, chosen.more)):
            for item in items:
                quoter = Quoter(self._collection.document(item.identity.doc_id))
                quote = quoter.quote(item.sentence.start)
                if not overlapping(quote, shown) and not _repeats(quote, shown):
                    shown.append(quote)
                    draft.quote(item.identity, quote, more)
        return draft


def _naming(evidence: Sequence[Evidence], scan: Scan) -> Sequence[Evidence]:
    """Only the sentences that name the subject, where some do."""
    return [item for item in evidence if scan.names(item.text)] or evidence


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
        groups.sort(key=lambda group: _age(group[0].identity))
    return replace(chosen, shown=tuple(item for group in groups for item in group))


def _newest_first(asked: Asked, query: Query) -> bool:
    single = asked.count or asked.person or query.periods
    return not single and subject_of(query.topic) is not None


def _age(identity: Identity) -> int:
    return -identity.dated.toordinal() if identity.dated else 0


def _lacking(query: Query, chosen: Chosen) -> list[str]:
    shown = {item.identity.authority_name for item in chosen.shown}
    return [
        mention.value
        for mention in query.authorities
        if mention.certain and mention.value not in shown
    ]


def _repeats(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Whether the same words were quoted already from the same document."""
    words = " ".join(quote.text.lower().split())
    return any(
        quote.doc_id == other.doc_id and words == " ".join(other.text.lower().split())
        for other in shown
    )
