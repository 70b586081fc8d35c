import numpy as np
import pytest

from index.errors import IndexDamaged
from index.store import postings, table, tokens, vectors
from index.store.lexical import Bm25, terms
from index.store.postings import Part, Postings


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


def written(folder, texts, extents=None):
    folder.mkdir(exist_ok=True)
    postings.write(folder, texts, extents or [len(texts)])
    return Postings.read(folder)


def held(table):
    return {
        term: list(zip(*(part.tolist() for part in table.of(term)), strict=True))
        for term in table.terms
    }


def test_postings_are_what_was_counted(tmp_path):
    found = written(tmp_path, ["plan plan carer", "", "Carer visit"], [2, 1])
    assert held(found.stems) == {"plan": [(0, 2)], "carer": [(0, 1), (2, 1)], "visit": [(2, 1)]}
    assert held(found.words) == {"plan": [(0, 2)], "carer": [(0, 1), (1, 1)], "visit": [(1, 1)]}
    assert found.stems.of("unknown")[0].tolist() == []
    assert found.lengths.tolist() == [3, 0, 2]


def test_a_count_beyond_a_byte_is_kept_as_the_most(tmp_path):
    assert held(written(tmp_path, ["plan " * 300]).stems) == {"plan": [(0, 255)]}


@pytest.mark.parametrize("texts", [[], ["", "the"]])
def test_nothing_to_count(tmp_path, texts):
    found = written(tmp_path, texts)
    scores = Bm25([found], [np.ones(len(texts), bool)]).scores("plan the")
    assert [row.tolist() for row in scores] == [[0.0] * len(texts)]


def test_rarer_terms_weigh_more_and_removed_passages_do_not_count(tmp_path):
    found = written(tmp_path, ["plan carer", "plan", "plan visit"])
    whole = Bm25([found], [np.array([True, True, True])])
    assert whole.document_frequency("plan") == 3
    assert whole.idf("plan") == pytest.approx(np.log(1 + 0.5 / 3.5))
    assert whole.idf("carer") > whole.idf("plan")
    part = Bm25([found], [np.array([False, True, True])])
    assert part.document_frequency("carer") == 0
    assert part.scores("carer plan")[0][0] == 0


def test_words_of_removed_documents_are_not_held(tmp_path):
    found = written(tmp_path, ["plan carer", "plan", "plan visit"], [1, 1, 1])
    assert found.words.held_by(np.array([True, True, True])) == ("carer", "plan", "visit")
    assert found.words.held_by(np.array([False, True, True])) == ("plan", "visit")
    assert found.words.held_by(np.array([False, False, False])) == ()


WORDS = [f"{first}{second}" for first in "bcdfg" for second in ("arer", "isit", "lan", "est")]


@pytest.mark.parametrize("block", [1, 7, table.BLOCK])
def test_joined_postings_are_those_of_the_whole(tmp_path, monkeypatch, block):
    monkeypatch.setattr(table, "BLOCK", block)
    random = np.random.default_rng(3)
    texts = [" ".join(random.choice(WORDS, size=n % 9)) for n in range(40)]
    extents = [3, 0, 7, 10, 12, 8]  # passages of each document
    ends = np.cumsum(extents)
    alive = np.array([True, True, False, True, False, True])
    owner = np.repeat(np.arange(6), extents)
    parts, rows, documents = [], 0, 0
    for n, (first, last) in enumerate([(0, 2), (2, 5), (5, 6)]):
        low, high = ends[first] - extents[first], ends[last - 1]
        mine = alive[owner[low:high]]
        found = written(tmp_path / str(n), texts[low:high], extents[first:last])
        here = alive[first:last]
        parts.append(
            Part(
                found,
                np.where(mine, np.cumsum(mine) - 1 + rows, -1),
                np.where(here, np.cumsum(here) - 1 + documents, -1),
            )
        )
        rows, documents = rows + int(mine.sum()), documents + int(here.sum())
    postings.join(tmp_path, parts)
    joined = Postings.read(tmp_path)
    kept = [text for text, mine in zip(texts, alive[owner], strict=True) if mine]
    whole = written(tmp_path / "whole", kept, [extents[n] for n in np.flatnonzero(alive)])
    assert held(joined.stems) == held(whole.stems)
    assert held(joined.words) == held(whole.words)
    assert joined.lengths.tolist() == whole.lengths.tolist()
    for name in ("stems.npz", "stems.npy", "words.npz", "words.npy", "lengths.npy"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_posting_of_a_passage_that_is_not_there_is_damage(tmp_path):
    found = written(tmp_path, ["plan", "plan carer"])
    short = Postings(found.stems, found.words, found.lengths[:1])
    with pytest.raises(IndexDamaged, match="postings of 'plan' are damaged"):
        Bm25([short], [np.ones(1, bool)]).scores("plan")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip"])
def test_damage_is_named(tmp_path, content):
    written(tmp_path, ["plan"])
    vectors.write(tmp_path, (1, 4), [np.ones((1, 4), np.float32)])
    tokens.write(tmp_path, [np.ones((2, 4), np.int8)], 4)
    for name in ("stems.npz", "stems.npy", "words.npy", "lengths.npy"):
        good = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content)
        with pytest.raises(IndexDamaged, match=rf"{name[:-4]}\.np. cannot be read"):
            Postings.read(tmp_path)
        (tmp_path / name).write_bytes(good)
    (tmp_path / vectors.NAME).write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"the vectors in .* cannot be read"):
        vectors.SegmentVectors(tmp_path)
    for name in tokens.NAMES:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(IndexDamaged, match="token vectors in"):
            tokens.TokenFile(tmp_path)
