from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evals.reading.data import Claim, Excerpt
from evals.reading.figures import ReadQuestion, auc, claim_figures, reading_figures

EXCERPT = Excerpt("e", "Leeds", "report", "2020-01-02", "Heading", ("a", "b", "c"))


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.5, 0.9]), st.booleans()), min_size=2))
def test_auc_is_the_mann_whitney_statistic(pairs: list[tuple[float, bool]]) -> None:
    ones = [score for score, positive in pairs if positive]
    zeros = [score for score, positive in pairs if not positive]
    found = auc([s for s, _ in pairs], [p for _, p in pairs])
    if not ones or not zeros:
        assert np.isnan(found)
        return
    expected = stats.mannwhitneyu(ones, zeros).statistic / (len(ones) * len(zeros))
    assert found == pytest.approx(expected)


def test_first_and_reciprocal_rank_are_over_what_is_answered() -> None:
    rows = [
        ReadQuestion(np.array([0.1, 0.9, 0.2], np.float32), 0.9, frozenset({1}), "direct"),
        ReadQuestion(np.array([0.8, 0.1, 0.3], np.float32), 0.7, frozenset({2}), "why"),
        ReadQuestion(np.array([0.6, 0.1, 0.3], np.float32), 0.2, frozenset(), "absent"),
    ]
    found = reading_figures(rows)
    assert found["first"] == 0.5
    assert found["mrr"] == 0.75
    assert found["answerable_auc"] == 1.0
    assert found["questions"] == 3


def test_claims_are_counted_by_what_they_are() -> None:
    claims = [
        Claim(EXCERPT, "x", frozenset({0}), True, "paraphrase"),
        Claim(EXCERPT, "y", frozenset({0}), False, "subject"),
        Claim(EXCERPT, "z", frozenset({0}), False, "subject"),
    ]
    found = claim_figures(claims, [0.9, 0.8, 0.1])
    assert found["right_accepted"] == 1.0
    assert found["wrong_accepted"] == 0.5
    assert found["by_kind"] == {"paraphrase": 1.0, "subject": 0.5}


def test_the_header_is_the_one_that_passages_have() -> None:
    assert EXCERPT.header == "Leeds, report, 2 January 2020: Heading"
