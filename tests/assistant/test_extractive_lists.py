"""Complete lists, rows of the right table, and what is asked after when inspectors are named."""

import pytest

from assistant.compose import open_assistant
from assistant.extractive.opened import says_the_same
from assistant.extractive.parts import parts_of
from assistant.evidence.quoting import Quote
from assistant.extractive.tables import rows_first
from assistant.settings import Settings
from assistant.types import Ask, Role
from index.types import Evidence, Sentence, Wanted
from index.understanding.wanted import wanted_in


@pytest.fixture(scope="module")
def answer(seed_index):
    answerer = open_assistant(Settings(index=seed_index)).extractive
    return lambda question: answerer.answer(Ask(question))


def _row(title, label, score):
    text, heading = f"{label}\t7\t9%", f"{title} · Judgement | Count | %"
    return Evidence(None, None, Sentence(0, 1, heading, 0), text, score)


def _prose(text, score):
    return Evidence(None, None, Sentence(0, 1, "", 0), text, score)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what gripes did Ofsted have? all of them", Wanted.IMPROVEMENTS),
        ("do both councils have to improve the same things?", Wanted.IMPROVEMENTS),
        ("the whole list of weaknesses please", Wanted.IMPROVEMENTS),
        ("what did the judge tell inspectors about delay?", Wanted.OPEN),
        ("what did foster carers say to inspectors?", Wanted.OPEN),
        ("which inspectors came?", Wanted.INSPECTORS),
        ("what were the names of the inspectors?", Wanted.INSPECTORS),
        ("did inspectors rate adoption?", Wanted.GRADE),
        ("did the rate of re-referrals fall?", Wanted.OPEN),
        ("which committee was the report presented to?", Wanted.ADDRESSEE),
    ],
)
def test_what_a_question_wants(question, wanted):
    assert wanted_in(question)[0] is wanted


def test_the_row_named_goes_first_and_its_twin_goes():
    prose = _prose("Of 80 inspections, 7 were good.", 0.9)
    twin, meant = _row("Adoption performance", "Good", 0.8), _row("LSCB effectiveness", "Good", 0.5)
    other = _row("LSCB effectiveness", "Inadequate", 0.6)
    got = rows_first("how many safeguarding boards were good?", [prose, twin, other, meant])
    assert [(item.sentence.heading.split(" · ")[0], item.text) for item in got] == [
        ("LSCB effectiveness", "Good\t7\t9%"),
        ("", "Of 80 inspections, 7 were good."),
    ]


def test_rows_stay_where_no_table_is_named():
    found = [_row("Adoption", "Good", 0.8), _row("Help", "Good", 0.5)]
    assert list(rows_first("how many were good?", found)) == found


def test_a_list_is_complete_counted_and_quotes_nothing_else(answer):
    got = answer("what criticisms did inspectors have of Stoke, the full list?")
    assert [s.text for s in got.sentences if s.role is Role.FRAME] == [
        "Complete: Stoke-on-Trent, 8 Nov 2023: 2 points."
    ]
    assert len(got.citations) == 2
    assert got.citations[1].quote == "Consistency of management oversight."


def test_each_point_of_a_scope_has_its_own_citation(answer):
    quotes = [
        citation.quote for citation in answer("what was in scope in Middlesbrough?").citations
    ]
    assert quotes == [
        "The quality of matching, placement and decision-making for children in care.",
        "Planning and achieving permanence for children.",
    ]


def test_a_lead_in_brings_its_list(answer):
    got = answer("What best practice initiatives did Ofsted identify in Stockton in 2016?")
    quotes = [citation.quote for citation in got.citations]
    lead = next(n for n, quote in enumerate(quotes) if quote.endswith(":"))
    assert quotes[lead + 1].startswith("The Family Hub One Stop Shop")
    assert any(quote.startswith("The Safer Place Guidance") for quote in quotes)


def test_a_bare_date_asks_for_what_the_first_part_names():
    assert parts_of("Who inspected them and on what date?")[1] == "when was the inspection?"
    assert parts_of("Who signed the letter and what date?")[1] == "what date is on the letter?"
    whole = "Which board was it taken to, and on what date?"
    assert parts_of(whole) == (whole,)


def _quote(text):
    return Quote("d", 0, len(text), text, "", None, None, "")


@pytest.mark.parametrize(
    ("other", "repeats"),
    [
        (
            "At the time of the visit 40 children and young people had a child protection plan.",
            True,
        ),
        ("At the time of the visit 41 children had a child protection plan.", False),
        ("At the time of the visit 40 children had not a child protection plan.", False),
    ],
)
def test_what_says_the_same_in_almost_the_same_words_is_quoted_once(other, repeats):
    first = _quote("At the time of the visit 40 children had a child protection plan.")
    assert says_the_same(_quote(other), [first]) is repeats
