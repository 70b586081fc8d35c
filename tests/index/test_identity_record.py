"""What a sidecar fills, what the contract's object looks like, and what is never guessed."""

from datetime import date
from pathlib import Path

import pytest

from index.errors import LoadError
from index.identity import identify, identity_record
from index.types import CleanText, Issuer, Kind, Proven

REPORT = (Path(__file__).parent / "identity_fronts" / "bcp.txt").read_text("utf-8")
FIELDS = [
    "doc_id",
    "source",
    "title",
    "issuer",
    "kind",
    "framework",
    "authority",
    "published",
    "visit_start",
    "visit_end",
    "dated",
    "dated_from",
    "inspectors",
    "judgements",
    "reported_judgements",
    "scope",
    "url",
    "signatory",
    "addressee",
    "copied_to",
    "visit_number",
    "passages",
    "sources",
    "proof",
]


def read(text, sidecar=None, sources=("a/b.pdf",)):
    return identify(CleanText(text, (0,), (), ()), "0123456789abcdef", sources, sidecar)


def test_the_sidecar_fills_gaps_only_and_is_marked():
    row = {"published": "2022-02-11", "authority": "Leeds", "url": "https://example.org/1"}
    identity = read(REPORT, row)
    assert identity.published == Proven(date(2022, 2, 11), None, "sidecar")
    assert identity.authority_name == "Bournemouth, Christchurch and Poole"
    assert identity.url == Proven("https://example.org/1", None, "sidecar")
    assert (identity.dated, identity.dated_from) == (date(2021, 12, 17), "visit_end")


def test_what_a_person_corrected_holds_over_the_text_and_is_marked():
    row = {
        "published": "2022-02-11",
        "authority": "Leeds",
        "kind": "focused visit letter",
        "corrected": "published authority",
    }
    identity = read(REPORT, row)
    assert identity.authority == Proven("Leeds", None, "sidecar")
    assert (identity.dated, identity.dated_from) == (date(2022, 2, 11), "sidecar")
    assert identity.kind == read(REPORT).kind


def test_corrected_days_of_a_visit_hold_over_the_text():
    known = read(REPORT)
    assert known.visit_end.value == date(2021, 12, 17)
    row = {"visit_end": "2021-12-18"}
    assert read(REPORT, row).visit_end == known.visit_end
    corrected = read(REPORT, row | {"corrected": "visit_end"})
    assert corrected.visit_end == Proven(date(2021, 12, 18), None, "sidecar")
    assert (corrected.visit_start, corrected.visited) == (known.visit_start, None)


def test_the_sidecar_speaks_for_a_text_that_says_nothing():
    row = {
        "published": "2020-01-02",
        "authority": "stockton council",
        "kind": "council report",
        "issuer": "council",
        "title": "Notes",
    }
    identity = read("x y z", row)
    assert identity.authority == Proven("Stockton-on-Tees", None, "sidecar")
    assert identity.kind == Proven(Kind.COUNCIL_REPORT, None, "sidecar")
    assert identity.issuer == Proven(Issuer.COUNCIL, None, "sidecar")
    assert (identity.dated, identity.dated_from) == (date(2020, 1, 2), "sidecar")


@pytest.mark.parametrize(
    ("row", "to_do"),
    [
        ({"published": "11/13/2022"}, "correct it"),
        ({"kind": "letter"}, "use inspection report, focused visit letter"),
        ({"framework": "ILAC"}, "use SIF, ILACS standard"),
    ],
)
def test_a_cell_that_cannot_be_read_names_file_column_cell_and_what_may_stand_there(row, to_do):
    with pytest.raises(LoadError, match=rf"a/b\.pdf: metadata\.csv gives \w+ as “.*; {to_do}"):
        read("x y z", row)


def test_the_record_is_the_contracts_object():
    record = identity_record(read(REPORT, None, ("a.pdf", "b/a.pdf")), 7)
    assert list(record) == FIELDS
    assert record["sources"] == ["a.pdf", "b/a.pdf"]
    assert (record["source"], record["passages"]) == ("a.pdf", 7)
    assert record["judgements"] == {
        "overall_effectiveness": "inadequate",
        "impact_of_leaders": "inadequate",
        "help_and_protection": "inadequate",
        "in_care": "requires improvement",
        "care_leavers": None,
        "adoption": None,
        "leadership_management_governance": None,
        "lscb": None,
    }
    assert (record["published"], record["visit_start"], record["dated"]) == (
        None,
        "2021-12-06",
        "2021-12-17",
    )


def test_proofs_point_at_the_words():
    record = identity_record(read(REPORT), 0)
    proof = record["proof"]
    words = {
        name: REPORT[slice(*proof[name])] for name in ("title", "authority", "visit_start", "kind")
    }
    assert words == {
        "title": record["title"],
        "authority": "Bournemouth, Christchurch and Poole",
        "visit_start": "6 December to 17 December 2021",
        "kind": record["title"],
    }
    assert [REPORT[slice(*span)] for span in proof["inspectors"]] == ["Claire Beckingham"]
    assert "published" not in proof


def test_a_file_name_proves_nothing():
    named = read("x y z", None, ("leeds_2020-01-01.pdf",))
    assert (named.authority, named.dated, named.dated_from) == (None, None, None)
