import numpy as np
import pytest
from scipy import stats

from evals.metrics.latency import percentile
from evals.stats.bootstrap import interval
from evals.stats.randomisation import holm, p_value


def test_the_exact_randomisation_test_agrees_with_scipy():
    moved = [0.3, -0.1, 0.5, 0.2, 0.0, 0.4, -0.2]
    expected = stats.permutation_test(
        (np.array(moved),), np.mean, permutation_type="samples", n_resamples=np.inf
    )
    assert p_value(moved) == pytest.approx(expected.pvalue, abs=1e-9)


def test_the_sampled_randomisation_test_agrees_with_the_sign_test():
    moved = [1.0] * 15 + [-1.0] * 5
    assert p_value(moved) == pytest.approx(stats.binomtest(5, 20).pvalue, abs=0.005)


def test_no_difference_is_no_evidence():
    assert p_value([0.0, 0.0]) == 1.0


def test_holm_multiplies_and_keeps_the_order():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_intervals_are_the_same_every_time_and_hold_the_mean():
    values = [0.0, 1.0, 1.0, 0.5, 0.0, 1.0]
    first = interval(values, list("aabbcc"))
    assert first == interval(values, list("aabbcc"))
    assert first.low <= first.mean <= first.high


def test_independent_clusters_give_the_textbook_width():
    values = [0.0, 1.0] * 200
    found = interval(values, [str(i) for i in range(400)])
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.08)
    assert found.detectable == pytest.approx(2.802 * 0.5 / 20, rel=0.08)


def test_clusters_that_agree_widen_the_interval():
    values = [0.0] * 50 + [1.0] * 50
    apart = interval(values, [str(i) for i in range(100)])
    together = interval(values, [str(i // 10) for i in range(100)])
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_one_cluster_has_no_interval():
    assert interval([0.0, 1.0], ["a", "a"]).low is None


def test_percentiles_are_nearest_rank():
    assert [percentile(range(1, 11), p) for p in (0.5, 0.9, 0.99)] == [5, 9, 10]
