"""What the question asks that these documents cannot answer: outside them, or not held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.outside import advice, elsewhere, foreign
from assistant.extractive.signals import Signal, first
from assistant.extractive.vocabulary import Vocabulary
from index.timing import RECALLED, dates_of, fit
from index.types import Evidence, Identity, Kind, Query

_COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: (?:so|very) much)?|"
    r"thanks a lot|cheers|ta|great|perfect|brilliant|lovely|that'?s (?:all|great)|ok(?:ay)?|bye|"
    r"goodbye|got it|no thanks|there|test(?:ing)?)[\s,.!?]*)+",
    re.IGNORECASE,
)
_VISIT_NUMBER = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|6th)\b"
    r"(?: \w+)? (monitoring|focused|assurance) visit",
    re.IGNORECASE,
)
_VISITS = {
    Kind.FOCUSED_VISIT: "focused",
    Kind.MONITORING_VISIT: "monitoring",
    Kind.ASSURANCE_VISIT: "assurance",
}
_INSPECTION = r"\b(?:inspect\w*|ofsted|reports?|letters?|visit\w*|judge\w*)"
_NO_LAW = "".join(
    rf"(?<!\b{law} )" for law in ("act", "regulations", "rules", "guidance", "children")
)
"""The year of a statute tells of no time: "the Fostering Regulations 2011"."""
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


def is_question(text: str) -> bool:
    """Whether there is anything to read: two letters of some word, markup aside."""
    return bool(re.search(r"[A-Za-z]{2,}", text))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: a greeting or thanks alone."""
    return bool(_COURTESY.fullmatch(text.strip()))


class Limits:
    """Tells what is outside the documents or not held.

    Args:
        words: the documents' vocabulary.
        signals: those in use.
    """

    def __init__(self, words: Vocabulary, signals: frozenset[Signal]) -> None:
        self._words = words
        self._signals = signals

    def out_of_scope(
        self,
        question: str,
        query: Query,
        best_logit: float,
        follows: bool = False,
        mentioned: bool = False,
    ) -> bool:
        """Whether a question is not about inspections of children's services at all.

        Args:
            best_logit: the cross-encoder's highest score; above -4 the documents speak of it.
            follows: it leans on earlier questions, so that words of the trade may be missing.
            mentioned: documents write what it asks about.
        """
        checks = (
            (Signal.ELSEWHERE, lambda: elsewhere(question, best_logit) or None),
            (Signal.ADVICE, lambda: advice(question, query, best_logit) or None),
            (
                Signal.FOREIGN,
                lambda: (not mentioned and foreign(question, query, best_logit)) or None,
            ),
        )
        return bool(first(self._signals, checks[:1] if follows else checks))

    def not_held(self, query: Query, allowed: Sequence[Identity]) -> str | None:
        """What the question names and nothing is held for, in words; None where all is held.

        A time that some held document recalls and a visit that one mentions are held in part.
        """
        names = {mention.value for mention in query.authorities}
        group = [i for i in allowed if i.authority_name in names] or list(allowed)
        return first(
            self._signals,
            (
                (Signal.PLACE, lambda: _place_missing(query, allowed)),
                (Signal.VISIT, lambda: self._visit_missing(query, group)),
                (Signal.TIME, lambda: self._time_missing(query, group)),
            ),
        )

    def _visit_missing(self, query: Query, group: Sequence[Identity]) -> str | None:
        """A visit, by its number or its kind, that no document is of or tells of."""
        text = self._words.text(identity.doc_id for identity in group)
        match = _VISIT_NUMBER.search(query.question)
        if match and query.authorities:
            number = _ORDINALS.get(match.group(1).lower(), match.group(1).lower())
            visit = f"{number} {match.group(2).lower()} visit"
            return None if visit in text else f"the {visit}"
        for mention in query.kinds:
            word = _VISITS.get(mention.value)
            held = any(identity.kind.value == mention.value for identity in group)
            told = word and re.search(rf"\b{word}(?: assurance)? visit", text)
            if mention.certain and query.authorities and word and not held and not told:
                return f"a {mention.value.value}"
        return None

    def _time_missing(self, query: Query, group: Sequence[Identity]) -> str | None:
        """A named time that no document fits, recalls or writes of."""
        if not query.periods or not any(dates_of(identity) for identity in group):
            return None
        text = self._words.text(identity.doc_id for identity in group)
        for mention in query.periods:
            period = mention.value
            if any(dates_of(i) and fit(i, period) >= RECALLED for i in group):
                return None
            years = re.findall(r"(?:19|20)\d{2}", mention.words) or [
                str(day.year) for day in (period.start, period.end) if day
            ]
            if any(_told_year(year, query.question, text) for year in years):
                return None
            if period.start is None or period.end is None:
                return None
        return query.periods[0].words


def naming(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that writes of a place for which nothing is held of its own, of the time named."""
    names = re.compile(rf"\b(?:{'|'.join(re.escape(m.value) for m in query.authorities)})\b")
    times = [mention.value for mention in query.periods]
    return [
        item
        for item in evidence
        if names.search(item.text)
        and (not times or any(fit(item.identity, time) > 0 for time in times))
    ]


def _told_year(year: str, question: str, text: str) -> bool:
    """Whether a text writes of a year; of an inspection in it, where one is asked after."""
    beside = rf"{year}\W+(?:\w+\W+){{0,2}}?{_INSPECTION}|{_INSPECTION}\b[^?]{{0,40}}\b{year}"
    if not re.search(beside, question, re.IGNORECASE):
        return bool(re.search(rf"{_NO_LAW}\b{year}\b", text))
    then = rf"{_NO_LAW}\b{year}\b"
    return bool(
        re.search(rf"{_INSPECTION}[^.]{{0,120}}{then}|{then}[^.]{{0,120}}{_INSPECTION}", text)
    )


def _place_missing(query: Query, allowed: Sequence[Identity]) -> str | None:
    have = {identity.authority_name for identity in allowed}
    asked = [mention for mention in query.authorities if mention.value not in have]
    held = any(mention.value in have for mention in query.authorities)
    return asked[0].value if asked and not held else None
