"""What a question takes for granted about a visit or a grade, held against the identities.

"Why was Stockton judged inadequate in 2022?" claims a grade, "the full inspection in December
2021" a kind, "why did the visit last five days?" a length. Only what a document's own head
proves to be otherwise is contradicted; tone is another matter (``premises``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.facts import Fact
from assistant.extractive.grades import grades_claimed, keys_named
from assistant.extractive.identities import ORDINAL, facts_for, visit_number
from assistant.extractive.premises import takes_for_granted
from assistant.extractive.relevance import relevant
from assistant.extractive.signals import Signal, first
from assistant.extractive.vocabulary import proper_names
from index.store.collection import Collection
from index.timing import dates_of, fit
from index.types import Identity, Issuer, Kind, Query, Wanted

SHOWN = 4
"""Facts shown against a claim."""
OFF = 0.6
"""Weeks by which a length claimed in weeks may differ: inspections run Monday to Friday."""
_WHETHER = re.compile(
    r"^(?:and |so |but )?(?:did|was|is|were|are|has|have|had|does|do|could|can|any)\b", re.I
)
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
)
_NUMBERS = {word: n for n, word in enumerate(_WORDS.split())} | dict.fromkeys(
    ("a", "an", "single", "whole", "full", "lone"), 1
)
_COUNT = r"(\d{1,2}|" + "|".join(_NUMBERS) + r")"
_LENGTH = re.compile(
    rf"\b(?:last(?:ed|s|ing)?|took|take[sn]?|taking|spen[dt]|spending|over|stay(?:ed)?|for|the|a)\b"
    rf"(?: \w+){{0,3}}? (?:a |an )?{_COUNT}[- ](day|week|month)s?\b",
    re.IGNORECASE,
)
_VISIT = re.compile(r"\b(?:visit|inspect|on.?site|monitoring)\w*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:led|lead|leads|leading|inspect\w*|visit\w*|sign\w*|wrote|written|author\w*|praise\w*|"
    r"critici\w*|find|found|say|said|conclude\w*|report\w*)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(rf"\b{_COUNT} (?:hmi )?(?:inspectors?|hmis?)\b", re.IGNORECASE)
_NTH = re.compile(
    rf"(?<!\bwhat )(?<!\bwhich )\b(?:was|were|is|being) (?:only )?(?:the|their|its) {ORDINAL} "
    r"(?:(monitoring|focused|assurance) visit|(?:follow[- ]up |ofsted )?(?:time|visit|return)\b)",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"\b(?:full|standard|graded|whole|short|sif|ilacs) inspections?\b|\binspection reports?\b",
    re.IGNORECASE,
)
_VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.ASSURANCE_VISIT)


class Claims:
    """Holds what questions take for granted against identities.

    Args:
        signals: those in use.
    """

    def __init__(self, collection: Collection, signals: frozenset[Signal]) -> None:
        self._collection = collection
        self._signals = signals

    def contradicting(self, query: Query, allowed: Sequence[Identity]) -> list[Fact]:
        """The facts that are contrary to what the question claims; empty where none is."""
        names = {mention.value for mention in query.authorities}
        group = [i for i in allowed if i.authority_name in names]
        if not group or len(names) > 1:
            return []
        checks = (
            (Signal.CLAIMED_GRADE, lambda: self._grade(query, group)),
            (Signal.CLAIMED_PERSON, lambda: self._person(query, group, allowed)),
            (Signal.CLAIMED_VISIT, lambda: self._visit(query, group)),
        )
        return (first(self._signals, checks) or [])[:SHOWN]

    def _grade(self, query: Query, group: Sequence[Identity]) -> list[Fact]:
        """A grade that none of the documents in question gives."""
        claimed = grades_claimed(query.topic)
        if not claimed or not takes_for_granted(query.question):
            return []
        meant = relevant(group, query)
        given = self._facts(Wanted.GRADE, meant, query)
        own = {judgement.key for i in meant[:1] for judgement in i.judgements}
        if (
            (own or not given)
            and not own & set(keys_named(query.topic))
            and (keys := keys_named(query.topic))
        ):
            whole = "overall" in query.topic.lower() and keys == ("overall_effectiveness",)
            given = facts_for(Wanted.GRADED_SO, meant[:1], self._collection, query, all_=True)
            claimed = () if whole else claimed
        said = {fact.grade for fact in given}
        return [] if said & set(claimed) else given

    def _person(
        self, query: Query, group: Sequence[Identity], allowed: Sequence[Identity]
    ) -> list[Fact]:
        """Somebody who is none of the inspectors, and whom the documents do not name."""
        names = [mention.value for mention in query.people] or [
            name for name in proper_names(query) if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z]\w+)+", name)
        ]
        known = {person.value for i in allowed for person in i.inspectors}
        names = [name for name in names if name in known]
        meant = _of_time(group, query)
        if not names or not meant or not _ROLE.search(query.question):
            return []
        if _WHETHER.match(query.question.strip()) or self._written(names, meant):
            return []
        theirs = [i for i in allowed if {p.value for p in i.inspectors} & set(names)]
        return self._facts(Wanted.INSPECTORS, [*meant[:2], *theirs[:1]], query)

    def _visit(self, query: Query, group: Sequence[Identity]) -> list[Fact]:
        """A visit of another length, kind, time or size than the document's own."""
        if _WHETHER.match(query.question.strip()) or not _VISIT.search(query.question):
            return []
        meant = _of_time(group, query)
        if not meant:
            return self._other_time(query, group)
        return (
            self._length(query, meant)
            or self._team(query, meant)
            or self._nth(query, meant)
            or self._other_kind(query, meant)
        )

    def _other_time(self, query: Query, group: Sequence[Identity]) -> list[Fact]:
        years = {day.year for m in query.periods for day in (m.value.start, m.value.end) if day}
        near = [i for i in group if years & {day.year for day in dates_of(i)}]
        return self._facts(Wanted.VISITED, near, query) if takes_for_granted(query.question) else []

    def _length(self, query: Query, meant: Sequence[Identity]) -> list[Fact]:
        claim = _LENGTH.search(query.question)
        if not claim or re.search(r"\bhow long\b", query.question, re.IGNORECASE):
            return []
        dated = [i for i in meant if i.visit_start and i.visit_end]
        number, unit = _number(claim.group(1)), claim.group(2).lower()
        if not dated or any(_as_long(identity, number, unit) for identity in dated):
            return []
        return self._facts(Wanted.VISITED, dated, query)

    def _team(self, query: Query, meant: Sequence[Identity]) -> list[Fact]:
        claim = _TEAM.search(query.question)
        facts = self._facts(Wanted.INSPECTOR_COUNT, meant, query) if claim else []
        if not claim or re.search(r"\bhow many\b", query.question, re.IGNORECASE):
            return []
        said = {_number(n) for fact in facts for n in re.findall(rf"\b{_COUNT}\b", fact.value)}
        return [] if _number(claim.group(1)) in said else facts

    def _nth(self, query: Query, meant: Sequence[Identity]) -> list[Fact]:
        """A visit that the letter counts as another ("the first time they had been back")."""
        claim = _NTH.search(query.question)
        if not claim or not takes_for_granted(query.question):
            return []
        counted = [f for i in meant for f in visit_number(self._collection.document(i.doc_id))]
        kind = (claim.group(2) or "").lower()
        counted = [fact for fact in counted if kind in fact.value.lower()]
        said = claim.group(1).lower()
        return [] if any(said in fact.value.lower() for fact in counted) else counted

    def _other_kind(self, query: Query, meant: Sequence[Identity]) -> list[Fact]:
        """A full inspection that was a visit, or a visit that was one of another kind."""
        own = [i for i in meant if i.issuer.value is Issuer.OFSTED and i.visit_end]
        if not query.periods or not own:
            return []
        kinds = {m.value for m in query.kinds if m.certain and m.value in _VISITS}
        if _FULL.search(query.question):
            kinds.add(Kind.INSPECTION_REPORT)
        if not kinds or any(i.kind.value in kinds for i in own):
            return []
        told = " ".join(j.when or "" for i in meant for j in i.reported_judgements)
        years = {str(day.year) for m in query.periods for day in (m.value.start,) if day}
        if any(year in told for year in years):
            return []
        return self._facts(Wanted.VISITED, own, query)

    def _written(self, names: Sequence[str], meant: Sequence[Identity]) -> bool:
        texts = [self._collection.document(identity.doc_id).text for identity in meant]
        return any(name in text for name in names for text in texts)

    def _facts(self, wanted: Wanted, group: Sequence[Identity], query: Query) -> list[Fact]:
        return facts_for(wanted, group, self._collection, query)


def _of_time(group: Sequence[Identity], query: Query) -> list[Identity]:
    """Those of the time named, all where none is; newest first."""
    periods = [mention.value for mention in query.periods]
    of_time = [i for i in group if not periods or any(fit(i, p) == 1.0 for p in periods)]
    return sorted(of_time, key=lambda i: -i.dated.toordinal() if i.dated else 0)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _as_long(identity: Identity, number: int, unit: str) -> bool:
    """Whether the visit was as long as claimed, weekends counted or not."""
    if identity.visit_start is None or identity.visit_end is None:
        return True
    length = (identity.visit_end.value - identity.visit_start.value).days + 1
    if unit == "day":
        return length - 2 * (length // 7) <= number <= length
    weeks = number if unit == "week" else number * 4.3
    return abs(length / 7 - weeks) <= OFF
