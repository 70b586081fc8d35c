"""Paired randomisation test of a mean difference (Fisher; Smucker, Allan and Carterette 2007)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

TRIALS = 20_000
SEED = 20240229
_EXACT_UP_TO = 14


def p_value(differences: Sequence[float]) -> float:
    """Two-sided p: how often random signs give a mean at least as far from zero.

    All sign patterns are tried where at most 14 differences are not zero; otherwise 20,000
    random ones, counting the observed one too, so that p is never 0.
    """
    moved = np.asarray([d for d in differences if d != 0], dtype=np.float64)
    if not len(moved):
        return 1.0
    observed = abs(float(moved.sum())) - 1e-12
    if len(moved) <= _EXACT_UP_TO:
        patterns = np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1
        sums = np.abs((patterns * 2 - 1) @ moved)
        return float(np.mean(sums >= observed))
    signs = np.random.default_rng(SEED).integers(0, 2, size=(TRIALS, len(moved))) * 2 - 1
    return float((np.sum(np.abs(signs @ moved) >= observed) + 1) / (TRIALS + 1))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjustment for looking at several measures at once (Holm 1979), in the same order."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[i]))
        adjusted[i] = highest
    return adjusted
