"""Draw an authority's overall grades over time as a small SVG, with the same said in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.facts.grades import OVERALL, grade_name, known_how
from assistant.facts.naming import time_of
from index.types import Grade, Inspection

_LEVELS = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING)
_WIDTH, _HEIGHT, _LEFT, _TOP, _STEP = 560, 170, 150, 20, 36


def grade_chart(events: Sequence[Inspection]) -> tuple[str, str]:
    """Return (svg, text) of the overall grades that are known; both empty without any.

    A grade that is only recalled is a hollow mark. "Adequate", of before 2013, has no level of
    its own beside the four of today and is told in the text only.
    """
    graded = [(e, j) for e in events if e.period and (j := e.judgement(OVERALL))]
    text = "; ".join(
        f"{time_of(event)}: {grade_name(one.grade)}{known_how(one)}" for event, one in graded
    )
    shown = [(event, one) for event, one in graded if one.grade in _LEVELS]
    if not shown:
        return "", text
    days = [event.period.start or date.min for event, _ in shown if event.period]
    first, span = min(days), max((max(days) - min(days)).days, 1)
    marks = []
    for (event, one), day in zip(shown, days, strict=True):
        across = _LEFT + 20 + (_WIDTH - _LEFT - 60) * (day - first).days / span
        fill = "none" if one.recalled else "currentColor"
        said = escape(f"{time_of(event)}: {grade_name(one.grade)}{known_how(one)}")
        marks.append(
            f'<circle cx="{across:.0f}" cy="{_level(one.grade)}" r="6" fill="{fill}" '
            f'stroke="currentColor" stroke-width="2"><title>{said}</title></circle>'
            f'<text x="{across:.0f}" y="{_HEIGHT - 6}" text-anchor="middle">{day.year}</text>'
        )
    return _svg(marks, f"Overall grades of {events[0].authority}: {text}"), text


def _svg(marks: Sequence[str], described: str) -> str:
    lines = [
        f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{_level(grade)}" y2="{_level(grade)}" '
        'stroke="currentColor" stroke-opacity=".25"/>'
        f'<text x="{_LEFT - 8}" y="{_level(grade) + 4}" text-anchor="end">{grade.value}</text>'
        for grade in _LEVELS
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(described, quote=True)}" font-size="12" fill="currentColor">'
        f"<title>{escape(described)}</title>{''.join(lines)}{''.join(marks)}</svg>"
    )


def _level(grade: Grade) -> int:
    return _TOP + _STEP * (len(_LEVELS) - 1 - _LEVELS.index(grade))
