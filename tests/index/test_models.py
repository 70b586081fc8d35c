import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from index import models
from index.errors import ModelUnavailable
from index.models import exported, packaged
from index.models.exported import ExportedEmbedder
from index.models.onnx import OnnxModel
from index.models.sentence_transformer import SentenceTransformerEmbedder
from tests.fakes import HashingEmbedder

QUESTIONS = [
    "what did inspectors say about connected carers?",
    "How was Stockton's leavers service graded in 2016?",
    "kinship",
]


def plain_vectors(texts):
    """[CLS] vectors by the tokenizer and runtime alone, as the model's card says."""
    folder = packaged.folder("bge-small")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    vectors = []
    for encoding in map(tokenizer.encode, texts):
        named = (encoding.ids, encoding.attention_mask, encoding.type_ids)
        names = ("input_ids", "attention_mask", "token_type_ids")
        feed = {name: np.array([row]) for name, row in zip(names, named, strict=True)}
        vectors.append(session.run(None, feed)[0][0][0])
    return np.array(vectors)


def cosines(ours, theirs):
    theirs = theirs / np.linalg.norm(theirs, axis=1, keepdims=True)
    return (ours * theirs).sum(axis=1)


def test_the_embedder_equals_a_plain_run_of_the_same_weights(seed_index):
    texts = [
        passage.text
        for identity in seed_index.documents()
        for passage in seed_index.collection.passages_of(identity.doc_id)
    ]
    texts = [*texts[:40], "word " * 900]
    embedder = models.embedder("bge-small")
    assert cosines(embedder.embed_passages(texts), plain_vectors(texts)).min() > 0.9999
    prompted = [f"Represent this sentence for searching relevant passages: {q}" for q in QUESTIONS]
    assert cosines(embedder.embed_queries(QUESTIONS), plain_vectors(prompted)).min() > 0.9999


@pytest.fixture(scope="module")
def minilm(tmp_path_factory):
    cache = tmp_path_factory.mktemp("exports")
    return cache, exported.embedder("minilm", cache)


def test_an_export_gives_the_vectors_of_sentence_transformers(minilm):
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(packaged.folder("minilm")), device="cpu")
    cache, ours = minilm
    texts = [*QUESTIONS, "Leaders know their services well. " * 20, "word " * 900]
    assert isinstance(ours, ExportedEmbedder)
    assert cosines(ours.embed_passages(texts), theirs.encode(texts)).min() > 0.9999
    assert cosines(ours.embed_queries(texts), theirs.encode_query(texts)).min() > 0.9999
    assert (ours.name, ours.dim, ours.max_tokens) == ("minilm", 384, 256)
    original = SentenceTransformerEmbedder("minilm")
    assert original.fingerprint == ours.fingerprint
    assert [original.count_tokens(text) for text in texts] == [*map(ours.count_tokens, texts)]
    again = exported.embedder("minilm", cache)
    np.testing.assert_array_equal(again.embed_queries(texts), ours.embed_queries(texts))


def test_a_second_start_needs_no_torch(minilm):
    code = (
        "import sys; from pathlib import Path; from index.models import exported;"
        "found = exported.embedder('minilm', Path(sys.argv[1]));"
        "print(type(found).__name__, 'torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(minilm[0])],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["ExportedEmbedder", "False"]


def test_a_model_that_cannot_be_exported_is_left_to_its_library(tmp_path, monkeypatch):
    def fails(*_):
        raise RuntimeError("unsupported operator")

    monkeypatch.setattr(exported, "_export", fails)
    assert isinstance(exported.embedder("minilm", tmp_path), SentenceTransformerEmbedder)
    assert list(tmp_path.iterdir()) == []


def test_an_export_with_other_vectors_is_refused(minilm):
    class Other(HashingEmbedder):
        def embed_queries(self, texts):
            return -super().embed_queries(texts)

    exported._check(HashingEmbedder(), HashingEmbedder())
    with pytest.raises(ValueError, match="other vectors"):
        exported._check(HashingEmbedder(), Other())


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(
        ModelUnavailable, match=r"the embedder '.*' cannot be loaded \(.*'bge-small'"
    ):
        SentenceTransformerEmbedder(str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"model\.onnx is missing"):
        OnnxModel(tmp_path, 512)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    with pytest.raises(ModelUnavailable, match="holds no usable model"):
        OnnxModel(tmp_path, 512)


def test_every_packaged_model_has_its_folder():
    for name in packaged.NAMES:
        assert (packaged.folder(name) / "tokenizer.json").is_file()


def test_a_longer_text_keeps_its_closing_token():
    model = OnnxModel(packaged.folder("bge-small"), max_tokens=8)
    (row,) = model.tokenize(["word " * 20])
    ((_, cut),) = model.run([row])
    ((_, wanted),) = model.run([[*row[:7], row[-1]]])
    assert cut.shape == (8, 384)
    np.testing.assert_array_equal(cut, wanted)
