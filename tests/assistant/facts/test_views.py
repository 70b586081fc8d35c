"""What changed, side by side and in order, worked out by hand from the letters' first pages."""

import pytest

from assistant.facts import Corpus
from assistant.facts.brief import brief
from assistant.facts.changes import changes
from assistant.facts.compare import compare
from assistant.facts.timeline import timeline
from assistant.facts.view import RECALLED, View
from assistant.facts.visits import proofs_of
from index.types import Reading

KEYS = ("overall_effectiveness", "impact_of_leaders", "help_and_protection", "in_care")
CHANGES = [
    ("Middlesbrough", (), ("no longer given", "same", "same", "same"), {"care_leavers": "same"}),
    ("Stoke-on-Trent", (), ("same", "same", "same", "same"), {"care_leavers": "new"}),
    ("Stockton-on-Tees", (), ("same", "same", "same", "same"), {"care_leavers": "new"}),
    ("Redcar and Cleveland", (), ("up", "up", "up", "same"), {"care_leavers": "new"}),
    ("Nottingham", (), ("down", "same", "down", "same"), {}),
    (
        "North Northamptonshire",
        (),
        ("no longer given", "up", "up", "up"),
        {"care_leavers": "new"},
    ),
    (
        "Stoke-on-Trent",
        ("stoke-on-trent-2019-02-04-inspection", "stoke-on-trent-2022-10-03-inspection"),
        ("up", "up", "up", "up"),
        {},
    ),
    (
        "Middlesbrough",
        ("middlesbrough-2019-11-25-inspection", "middlesbrough-2023-03-13-inspection"),
        ("up", "up", "up", "up"),
        {"care_leavers": "new"},
    ),
    (
        "Middlesbrough",
        ("middlesbrough-2015-11-24-inspection", "middlesbrough-2019-11-25-inspection"),
        ("down", "new", "down", "down"),
        {
            "care_leavers": "no longer given",
            "adoption": "no longer given",
            "leadership_management_governance": "no longer given",
            "lscb": "no longer given",
        },
    ),
]
OVERALL = {
    "Middlesbrough": "requires improvement to be good (13 to 24 March 2023)",
    "Stoke-on-Trent": "requires improvement to be good (12 to 23 May 2025)",
    "Redcar and Cleveland": "good (1 to 12 December 2025)",
    "Nottingham": "inadequate (11 to 22 July 2022)",
    "Stockton-on-Tees": "requires improvement to be good (6 to 17 March 2023)",
}
EVENTS = {
    "Middlesbrough": 8,
    "Stockton-on-Tees": 6,
    "Stoke-on-Trent": 6,
    "Redcar and Cleveland": 5,
    "Nottingham": 5,
    "North Northamptonshire": 2,
    "West Northamptonshire": 2,
}


class Silent:
    """A reader for which nothing answers: what is tested here is typed."""

    def read(self, question, hits):
        return [
            Reading(hit, none := (0.0,) * len(hit.passage.sentences), none, none, 0.0)
            for hit in hits
        ]


@pytest.fixture(scope="module")
def corpus(letter_corpus):
    return Corpus(letter_corpus.collection, Silent())


@pytest.mark.parametrize(("authority", "ids", "first", "others"), CHANGES)
def test_changes_of_grades(authority, ids, first, others, corpus):
    view = changes(authority, corpus, *ids)
    found = {one["judgement"]: one for one in view.details["grades"]}
    assert {key: one["change"] for key, one in found.items()} == {
        **dict(zip(KEYS, first, strict=True)),
        **others,
    }
    assert all(one["citations"] for one in found.values())


def test_last_overall_grades_side_by_side(corpus):
    (table,) = compare(list(OVERALL), corpus).tables
    row = next(row for row in table.rows if row[0].text == "last overall grade")
    assert [cell.text for cell in row[1:]] == list(OVERALL.values())
    assert all(cell.citations for cell in row[1:])


def test_each_judgement_is_a_row_under_the_inspection_that_gave_it(letter_corpus):
    table, *_ = compare(["Nottingham", "Stoke-on-Trent"], letter_corpus).tables
    cells = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert cells["last graded at"] == [
        *("inspection of 11 to 22 July 2022", "inspection of 12 to 23 May 2025")
    ]
    assert cells["children in care"] == [
        *("requires improvement to be good, judged as one with care leavers", "good")
    ]
    assert cells["care leavers"] == ["—", "requires improvement to be good"]


def test_a_topic_that_no_letter_speaks_of_has_honest_cells(corpus):
    (table,) = compare(["Nottingham", "Stoke-on-Trent"], corpus, "submarines").tables
    cells = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert cells["on submarines"] == ["nothing on this in the letter"] * 2
    for text, number in zip(cells["to improve"], (8, 6), strict=True):
        assert text.startswith(f"none surely on this among {number} points: “")


@pytest.mark.parametrize(("authority", "number"), EVENTS.items())
def test_timeline_is_complete_and_cited(authority, number, corpus):
    (table,) = timeline(authority, corpus).tables
    assert len(table.rows) == number
    assert all(row[0].citations for row in table.rows)


@pytest.mark.parametrize(
    "view", [lambda c: timeline("Stockton-on-Tees", c), lambda c: brief("Stockton-on-Tees", c)]
)
def test_recalled_is_explained_where_it_stands(view, seed_corpus):
    made = view(seed_corpus)
    texts = [cell.text for table in made.tables for row in table.rows for cell in row]
    assert any("(recalled)" in text for text in texts)
    assert made.notes.count(RECALLED) == 1


def test_what_is_not_recalled_is_not_explained():
    view = View("A title")
    view.cell("good")
    assert view.notes == []
    view.cell("good (2016, recalled)")
    view.cell("good (recalled)")
    assert view.notes == [RECALLED]


def test_each_letter_is_heard_on_what_it_names_or_surely_says_in_other_words(letter_corpus):
    names = letter_corpus.authorities
    view = compare(names, letter_corpus, "young carers")
    assert view.lead.startswith("5 of the 7 letters say something on this. By what is quoted – ")
    assert view.lead.endswith("; nothing on this: Nottingham and Stockton-on-Tees.")
    assert view.draft.sentences[0].text == view.lead
    (table,) = view.tables
    said = dict(zip(names, table.rows[1][1:], strict=True))
    silent = {name for name, cell in said.items() if not cell.citations}
    assert silent == {"Nottingham", "Stockton-on-Tees"}  # who speak of foster carers
    (table,) = compare(names, letter_corpus, "homeless 16 and 17 year olds").tables
    assert all(cell.citations for cell in table.rows[1][1:])


def test_what_a_later_letter_says_of_a_visit_without_grades_stands_beside_it(corpus):
    said = [one.text for one in timeline("Nottingham", corpus).draft.sentences]
    visit = next(
        n for n, text in enumerate(said) if text.startswith("February 2020: focused visit")
    )
    assert "there were areas for priority action in Nottingham" in said[visit + 1]


def test_an_inspection_that_is_recalled_leads_to_where_its_time_is_written(letter_corpus):
    recalled = [one for one in letter_corpus.inspections if not one.documents and one.when]
    assert len(recalled) > 10
    for one in recalled:
        ((_, quote),) = proofs_of(one, letter_corpus)
        assert one.when in " ".join(quote.text.split())
