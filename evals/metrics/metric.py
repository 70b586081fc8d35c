"""What a metric is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from evals.judged import Judged


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure for one question, averaged over a suite.

    Attributes:
        title: for people.
        score: the question's value, None where the metric does not apply to it; such
            questions are counted as unscored.
        better: which way is better, None where it is only information.
        share: True for values from 0 to 1.
        gate: whether getting worse is a regression.
    """

    name: str
    title: str
    score: Callable[[Judged], float | None]
    better: Literal["higher", "lower"] | None = "higher"
    share: bool = True
    gate: bool = False
