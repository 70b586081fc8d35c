import numpy as np
import pytest

from index.errors import IndexDamaged
from index.store import lexical, tokens, vectors
from index.store.lexical import Bm25, Postings, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Children’s carers’ plans", ["children", "carer", "plan"]),
        ("the CHUB (multi-agency hub)", ["chub", "multi", "agenc", "hub"]),
        ("1,234 children; 24.5% in 2021", ["1,234", "children", "24.5", "2021"]),
        ("what was it?", []),
        ("", []),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_postings_are_what_was_counted(tmp_path):
    lexical.write(tmp_path, ["plan plan carer", "", "carer visit"])
    held = Postings.read(tmp_path)
    rows, counts = held.of("plan")
    assert (rows.tolist(), counts.tolist()) == ([0], [2])
    rows, counts = held.of("carer")
    assert (rows.tolist(), counts.tolist()) == ([0, 2], [1, 1])
    assert held.of("unknown")[0].tolist() == []
    assert held.lengths.tolist() == [3, 0, 2]


@pytest.mark.parametrize("texts", [[], ["", "the"]])
def test_nothing_to_count(tmp_path, texts):
    lexical.write(tmp_path, texts)
    held = Postings.read(tmp_path)
    scores = Bm25([held], [np.ones(len(texts), bool)]).scores("plan the")
    assert [row.tolist() for row in scores] == [[0.0] * len(texts)]


def test_rarer_terms_weigh_more_and_removed_passages_do_not_count(tmp_path):
    lexical.write(tmp_path, ["plan carer", "plan", "plan visit"])
    held = Postings.read(tmp_path)
    whole = Bm25([held], [np.array([True, True, True])])
    assert whole.document_frequency("plan") == 3
    assert whole.idf("plan") == pytest.approx(np.log(1 + 0.5 / 3.5))
    assert whole.idf("carer") > whole.idf("plan")
    part = Bm25([held], [np.array([False, True, True])])
    assert part.document_frequency("carer") == 0
    assert part.scores("carer plan")[0][0] == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip"])
def test_damage_is_named(tmp_path, content):
    (tmp_path / lexical.NAME).write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"lexical\.npz cannot be read"):
        Postings.read(tmp_path)
    (tmp_path / vectors.NAME).write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss cannot be read"):
        vectors.FaissVectors(tmp_path)
    for name in tokens.NAMES:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexDamaged, match="token vectors in"):
        tokens.TokenFile(tmp_path)
