"""Which passages an open question is answered from, and how much of them is one quote."""

from datetime import date

import pytest
from assistant.extractive.choosing import near_best
from assistant.extractive.evidence import is_procedure
from assistant.extractive.reading import newest_of_each, of_the_time

from assistant.evidence.quoting import Quoter
from index.types import BlockKind, Evidence, Hit, Mention, Passage, Period, Query, Sentence
from tests.fakes import document, held, identity

LATER, EARLIER = "a" * 16, "b" * 16
YEAR = Mention(Period(date(2022, 1, 1), date(2022, 12, 31)), "2022")
BEFORE = Mention(Period(None, date(2020, 3, 22)), "before covid")
PLACE = (Mention("Stoke-on-Trent", "Stoke"),)


def _hit(doc_id, fit):
    passage = Passage(f"{doc_id}-0001", doc_id, "a.txt", 0, 4, "Text", "", None, None, ())
    return Hit(passage, identity(doc_id=doc_id), 1.0, 1, {"time": fit})


def _query(question, **named):
    return Query(question, question, question, **named)


HITS = [_hit(EARLIER, 0.1), _hit(LATER, 0.7)]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        (_query("the latest report?", authorities=PLACE, order="newest"), [LATER]),
        (_query("in 2022?", authorities=PLACE, periods=(YEAR,)), [LATER]),
        (_query("in 2022, and since?", authorities=PLACE, periods=(YEAR,)), [EARLIER, LATER]),
        (_query("before covid?", authorities=PLACE, periods=(BEFORE,)), [EARLIER, LATER]),
        (_query("in 2022?", periods=(YEAR,)), [EARLIER, LATER]),
        (_query("at all?", authorities=PLACE), [EARLIER, LATER]),
    ],
)
def test_a_time_named_is_answered_from_its_own_documents(query, read):
    assert [hit.passage.doc_id for hit in of_the_time(query, HITS)] == read


@pytest.mark.parametrize(
    ("answering", "quoted"),
    [
        ((), "Two holds."),
        (("One", "Three"), "One holds. Two holds. Three holds."),
        (("Three", "Four"), "Two holds. Three holds. Four holds."),
        (("One", "Three", "Four"), "Two holds. Three holds. Four holds."),
        (("Four",), "Two holds."),
    ],
)
def test_sentences_side_by_side_that_answer_are_one_quote(answering, quoted):
    clean = document(
        [
            (BlockKind.PARAGRAPH, "One holds. Two holds. Three holds. Four holds."),
            (BlockKind.PARAGRAPH, "Five holds."),
        ]
    )
    starts = frozenset(clean.text.index(word) for word in answering)
    assert Quoter(clean).quote(clean.text.index("Two"), starts).text == quoted


def test_what_is_far_from_the_best_is_not_quoted_with_it():
    def found(start, score):
        return Evidence(identity(doc_id=LATER), None, Sentence(start, start + 1, "", 0), "", score)

    assert near_best([found(0, 0.9), found(5, 0.8), found(9, 0.2)]) == {(LATER, 0), (LATER, 5)}
    assert near_best([]) == frozenset()


@pytest.mark.parametrize(
    ("heading", "text", "procedure"),
    [
        ("Inspectors tracked a number of cases, including:", "Children with foster carers", True),
        ("What needs to improve:", "The quality of plans.", False),
        ("", "Inspectors considered a range of evidence.", True),
        ("", "Plans are clear.", False),
    ],
)
def test_an_item_of_what_was_looked_at_is_no_finding(heading, text, procedure):
    assert is_procedure(Sentence(0, 1, heading, 0), text) is procedure


def test_a_survey_hears_the_newest_of_each_authority_first():
    dated = [
        held("a", "Leeds", date(2016, 1, 1)),
        held("b", "Leeds", date(2022, 1, 1)),
        held("c", "Stoke-on-Trent", date(2019, 1, 1)),
        held("d", "Stoke-on-Trent", None),
    ]
    assert [identity.doc_id for identity in newest_of_each(dated)] == ["b", "c", "a", "d"]
