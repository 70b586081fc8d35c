"""Draw counts as small SVGs in the colour of the text around them; words stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from markupsafe import Markup

from assistant.rendering.dates import day
from assistant.rendering.grammar import count

_STEP, _BAR, _HIGH = 10, 8, 100


def day_chart(days: Sequence[tuple[date, int]]) -> Markup:
    """Return a bar a day, with the same said in words; empty where nothing was asked."""
    most = max((number for _, number in days), default=0)
    if not most:
        return Markup()
    bars = [
        f'<rect x="{_STEP * n + 1}" y="{_HIGH - _HIGH * number / most:.1f}" width="{_BAR}" '
        f'height="{_HIGH * number / most:.1f}"><title>{day(one)}: {number:,}</title></rect>'
        for n, (one, number) in enumerate(days)
    ]
    wide = _STEP * len(days)
    busiest = next(one for one, number in days if number == most)
    asked = count(sum(number for _, number in days), "question")
    described = f"{asked} from {day(days[0][0])} to {day(days[-1][0])}; most, {most:,}, on "
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {_HIGH + 1}" role="img" '
        f'preserveAspectRatio="none" aria-label="{escape(described + day(busiest))}" '
        f'fill="currentColor">{"".join(bars)}'
        f'<line x1="0" x2="{wide}" y1="{_HIGH + 0.5}" y2="{_HIGH + 0.5}" stroke="currentColor" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )


def bar(number: int, whole: int) -> Markup:
    """Return how much of ``whole`` a number is, for a row that says the number itself."""
    share = 100 * number / whole if whole else 0
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 10" aria-hidden="true" '
        f'preserveAspectRatio="none" fill="currentColor"><rect width="{share:.1f}" height="10"/>'
        "</svg>"
    )
