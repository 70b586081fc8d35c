"""One self-contained HTML file: figures, charts, and every question to read.

Nothing is fetched, everything is escaped by the template, and it reads without JavaScript,
which only filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from evals.compare import Comparison
from evals.outcome import EXPLAINED
from evals.report import charts, rows
from evals.report.question import reading
from evals.report.terminal import conclusion, remarks
from evals.scores import Figure, Scores

_CATEGORY_METRICS = ("any_citation@5", "status", "hit@5")


def page(scores: Scores, comparison: Comparison | None = None) -> str:
    """Write the report of a run; ``comparison`` adds what changed, this run the later one."""
    return _template().render(
        about=scores.run.about,
        total=len(scores.questions),
        chart=_headline(scores.figures),
        category_charts=_categories(scores),
        outcomes=[(kind, n, EXPLAINED[kind]) for kind, n in scores.outcomes.items() if n],
        categories=sorted({s.judged.question.category for s in scores.questions}),
        tables=[rows.figures(scores), rows.categories(scores), rows.latency(scores)],
        remarks=remarks(scores),
        questions=[reading(one) for one in scores.questions],
        change=None if comparison is None else _change(comparison),
    )


def _change(comparison: Comparison) -> dict[str, object]:
    shares = [d for d in comparison.differences if d.metric.share and d.moved]
    bars = [
        charts.Bar(d.metric.name, d.interval.mean, d.interval.low, d.interval.high, _tone(d.worse))
        for d in shares
    ]
    return {
        "before": comparison.a.run.folder.name,
        "conclusion": conclusion(comparison),
        "chart": charts.differences(bars, "Differences with 95 % intervals"),
        "tables": [rows.differences(comparison), rows.category_differences(comparison)],
        "settings": rows.settings(comparison),
        "flips": [(f.better, reading(f.before), reading(f.after)) for f in comparison.flips],
    }


def _headline(figures: Sequence[Figure]) -> Markup:
    bars = [_bar(f.metric.name, f) for f in figures if f.metric.name in rows.HEADLINE]
    return charts.shares(bars, "Headline figures with 95 % intervals")


def _categories(scores: Scores) -> list[tuple[str, Markup]]:
    out = []
    for name in _CATEGORY_METRICS:
        bars = [
            _bar(category, figure)
            for category, figures in scores.by_category.items()
            for figure in figures
            if figure.metric.name == name
        ]
        if bars:
            out.append((name, charts.shares(bars, f"{name} by category")))
    return out


def _bar(label: str, figure: Figure) -> charts.Bar:
    found = figure.interval
    tone = _tone(figure.metric.better == "lower")
    return charts.Bar(label, found.mean, found.low, found.high, tone)


def _tone(bad: bool) -> str:
    return "bad" if bad else ""


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
