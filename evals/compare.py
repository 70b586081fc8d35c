"""Compares two scored runs of one suite: what changed, and whether it can be luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from evals.metrics.metric import Metric
from evals.metrics.registry import ALL
from evals.outcome import Outcome
from evals.run.folder import Run
from evals.scores import Scored, Scores, cluster
from evals.stats.bootstrap import Interval, interval
from evals.stats.randomisation import holm, p_value
from index.errors import NotComparable

SIGNIFICANT = 0.05
WORTH_KNOWING = 0.05
"""A difference of a share that a team would act on; a suite that cannot show it is too small."""


class Verdict(StrEnum):
    """What two runs differ by."""

    NO_REGRESSION = "no regression"
    REGRESSION = "regression"
    TOO_SMALL = "too small to tell"


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric's paired difference, B minus A, over questions that both have scored.

    Attributes:
        p: two-sided, for this metric alone.
        adjusted: p after Holm's adjustment over the gated metrics, else equal to ``p``.
        scored: questions that both runs have scored.
        moved: how many of them have another value now.
    """

    metric: Metric
    before: float
    after: float
    interval: Interval
    p: float
    adjusted: float
    scored: int
    moved: int

    @property
    def worse(self) -> bool:
        """Significantly worse, whatever the metric's direction."""
        sign = {"higher": -1, "lower": 1, None: 0}[self.metric.better]
        return self.adjusted < SIGNIFICANT and sign * self.interval.mean > 0

    @property
    def undecided(self) -> bool:
        """Something moved, but on too few questions to show a difference worth knowing."""
        detectable = self.interval.detectable
        small = detectable is None or detectable > WORTH_KNOWING
        return self.metric.share and self.moved > 0 and self.adjusted >= SIGNIFICANT and small


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that was right and is not, or the other way."""

    before: Scored
    after: Scored

    @property
    def better(self) -> bool:
        """Whether it is right now."""
        return self.after.outcome is Outcome.RIGHT


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side; ``settings`` has name → (before, after) of what differs."""

    a: Scores
    b: Scores
    settings: dict[str, tuple[str, str]]
    differences: tuple[Difference, ...]
    by_category: dict[str, tuple[Difference, ...]]
    flips: tuple[Flip, ...]

    @property
    def regressions(self) -> tuple[Difference, ...]:
        """Gated metrics that got significantly worse."""
        return tuple(d for d in self.differences if d.metric.gate and d.worse)

    @property
    def verdict(self) -> Verdict:
        """A regression in any gated metric; else whether the suite could have shown one."""
        if self.regressions:
            return Verdict.REGRESSION
        if any(d.metric.gate and d.undecided for d in self.differences):
            return Verdict.TOO_SMALL
        return Verdict.NO_REGRESSION


def compare(a: Scores, b: Scores) -> Comparison:
    """Compare run B with run A, question by question.

    Raises:
        NotComparable: they asked other questions, another number of passages or over other
            gold documents, or one is not finished; says which.
    """
    _must_match(a.run, b.run)
    pairs = list(zip(a.questions, b.questions, strict=True))
    names = sorted({before.judged.question.category for before, _ in pairs})
    return Comparison(
        a,
        b,
        _settings(a.run, b.run),
        _differences(pairs),
        {n: _differences([p for p in pairs if p[0].judged.question.category == n]) for n in names},
        tuple(
            Flip(before, after)
            for before, after in pairs
            if (before.outcome is Outcome.RIGHT) != (after.outcome is Outcome.RIGHT)
            and (before.judged.answer is None) == (after.judged.answer is None)
        ),
    )


def _must_match(a: Run, b: Run) -> None:
    for run in (a, b):
        if not run.complete:
            raise NotComparable(
                f"{run.folder} has {len(run.results)} of {len(run.suite.questions)} results: "
                "finish it with assistant eval run --out and compare again"
            )
    for name, meaning in (
        ("suite_sha256", "another suite"),
        ("selection", "other questions of the suite"),
        ("k", "another number of passages"),
    ):
        ours, theirs = getattr(a.about, name), getattr(b.about, name)
        if ours != theirs:
            raise NotComparable(
                f"not comparable: {b.folder} was run with {meaning} ({name} {theirs}) than "
                f"{a.folder} ({ours})"
            )
    for source in sorted({g.source for q in a.suite.questions for g in q.gold}):
        ours, theirs = a.about.documents.get(source), b.about.documents.get(source)
        if ours != theirs:
            raise NotComparable(
                f"not comparable: the gold document {source} is {ours} in {a.folder} and "
                f"{theirs} in {b.folder}"
            )


def _settings(a: Run, b: Run) -> dict[str, tuple[str, str]]:
    def listed(run: Run) -> dict[str, str]:
        about = run.about
        own = {"index": about.index_fingerprint, "documents": str(len(about.documents))}
        return own | about.settings | about.versions

    before, after = listed(a), listed(b)
    return {
        name: (before.get(name, "–"), after.get(name, "–"))
        for name in sorted(before | after)
        if before.get(name) != after.get(name)
    }


def _differences(pairs: list[tuple[Scored, Scored]]) -> tuple[Difference, ...]:
    raw: list[Difference] = []
    for metric in ALL:
        both = [(x, y) for x, y in pairs if metric.name in x.values and metric.name in y.values]
        if not both:
            continue
        before = [x.values[metric.name] for x, _ in both]
        after = [y.values[metric.name] for _, y in both]
        moved = [y - x for x, y in zip(before, after, strict=True)]
        found = interval(moved, [cluster(x.judged.question) for x, _ in both])
        p = p_value(moved)
        raw.append(
            Difference(
                metric=metric,
                before=sum(before) / len(both),
                after=sum(after) / len(both),
                interval=found,
                p=p,
                adjusted=p,
                scored=len(both),
                moved=sum(1 for d in moved if d),
            )
        )
    return _adjusted(raw)


def _adjusted(raw: list[Difference]) -> tuple[Difference, ...]:
    gated = [d for d in raw if d.metric.gate]
    adjusted = dict(zip((d.metric.name for d in gated), holm([d.p for d in gated]), strict=True))
    return tuple(replace(d, adjusted=adjusted.get(d.metric.name, d.p)) for d in raw)
