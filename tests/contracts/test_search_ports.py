"""Search by vector and by words against exact references, however they are stored."""

import bm25s
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.store.lexical import K1, B, terms
from tests.contracts.stores import doc_id, given_index

WORDS = ["children", "plans", "drift", "carers", "assessed", "leaders", "visit", "the", "Torbay"]
DOCUMENTS = 12


def made_rows(seed, count, dim=8):
    """``count`` rows of random text and vectors, some of them twice, document by document."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        vector = random.standard_normal(dim).astype(np.float32)
        vector /= np.linalg.norm(vector)
        text = " ".join(random.choice(WORDS, size=int(random.integers(1, 12))))
        tokens = random.integers(-127, 128, size=(len(text.split()), 4)).astype(np.int8)
        if rows and number % 5 == 0:
            _, vector, text, tokens = rows[int(random.integers(len(rows)))]
        rows.append((number * DOCUMENTS // max(count, 1), vector, text, tokens))
    return rows


def passage_ids(rows):
    seen, out = {}, []
    for number, *_ in rows:
        out.append(f"{doc_id(number)}-{seen.get(number, 0):04d}")
        seen[number] = seen.get(number, 0) + 1
    return out


def best(ids, scores, allowed, k):
    pairs = [(i, float(s)) for i, s, ok in zip(ids, scores, allowed, strict=True) if ok]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]


def assert_same(found, wanted):
    assert [i for i, _ in found] == [i for i, _ in wanted]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in wanted], rtol=1e-5, atol=1e-6)


def bm25_scores(rows, question, allowed):
    """bm25s over the passages allowed to count; 0 for the others."""
    corpus = [terms(row[2]) for row, ok in zip(rows, allowed, strict=True) if ok]
    out = np.zeros(len(rows))
    known = {word for passage in corpus for word in passage}
    asked = [term for term in terms(question) if term in known]
    if asked:
        reference = bm25s.BM25(method="lucene", k1=K1, b=B)
        reference.index(corpus, show_progress=False)
        out[np.flatnonzero(allowed)] = reference.get_scores(asked)
    return out


LAYOUTS = {"one segment": (), "two": (4,), "many": (1, 2, 5, 7, 9)}
REMOVED = ((), (0,), (3, 4, 11))


@pytest.mark.parametrize("cuts", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("removed", REMOVED)
@pytest.mark.parametrize("count", [1, 2, 40])
def test_nearest_is_exact(tmp_path, cuts, removed, count):
    rows = made_rows(count, count)
    removed = tuple(n for n in removed if n in {row[0] for row in rows})
    store = given_index(tmp_path, rows, cuts, removed)
    vectors, ids = np.stack([row[1] for row in rows]), passage_ids(rows)
    query = made_rows(99, 1)[0][1]
    for where in (None, frozenset({doc_id(2), doc_id(3)}), frozenset({"unknown"}), frozenset()):
        allowed = [
            row[0] not in removed and (where is None or doc_id(row[0]) in where) for row in rows
        ]
        for k in (0, 1, 3, 1000):
            assert_same(store.nearest(query, k, where), best(ids, vectors @ query, allowed, k))


@pytest.mark.parametrize("cuts", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("removed", REMOVED)
@pytest.mark.parametrize("count", [1, 2, 40])
def test_matching_is_bm25_of_the_whole_collection(tmp_path, cuts, removed, count):
    rows = made_rows(count, count)
    removed = tuple(n for n in removed if n in {row[0] for row in rows})
    store = given_index(tmp_path, rows, cuts, removed)
    ids = passage_ids(rows)
    alive = np.array([row[0] not in removed for row in rows])
    for question in ("drifting plans", "children’s carers in Torbay", "the", "unseen", ""):
        scores = bm25_scores(rows, question, alive) if alive.any() else np.zeros(len(rows))
        for where in (None, frozenset({doc_id(2), doc_id(3)}), frozenset()):
            allowed = [
                bool(ok) and score > 0 and (where is None or doc_id(row[0]) in where)
                for row, ok, score in zip(rows, alive, scores, strict=True)
            ]
            for k in (0, 1, 3, 1000):
                assert_same(store.matching(question, k, where), best(ids, scores, allowed, k))


def test_a_word_asked_twice_counts_twice(tmp_path):
    rows = made_rows(7, 20)
    store = given_index(tmp_path, rows)
    once, twice = store.matching("carers", 5), store.matching("carers carers", 5)
    assert_same(twice, [(i, 2 * score) for i, score in once])


def test_ties_come_by_passage_id_even_at_the_edge(tmp_path):
    _, vector, text, tokens = made_rows(1, 1)[0]
    store = given_index(tmp_path, [(n, vector, text, tokens) for n in range(9)], cuts=(3, 6))
    wanted = [f"{doc_id(n)}-0000" for n in range(4)]
    assert [i for i, _ in store.nearest(vector, 4)] == wanted
    assert [i for i, _ in store.matching(text, 4)] == wanted


def test_a_filter_is_pushed_down(tmp_path):
    rows = made_rows(3, 40)
    store = given_index(tmp_path, rows)
    query = rows[0][1]
    far = min(range(DOCUMENTS), key=lambda n: max(row[1] @ query for row in rows if row[0] == n))
    held = [i for i, row in zip(passage_ids(rows), rows, strict=True) if row[0] == far]
    found = store.nearest(query, len(held), frozenset({doc_id(far)}))
    assert sorted(i for i, _ in found) == held


def test_float64_questions_find_the_same(tmp_path):
    rows = made_rows(4, 30)
    store = given_index(tmp_path, rows)
    query = rows[5][1]
    assert store.nearest(query.astype(np.float64), 5) == store.nearest(query, 5)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), cuts=st.sets(st.integers(1, 11), max_size=4))
def test_segments_change_no_result(tmp_path_factory, seed, cuts):
    rows = made_rows(seed, 30)
    one = given_index(tmp_path_factory.mktemp("one"), rows, (), (2,))
    many = given_index(tmp_path_factory.mktemp("many"), rows, tuple(cuts), (2,))
    for k in (1, 7, 100):
        assert_same(many.nearest(rows[3][1], k), one.nearest(rows[3][1], k))
        assert_same(many.matching("plans drift", k), one.matching("plans drift", k))
