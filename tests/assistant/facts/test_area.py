"""A judged area as a whole: which question asks about one, and what its section says of it."""

from __future__ import annotations

import pytest

from assistant.facts.area import WHOLE, area_of, overview, section_of
from assistant.facts.brief import CONCERNS, ON_IT, STRENGTHS
from index.query.understand import understand
from index.types import Slant

LEADERS = ("impact_of_leaders", "leadership_management_governance")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("how good is support for care leavers in Salford", ("care_leavers",)),
        ("Overview, good and bad, of how Wigan looks after its children in care", ("in_care",)),
        ("what's the verdict on leadership in Devon these days", LEADERS),
        ("and its care leavers?", ("care_leavers",)),
        ("how good is housing for care leavers in Salford", ()),
        ("Do looked-after children in Wigan see a dentist?", ()),
        ("How good is Kent overall?", ()),
        ("and in 2022?", ()),
    ],
)
def test_a_question_is_about_an_area_as_a_whole_or_about_a_part(seed_corpus, question, keys):
    assert area_of(question, seed_corpus.reader, WHOLE) == keys


def _overview(question, keys, corpus, slant=Slant.ANY):
    return overview(understand(question, corpus.identities), keys, slant, corpus)


def test_an_overview_gives_grade_both_sides_and_points_of_the_newest_report(letter_corpus):
    found = _overview("How is Stockton doing by its children in care?", ("in_care",), letter_corpus)
    told = found.draft.text()
    assert "Children in care: requires improvement to be good" in told
    assert {STRENGTHS, CONCERNS, ON_IT} <= {one.group for one in found.draft.sentences}
    assert "too few foster carers to meet demand" in told
    assert {one.identity.dated.year for one in found.draft.citations} == {2023}


def test_nothing_is_told_twice_and_all_of_it_stands_in_the_section(letter_corpus):
    question = "how good is support for care leavers in North Northamptonshire"
    found = _overview(question, ("care_leavers",), letter_corpus)
    sided = [o for o in found.draft.sentences if o.group in (STRENGTHS, CONCERNS)]
    assert len({one.text for one in sided}) == len(sided) > 4
    cited = {one.number: one for one in found.draft.citations}
    document = letter_corpus.collection.document(cited[1].identity.doc_id)
    event = letter_corpus.of("North Northamptonshire")[-1]
    section = section_of(document, event.judgement("care_leavers"), event.judgements)
    for one in sided:
        place = cited[one.citations[0]]
        assert any(block.start <= place.start < block.end for block in section)


def test_one_side_alone_is_told_where_it_is_asked_for(letter_corpus):
    question = "what is weak about leadership in Middlesbrough in 2026"
    found = _overview(question, LEADERS, letter_corpus, Slant.WEAK)
    groups = {one.group for one in found.draft.sentences}
    assert CONCERNS in groups
    assert STRENGTHS not in groups


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("how are care leavers doing", ("care_leavers",)),  # of which place?
        ("how are care leavers in Stockton in 2019", ("care_leavers",)),  # judged with others
        ("how is Stockton doing by its children in care from 2016 to 2023", ("in_care",)),
        ("how are children in care in Leeds", ("in_care",)),
    ],
)
def test_without_one_section_of_one_inspection_there_is_none(letter_corpus, question, keys):
    assert _overview(question, keys, letter_corpus) is None


def test_a_visit_that_judges_nothing_has_none(seed_corpus):
    assert _overview("how are children in care in Stoke", ("in_care",), seed_corpus) is None
