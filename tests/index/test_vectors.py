import numpy as np
import pytest

from index.errors import IndexDamaged
from index.store import vectors
from index.store.vectors import SegmentVectors

ROWS, DIM, K = 4000, 24, 10


@pytest.fixture(autouse=True)
def _small_scale(monkeypatch):
    monkeypatch.setattr(vectors, "APPROXIMATE_ROWS", 1000)
    monkeypatch.setattr(vectors, "EXACT_ROWS", 300)
    monkeypatch.setattr(vectors, "PROBES", 48)


def made(rows=ROWS, seed=0):
    """Unit vectors around a few hundred centres, as replicated passages are."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(7).standard_normal((300, DIM))
    found = centres[random.integers(300, size=rows)] + 0.6 * random.standard_normal((rows, DIM))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


@pytest.fixture(scope="module")
def held():
    return made()


@pytest.fixture
def opened(tmp_path, held):
    vectors.write(tmp_path, held.shape, [held[:1500], held[1500:]])
    return SegmentVectors(tmp_path)


def best(held, query, k, allowed=None):
    rows = np.arange(len(held)) if allowed is None else allowed
    return rows[np.argsort(-(held[rows] @ query), kind="stable")[:k]].tolist()


def recall(opened, held, allowed=None):
    hits = 0
    for query in made(200, seed=1):
        rows, scores = opened.search(query, K, allowed)
        np.testing.assert_allclose(scores, held[rows] @ query, rtol=1e-5, atol=1e-6)
        assert (np.diff(scores) <= 0).all()
        hits += len(set(rows.tolist()) & set(best(held, query, K, allowed)))
    return hits / (200 * K)


def test_only_many_rows_get_an_approximate_index(tmp_path, held):
    vectors.write(tmp_path, (999, DIM), [held[:999]])
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.npy"]
    opened = SegmentVectors(tmp_path)
    for query in made(20, seed=1):
        assert opened.search(query, K, None)[0].tolist() == best(held[:999], query, K)


def test_the_approximate_index_finds_what_the_exact_one_would(opened, held):
    assert recall(opened, held) >= 0.98


@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_a_filter_that_leaves_many_rows_finds_them(opened, held, share):
    chosen = np.random.default_rng(2).random(ROWS) < share
    assert recall(opened, held, np.flatnonzero(chosen)) >= 0.98


@pytest.mark.parametrize("count", [1, 5, 299])
def test_a_filter_that_leaves_few_rows_is_exact(opened, held, count):
    allowed = np.sort(np.random.default_rng(count).choice(ROWS, count, replace=False))
    for query in made(20, seed=1):
        found = opened.search(query, K, allowed)[0].tolist()
        assert found == best(held, query, K, allowed)


def test_a_filter_on_one_far_corner_is_not_starved(opened, held):
    query = made(1, seed=1)[0]
    allowed = np.sort(np.argsort(held @ query)[:400])
    found = opened.search(query, K, allowed)[0].tolist()
    assert found == best(held, query, K, allowed)


def test_as_many_as_are_asked_for_come_back(opened, held):
    query = held[5]
    assert opened.search(query, 3 * ROWS, None)[0].tolist() == best(held, query, ROWS)
    rows, scores = opened.search(query, 1, None)
    assert rows.tolist() == [5]
    assert scores[0] == pytest.approx(1, abs=1e-5)


def test_kept_rows_come_in_order_a_block_at_a_time(opened, held, monkeypatch):
    monkeypatch.setattr("index.store.arrays.BLOCK", 700)
    kept = np.arange(ROWS) % 3 != 0
    np.testing.assert_array_equal(np.concatenate(list(opened.blocks(kept))), held[kept])


def test_damage_is_named(tmp_path, held):
    vectors.write(tmp_path, held.shape, [held])
    path = tmp_path / vectors.APPROXIMATE
    path.write_bytes(b"no index")
    with pytest.raises(IndexDamaged, match=r"the vectors in .* cannot be read"):
        SegmentVectors(tmp_path)


def test_a_full_disk_is_an_os_error(tmp_path, held, monkeypatch):
    def full(index, path):
        raise RuntimeError("Error: write error: No space left on device")

    monkeypatch.setattr(vectors.faiss, "write_index", full)
    with pytest.raises(OSError, match="No space left"):
        vectors.write(tmp_path, held.shape, [held])
