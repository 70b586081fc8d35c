"""``Embedder`` and ``TokenEncoder``, over every implementation that ships."""

import numpy as np
import pytest

from index import models
from index.models import exported
from index.models.colbert import maxsim
from index.models.sentence_transformer import SentenceTransformerEmbedder
from tests.fakes import HashingEmbedder, HashingTokens

TEXTS = [
    "Children wait too long for a permanent home.",
    "Leaders know their services well. " * 12,
    "Connected carers are assessed in a timely way, and “well supported”.",
    "Caseloads",
    "",
    "Children wait too long for a permanent home.",
    "\ud800 broken",
]


@pytest.fixture(scope="module", params=["bge-small", "minilm", "minilm exported", "hashing"])
def embedder(request, tmp_path_factory):
    if request.param == "minilm":
        return SentenceTransformerEmbedder("minilm")
    if request.param == "minilm exported":
        return exported.embedder("minilm", tmp_path_factory.mktemp("exports"))
    return HashingEmbedder() if request.param == "hashing" else models.embedder(request.param)


@pytest.fixture(scope="module", params=["colbert-small", "hashing"])
def tokens(request):
    return HashingTokens() if request.param == "hashing" else models.token_encoder()


def test_vectors_are_unit_float32_in_the_order_given(embedder):
    found = embedder.embed_passages(TEXTS[:6])
    assert found.dtype == np.float32
    assert found.shape == (6, embedder.dim)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(found[0], found[5], atol=1e-6)
    for n in range(6):
        assert float(embedder.embed_passages([TEXTS[n]])[0] @ found[n]) > 0.9999


def test_no_texts_give_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dim)
    assert embedder.embed_queries([]).shape == (0, embedder.dim)


def test_questions_find_what_answers_them(embedder):
    found = embedder.embed_queries(["connected carers assessed", "leaders know services"])
    scores = found @ embedder.embed_passages(TEXTS[:4]).T
    assert scores.argmax(axis=1).tolist() == [2, 1]


def test_progress_is_told_of_every_text(embedder):
    told = []
    embedder.embed_passages(TEXTS[:6], told.append)
    assert sum(told) == 6


def test_tokens_are_counted_before_anything_is_cut(embedder):
    assert embedder.count_tokens("word " * 2000) > 2000
    assert 0 < embedder.max_tokens <= 512
    long = "children " * 3000
    assert np.isfinite(embedder.embed_passages([long])).all()


def test_fingerprint_is_a_sha256(embedder):
    assert len(bytes.fromhex(embedder.fingerprint)) == 32


def test_broken_characters_are_embedded_all_the_same():
    found = models.embedder("bge-small").embed_passages(TEXTS[6:])
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours():
    embedder = models.embedder("bge-small")
    together = embedder.embed_passages(TEXTS[:4])
    np.testing.assert_array_equal(together[2], embedder.embed_passages([TEXTS[2]])[0])


def test_token_vectors_are_rounded_unit_vectors(tokens):
    found = tokens.encode_passages(TEXTS[:4])
    for rows in found:
        assert rows.dtype == np.int8
        assert rows.shape[1] == tokens.dim
        np.testing.assert_allclose(np.linalg.norm(rows / 127, axis=1), 1, atol=0.05)
    alone = tokens.encode_passages([TEXTS[2]])[0]
    np.testing.assert_array_equal(found[2], alone)
    query = tokens.encode_query(TEXTS[0])
    assert query.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(query, axis=1), 1, atol=1e-5)


def naive(query, passages):
    out = []
    for rows in passages:
        best = [max((float(q @ row) / 127 for row in rows), default=0.0) for q in query]
        out.append(sum(best) / len(best) if best else 0.0)
    return out


def test_maxsim_is_the_mean_of_each_question_tokens_best(tokens):
    query = tokens.encode_query("connected carers assessed")
    passages = [*tokens.encode_passages(TEXTS[:4]), np.zeros((0, tokens.dim), np.int8)]
    found = maxsim(query, passages)
    np.testing.assert_allclose(found, naive(query, passages), atol=1e-5)
    assert int(found.argmax()) == 2


def test_maxsim_of_nothing():
    empty = np.zeros((0, 4), np.float32)
    assert maxsim(empty, []).tolist() == []
    assert maxsim(empty, [np.ones((2, 4), np.int8)]).tolist() == [0.0]
    assert maxsim(np.eye(4, dtype=np.float32), []).tolist() == []
