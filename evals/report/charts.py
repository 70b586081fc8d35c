"""Charts as inline SVG: values with their intervals, and differences around zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_ROW, _LABEL, _PLOT, _VALUE = 24, 190, 170, 48
_WIDTH = _LABEL + _PLOT + _VALUE


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval, all in the chart's range; ``tone`` is a class name."""

    label: str
    value: float
    low: float | None
    high: float | None
    tone: str = ""


def shares(bars: Sequence[Bar], title: str) -> Markup:
    """Return values from 0 to 1."""
    return _chart(bars, title, 0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0), "{:.2f}")


def differences(bars: Sequence[Bar], title: str) -> Markup:
    """Return differences around zero; the axis reaches as far as the widest interval.

    Empty where there is nothing to draw.
    """
    if not bars:
        return Markup("")
    ends = [abs(e) for b in bars for e in (b.value, b.low, b.high) if e is not None]
    reach = max([0.05, *ends])
    return _chart(bars, title, -reach, reach, (-reach, 0.0, reach), "{:+.2f}")


def _chart(
    bars: Sequence[Bar],
    title: str,
    low: float,
    high: float,
    ticks: Sequence[float],
    style: str,
) -> Markup:
    height = _ROW * len(bars) + 26

    def x(value: float) -> float:
        return _LABEL + _PLOT * (min(high, max(low, value)) - low) / (high - low)

    parts = [
        Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(_WIDTH, height, title)
    ]
    for tick in ticks:
        parts.append(
            Markup(
                '<line class="tick" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1}"/>'
                '<text class="axis" x="{0:.1f}" y="{2}" text-anchor="middle">{3}</text>'
            ).format(x(tick), height - 20, height - 5, style.format(tick))
        )
    origin = x(max(low, 0.0))
    for at, bar in enumerate(bars):
        parts.append(_bar(bar, at * _ROW, x(bar.value), origin, style))
        if bar.low is not None and bar.high is not None:
            parts.append(
                Markup('<line class="interval" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>').format(
                    x(bar.low), x(bar.high), at * _ROW + 12, at * _ROW + 12
                )
            )
    return Markup("").join([*parts, Markup("</svg>")])


def _bar(bar: Bar, top: int, end: float, origin: float, style: str) -> Markup:
    return Markup(
        '<text class="label" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="bar {}" x="{:.1f}" y="{}" width="{:.1f}" height="14" rx="2"/>'
        '<text class="value" x="{}" y="{}" text-anchor="end">{}</text>'
    ).format(
        _LABEL - 8,
        top + 16,
        escape(bar.label),
        bar.tone,
        min(origin, end),
        top + 5,
        abs(end - origin),
        _WIDTH - 4,
        top + 16,
        style.format(bar.value),
    )
