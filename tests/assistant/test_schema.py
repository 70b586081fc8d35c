"""The types that HTTP and MCP describe have the fields of the objects returned, in their order."""

import json

import pytest

from assistant.adapters.citing import hit_metadata
from assistant.schema import answer_record, citation_record, hit_record
from assistant.service.phrase_search import find_phrase, found_record
from assistant.service.replies import (
    AnswerLine,
    AnswerResult,
    Cited,
    FoundHit,
    HeldDocument,
    KnownInspection,
)
from assistant.types import Ask, CitedBefore
from index.identity import identity_record
from index.inspections import inspection_record
from index.types import Hit, Passage
from tests.web_fakes import FakeAnswerer, seed_store


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture(scope="module")
def answer(store):
    return FakeAnswerer(store).answer(Ask("connected carers?"))


@pytest.fixture
def hit(answer):
    cited = answer.citations[0]
    who, words = cited.identity, cited.quote
    place = cited.start, cited.end, words, cited.heading, cited.page, cited.paragraph
    return Hit(Passage("p1", who.doc_id, who.source, *place, ()), who, 0.1234567, 3)


def test_objects_have_the_fields_that_are_described_in_their_order(store, answer, hit):
    record = answer_record(answer)
    described = [(AnswerResult, record), (AnswerLine, record["sentences"][0])]
    described += [(Cited, record["citations"][0]), (FoundHit, hit_record(hit))]
    described += [(HeldDocument, identity_record(one, 1)) for one in store.identities()]
    described += [(KnownInspection, inspection_record(one)) for one in store.inspections]
    for kind, given in described:
        said = kind.model_validate(given).model_dump(by_alias=True)
        assert json.dumps(said) == json.dumps(given)


def test_places_say_the_same_of_document_and_place_wherever_they_are_given(store, answer, hit):
    cited = citation_record(answer.citations[0])
    found = hit_record(hit)
    (phrase, *_) = found_record(find_phrase(store, hit.passage.text, [hit.identity]))["places"]
    assert list(cited)[:9] == ["number", *list(found)[3:11]]
    for name in found.keys() - {"rank", "score", "passage_id", "text"}:
        assert cited[name] == found[name]
        assert name == "heading" or phrase[name] == found[name]
    own = {"passage_id": "p1", "rank": 3, "score": 0.123457}
    assert hit_metadata(hit) == {**cited, "number": 3, **own}


def test_a_later_question_knows_letter_and_place_of_a_citation(answer):
    cited = answer.citations[0]
    assert CitedBefore.of(cited) == CitedBefore(
        cited.identity.doc_id, cited.quote, "Stoke-on-Trent", "2023-11-08"
    )
