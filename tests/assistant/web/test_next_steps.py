import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.facts import Corpus
from assistant.types import Answer, Ask, Citation, Status
from assistant.web.next_steps import MOST, next_steps
from index.types import Mention, Query
from tests.assistant.facts.held import Held
from tests.programs import opened
from tests.web_fakes import NothingRead

EXAMPLES = ("What did inspectors say about care leavers?", "Who visited Stoke-on-Trent in 2023?")
FRONTS = Path(__file__).parents[2] / "index" / "identity_fronts"
REPORT = FRONTS / "interleaved.txt"
FIRST = (
    "What needs to improve in {}?",
    "What did inspectors say about connected carers in {}?",
    "How was {} graded?",
)


@pytest.fixture(scope="module")
def held(seeds):
    return Corpus(Held([seeds]), NothingRead())


def about(authority, topic="", *citations, status=Status.ANSWERED):
    query = Query(topic, topic, topic, authorities=(Mention(authority, authority),))
    return Answer(topic, status, "", citations=citations, query=query)


def cited(place, corpus):
    span = place.span
    return Citation(1, corpus.identity(place.doc_id), None, None, "", span.start, span.end, "")


def test_what_the_answer_shows_and_what_was_asked_is_not_offered_again(held):
    event = next(one for one in held.of("Stoke-on-Trent") if one.improvements)
    fresh = next_steps(about("Stoke-on-Trent"), [], held)
    assert fresh == [
        "What needs to improve in Stoke-on-Trent in 2023?",
        "How was Stoke-on-Trent graded in 2022?",
        "What did the focused visit to Stoke-on-Trent in 2023 look at?",
    ]
    shown = about("Stoke-on-Trent", "", cited(event.improvements[0].place, held))
    assert fresh[0] not in next_steps(shown, [], held)
    assert fresh[1] not in next_steps(shown, [f" {fresh[1].upper()} "], held)


def test_the_same_topic_is_offered_where_another_authority_writes_of_it(held):
    place = next(one.place for e in held.of("Stoke-on-Trent") for one in e.improvements)
    answer = about("Stoke-on-Trent", "What is said about connected carers?", cited(place, held))
    offered = next_steps(answer, [], held)
    assert "What did inspectors say about connected carers in Stockton-on-Tees?" in offered


def test_what_else_a_report_judged_is_offered_but_what_the_answer_shows(tmp_path):
    shutil.copy(REPORT, tmp_path)
    held = Corpus(Held([tmp_path]), NothingRead())
    (event,) = held.of("Bristol")
    first = "How was Bristol graded in 2023?"
    on = "What did inspectors say about {} in Bristol in 2023?".format
    areas = [on("help and protection"), on("children in care"), on("care leavers")]
    assert next_steps(about("Bristol"), [], held) == [first, *areas[:2]]
    assert next_steps(about("Bristol"), [first.upper()], held) == areas
    shown = about("Bristol", "", cited(event.judgement("in_care").place, held))
    assert next_steps(shown, [first], held)[:2] == [areas[0], areas[2]]


def test_an_inspection_is_of_an_authority_where_a_visit_is_to_it(tmp_path):
    shutil.copy(FRONTS / "jtai.txt", tmp_path)
    held = Corpus(Held([tmp_path]), NothingRead())
    asked = "What did the joint inspection of Bexley in 2022 look at?"
    assert next_steps(about("Bexley"), [], held) == [asked]


def test_who_asks_of_nothing_held_is_offered_what_is(held):
    unknown = about("Leeds", status=Status.NOT_HELD)
    assert next_steps(unknown, ["who visited stoke-on-trent in 2023?"], held, EXAMPLES) == [
        EXAMPLES[0]
    ]
    assert next_steps(replace(unknown, status=Status.AMBIGUOUS), [], held, EXAMPLES) == []


@pytest.mark.slow
def test_what_is_offered_is_answered(seed_index):
    made = opened(seed_index)
    corpus = Corpus(made.collection, NothingRead())
    offered = set()
    for name in corpus.authorities:
        for question in (form.format(name) for form in FIRST):
            found = next_steps(made.extractive.answer(Ask(question)), [question], corpus, EXAMPLES)
            assert 0 < len(found) <= MOST
            offered |= set(found)
    refused = [q for q in offered if made.extractive.answer(Ask(q)).status is not Status.ANSWERED]
    assert refused == []
