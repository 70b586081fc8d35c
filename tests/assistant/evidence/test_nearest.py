"""What is shown with a refusal begins where it comes nearest to an answer."""

from __future__ import annotations

import pytest

from assistant.evidence.nearest import NEAREST, nearest
from index.types import Hit, Reading
from tests.assistant.facts.conftest import ROOT, corpus_of


@pytest.fixture(scope="module")
def seed_corpus():
    return corpus_of(ROOT / "seeds")


def readings(corpus, doc_id, likeliest):
    """Read the first passages of a document: of each one sentence is likeliest, by how much."""
    identity = corpus.identity(doc_id)
    passages = [p for p in corpus.collection.passages_of(doc_id) if len(p.sentences) > 2]
    found = []
    for rank, (passage, (at, chance)) in enumerate(zip(passages, likeliest, strict=False), start=1):
        none = (0.0,) * len(passage.sentences)
        answers = (*none[:at], chance, *none[at + 1 :])
        found.append(Reading(Hit(passage, identity, 1.0 / rank, rank), answers, none, none, chance))
    return found


def stoke(corpus):
    return next(one.doc_id for one in corpus.identities if one.authority_name == "Stoke-on-Trent")


def test_the_reader_ranks_what_is_near_and_each_begins_at_its_nearest_sentence(seed_corpus):
    read = readings(seed_corpus, stoke(seed_corpus), [(0, 0.01), (2, 0.07), (1, 0.03), (0, 0.0)])
    found = nearest(read, seed_corpus.quoter)
    assert [hit.rank for hit in found] == [2, 3, 1][:NEAREST]
    text = seed_corpus.collection.document(found[0].passage.doc_id).text
    for hit, at in zip(found, (2, 1, 0), strict=True):
        whole = read[hit.rank - 1].hit.passage
        assert hit.passage.text == text[hit.passage.start : hit.passage.end]
        assert hit.passage.start == whole.sentences[at].start
        assert hit.passage.end == whole.end


def test_a_passage_that_holds_the_name_asked_for_comes_first(seed_corpus):
    doc_id = next(
        i.doc_id for i in seed_corpus.identities if "Big Committee" in text(seed_corpus, i)
    )
    passages = seed_corpus.collection.passages_of(doc_id)
    none = [(0.0,) * len(p.sentences) for p in passages]
    read = [
        Reading(Hit(p, seed_corpus.identity(doc_id), 1.0, n), zero, zero, zero, 0.0)
        for n, (p, zero) in enumerate(zip(passages, none, strict=True), start=1)
    ]
    name = seed_corpus.scanner.name_in("what is the big committee", seed_corpus.identities)
    assert name == "big committee"
    assert "Big Committee" in nearest(read, seed_corpus.quoter, name)[0].passage.text[:200]
    assert nearest(read, seed_corpus.quoter)[0].rank == 1


def test_a_name_is_found_at_the_end_of_a_long_question(seed_corpus):
    mail = "we would be glad to hear of this " * 60 + "what is the big committee"
    assert seed_corpus.scanner.name_in(mail, seed_corpus.identities) == "big committee"


def text(corpus, identity):
    return corpus.collection.document(identity.doc_id).text


def test_nothing_that_was_read_is_near_nothing(seed_corpus):
    assert nearest([], seed_corpus.quoter) == ()
