"""Follow-ups that mean another inspection than the one talked about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.moved import at_its_outcome, held_then, moved
from index.query.understand import understand
from index.types import NamedBy, Period, When

STOCKTON_2019 = "what did they say about connected carers in Stockton in 2019"


def asked(text, corpus):
    return understand(text, corpus.identities)


def years(query):
    return [(m.value.start and m.value.start.year, m.words) for m in query.periods]


def test_the_one_after_is_of_the_same_place(seed_corpus):
    query = moved(asked(STOCKTON_2019, seed_corpus), When.NEXT, frozenset(), seed_corpus)
    assert years(query) == [(2021, "7 and 8 December 2021")]
    assert [m.value for m in query.authorities] == ["Stockton-on-Tees"]


def test_the_one_before_is_of_the_same_kind_where_there_is_one(seed_corpus):
    query = moved(asked(STOCKTON_2019, seed_corpus), When.PREVIOUS, frozenset(), seed_corpus)
    assert [year for year, _ in years(query)] == [2016]


def test_where_none_follows_the_time_after_is_meant(seed_corpus):
    newest = asked("what did they say about Stockton in December 2021", seed_corpus)
    query = moved(newest, When.NEXT, frozenset(), seed_corpus)
    assert query.periods[0].value == Period(date(2021, 12, 8), None)


def test_without_a_time_what_was_quoted_tells_which_stands(seed_corpus):
    query = asked("what did they say about connected carers in Stockton", seed_corpus)
    article = next(e for e in seed_corpus.of("Stockton-on-Tees") if years_of(e) == 2019)
    found = moved(query, When.NEXT, frozenset(article.documents), seed_corpus)
    assert years(found) == [(2021, "7 and 8 December 2021")]
    newest = moved(query, When.PREVIOUS, frozenset(), seed_corpus)
    assert [year for year, _ in years(newest)] == [2019]


def years_of(event):
    return event.period.start.year if event.period and event.period.start else None


@pytest.mark.parametrize(("when", "start"), [(When.SINCE, 2019), (When.NEWEST, None)])
def test_since_then_and_now(when, start, seed_corpus):
    query = moved(asked(STOCKTON_2019, seed_corpus), when, frozenset(), seed_corpus)
    assert [year for year, _ in years(query)] == ([start] if start else [])
    assert query.order == (None if start else "newest")


def test_the_same_is_left_as_it_is(seed_corpus):
    query = asked(STOCKTON_2019, seed_corpus)
    assert moved(query, When.SAME, frozenset(), seed_corpus) == query


@pytest.mark.parametrize("when", [When.NEXT, When.PREVIOUS, When.SINCE])
def test_seen_from_several_places_it_stays_as_it_is(when, seed_corpus):
    query = asked("foster carers in Stockton and Stoke", seed_corpus)
    quoted = frozenset(identity.doc_id for identity in seed_corpus.identities)
    assert moved(query, when, quoted, seed_corpus) == query


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Stockton in December 2021", True),
        ("Middlesbrough in December 2021", False),
        ("Middlesbrough in 2020", False),  # only recalled
        ("Leeds in 2021", False),
    ],
)
def test_a_place_keeps_a_time_only_where_a_document_of_then_is_held(question, held, seed_corpus):
    assert held_then(asked(question, seed_corpus), seed_corpus) is held


@pytest.mark.parametrize(
    ("question", "by", "year"),
    [
        ("what did they say in the inspection where Stockton dropped", NamedBy.FALL, 2019),
        ("the report that rated Stockton good", NamedBy.GRADE, 2016),
        ("the inspection that graded Stockton RI", NamedBy.GRADE, 2019),
        ("the inspection that called Stockton outstanding", NamedBy.GRADE, None),
        ("the inspection that lifted Stockton", NamedBy.RISE, None),
        ("what does Stockton do well", NamedBy.NO, None),
        ("the inspection that graded Stockton and Stoke RI", NamedBy.GRADE, None),
    ],
)
def test_an_inspection_is_named_by_what_it_gave(question, by, year, seed_corpus):
    found = at_its_outcome(asked(question, seed_corpus), by, seed_corpus)
    assert [start for start, _ in years(found)] == ([year] if year else [])
