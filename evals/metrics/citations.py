"""Citation precision and recall, by place rather than by a model's opinion.

A citation is right when it overlaps a gold span by at least half of the shorter of the two.
precision = right citations / citations; recall = groups with a right citation / groups
(after Gao et al. 2023, ALCE, whose entailment model is replaced by known places).
"""

from __future__ import annotations

from evals.judged import Judged

FIRST = 5


def precision(judged: Judged) -> float | None:
    """Unscored where nothing is cited: recall tells that."""
    if judged.answer is None or not judged.question.gold or not judged.cited:
        return None
    return sum(1 for found in judged.cited if found) / len(judged.cited)


def recall(judged: Judged) -> float | None:
    """Return the share of gold groups that a citation is right for."""
    if judged.answer is None or not judged.question.groups:
        return None
    return judged.groups_in(judged.cited) / len(judged.question.groups)


def first_right(judged: Judged) -> float | None:
    """1 if the first citation is right; 0 also when there is none."""
    if judged.answer is None or not judged.question.gold:
        return None
    return float(any(judged.cited[:1]))


def any_in_first(judged: Judged) -> float | None:
    """1 if any of the first five citations is right."""
    if judged.answer is None or not judged.question.gold:
        return None
    return float(any(judged.cited[:FIRST]))


def all_groups(judged: Judged) -> float | None:
    """1 if every gold group has a right citation: a complete answer."""
    found = recall(judged)
    return None if found is None else float(found == 1.0)
