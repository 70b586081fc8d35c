"""Count what was asked and said in the last days; knows no page and reads no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

from assistant.rendering.dates import day
from assistant.rendering.grammar import count
from assistant.rendering.wording import STATUS_WORDS
from assistant.service.audit_log import Asked
from assistant.service.newest import Newest
from assistant.service.verdicts import Said
from assistant.types import REFUSALS, Status

DAYS = 30
"""How many days are counted, today with them."""
_FAILED = "failed"
_STATUSES = frozenset(Status)
_ENDS: dict[str, str] = {
    Status.ANSWERED: "Answered",
    **{str(status): said for status, said in STATUS_WORDS.items()},
    "searched": "Searched by a program",
    "stopped": "Stopped before the end",
    _FAILED: "Failed",
}
_OTHER = "Other"
_UP_TO_S = (1, 2, 5, 10, 30)
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that went wrong for its reader.

    Attributes:
        said: the question with what is known of its answer; empty text where none was kept.
        ended: what became of it, in words.
    """

    said: Said
    ended: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened in the last days.

    Attributes:
        days: how many questions ended on each day, oldest first, none left out.
        ends: what became of them, most first.
        median_s, slow_s: seconds that half, and 95 of 100, of the answers and refusals took at
            most; None without any.
        times: how many of these took how long.
        reasons: why answers were not useful, most first.
        failed: thumbs down, refusals and failures, newest first.
        notes: what is not counted, a sentence each.
    """

    days: tuple[tuple[date, int], ...]
    ends: Counts
    median_s: float | None
    slow_s: float | None
    times: Counts
    useful: int
    not_useful: int
    reasons: Counts
    failed: tuple[Failed, ...]
    notes: tuple[str, ...]

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return sum(number for _, number in self.days)


def activity(asked: Newest[Asked], said: Newest[Said], today: date) -> Activity:
    """Return what was asked and said on ``today`` and the days before it."""
    since = first = today - timedelta(DAYS - 1)
    questions = [one for one in asked.records if since <= one.at.date() <= today]
    verdicts = [one for one in said.records if since <= _day(one) <= today]
    if asked.cut and asked.records:
        first = max(since, min(asked.records[0].at.date(), today))
    by_day = Counter(one.at.date() for one in questions)
    days = [first + timedelta(n) for n in range((today - first).days + 1)]
    took_s = sorted(one.ms / 1000 for one in questions if one.status in _STATUSES)
    bad = [one for one in verdicts if one.useful is False]
    return Activity(
        days=tuple((one, by_day[one]) for one in days),
        ends=_counted(_ENDS.get(one.status, _OTHER) for one in questions),
        median_s=median(took_s) if took_s else None,
        slow_s=took_s[ceil(0.95 * len(took_s)) - 1] if took_s else None,
        times=_times(took_s),
        useful=sum(one.useful is True for one in verdicts),
        not_useful=len(bad),
        reasons=_counted(one.reason or "No reason given" for one in bad),
        failed=_failed(questions, bad),
        notes=(
            *_notes(asked, "the log of questions", [o.at.date() for o in asked.records[:1]], since),
            *_notes(said, "what readers said", [_day(o) for o in said.records[:1]], since),
        ),
    )


def _day(said: Said) -> date:
    return said.at.astimezone().date() if said.at else date.min


def _second(said: Said) -> float:
    return said.at.timestamp() if said.at else 0.0


def _counted(labels: Iterable[str]) -> Counts:
    return tuple(Counter(labels).most_common())


def _times(took_s: Sequence[float]) -> Counts:
    """Return how many took how long."""
    below = [sum(one < bound for one in took_s) for bound in _UP_TO_S]
    inside = [after - before for before, after in pairwise((0, *below, len(took_s)))]
    between = [f"{low} to {high} seconds" for low, high in pairwise(_UP_TO_S)]
    names = ("Under 1 second", *between, f"{_UP_TO_S[-1]} seconds or more")
    return tuple(zip(names, inside, strict=True))


def _failed(questions: Iterable[Asked], bad: Iterable[Said]) -> tuple[Failed, ...]:
    found = [Failed(one, "A reader found the answer not useful") for one in bad]
    for one in questions:
        status = Status(one.status) if one.status in _STATUSES else None
        if status in REFUSALS or one.status == _FAILED:
            asked = Said(useful=None, at=one.at, question=one.question or "", status=status)
            found.append(Failed(asked, _ENDS[one.status]))
    return tuple(sorted(found, key=lambda one: _second(one.said), reverse=True))


def _notes(
    newest: Newest[Asked] | Newest[Said], what: str, oldest: Sequence[date], since: date
) -> list[str]:
    said = []
    if newest.problem:
        said.append(f"Not all of {what} can be read: {newest.problem}.")
    if newest.cut and (not oldest or oldest[0] >= since):
        back = f"; they go back to {day(oldest[0])}" if oldest else ""
        said.append(f"Only the newest {newest.lines:,} lines of {what} are counted{back}.")
    if newest.damaged:
        verb = "is" if newest.damaged == 1 else "are"
        lines = count(newest.damaged, "line")
        said.append(f"{lines} of {what} {verb} damaged and not counted.")
    return said
