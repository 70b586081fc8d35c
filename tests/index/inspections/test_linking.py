"""Documents are linked into events as a reader of all of them would link them."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.building import files
from index.building.documents import load
from index.errors import LoadError
from index.inspections import inspection_record, link
from index.types import Grade, Kind, Period, Proven, Recollection, ReportedJudgement, Span

EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text("utf-8"))
"""Made by eye from the five seeds and the 21 letters that can be read."""
ROOT = Path(__file__).parents[3]


def identities(folder):
    for found in files.scan([folder]):
        try:
            if found.supported and found.path.name != "README.md":
                yield load(found).identity
        except LoadError:
            continue


@pytest.fixture(scope="module")
def seeds():
    return list(identities(ROOT / "seeds"))


@pytest.fixture(scope="module")
def letters():
    folder = ROOT.parent / "shared" / "letters"
    if not folder.is_dir():
        pytest.skip("the letters in ../shared/letters are not here")
    return list(identities(folder))


def as_expected(inspection, sources):
    record = inspection_record(inspection)
    recalled = [judgement.recalled for judgement in inspection.judgements]
    return {
        **{name: record[name] for name in ("authority", "kind", "from", "to", "number")},
        "documents": [sources[doc] for doc in record["documents"]],
        "recalled_by": list(dict.fromkeys(sources[p["doc_id"]] for p in record["recalled_by"])),
        "judgements": {key: one["grade"] for key, one in record["judgements"].items()},
        "recalled": all(recalled) if recalled else not inspection.own,
        "points": len(inspection.improvements),
    }


@pytest.mark.parametrize("corpus", ["seeds", "letters"])
def test_events_are_those_made_by_eye(corpus, request):
    held = request.getfixturevalue(corpus)
    sources = {one.doc_id: one.source for one in held}
    assert [as_expected(one, sources) for one in link(held)] == EXPECTED[corpus]


def test_both_together_link_what_either_recalls(seeds, letters):
    """An undated article, a council's report and letters that recall a year join the reports."""
    sources = {one.doc_id: one.source for one in (*seeds, *letters)}
    found = {one.inspection_id: one for one in link([*letters, *seeds])}
    assert len(found) == 39
    of_2019 = found["stockton-on-tees-2019-05-20-inspection"]
    assert [sources[doc] for doc in of_2019.documents] == [
        "stockton-on-tees_2019-07-01.pdf",
        "001_145b8d6c54906490.txt",
    ]
    recalling = {sources[place.doc_id] for place in of_2019.recalled_by}
    assert recalling == {"000_715c783cab904e8f.txt", "stockton-on-tees_2023-05-09.pdf"}
    of_2020 = found["middlesbrough-2019-11-25-inspection"]
    assert "004_15baae9e72f688f5.txt" in {sources[place.doc_id] for place in of_2020.recalled_by}


def test_order_of_documents_does_not_matter(seeds, letters):
    assert link([*letters, *seeds]) == link([*reversed(seeds), *reversed(letters)])


def year(number):
    return Period(date(number, 1, 1), date(number, 12, 31))


def recalling(identity, *recollections, judged=()):
    return replace(identity, recollections=recollections, reported_judgements=judged)


def test_what_two_inspections_would_bear_is_kept_apart(seeds):
    """Two full inspections of one year: which of them "the inspection in 2019" was is not said."""
    letter = next(one for one in seeds if one.visit_start and one.kind.value is Kind.FOCUSED_VISIT)
    reports = [
        replace(
            letter,
            doc_id=name * 16,
            kind=Proven(Kind.INSPECTION_REPORT, Span(0, 1)),
            visit_start=Proven(date(2019, month, 1), Span(0, 1)),
            visit_end=Proven(date(2019, month, 5), Span(0, 1)),
            published=Proven(date(2019, month, 28), Span(0, 1)),
            recollections=(),
            reported_judgements=(),
        )
        for name, month in (("a", 2), ("b", 10))
    ]
    told = Recollection(Kind.INSPECTION_REPORT, "2019", year(2019), Span(5, 9))
    apart = [one for one in link([*reports, recalling(letter, told)]) if one.recalled_by]
    assert [one.documents for one in apart] == [()]
    assert "kept apart: 2 inspections" in apart[0].notes[0]


def test_a_grade_without_a_time_is_of_no_known_inspection(seeds):
    letter = next(one for one in seeds if one.source.startswith("003"))
    judged = ReportedJudgement("overall_effectiveness", Grade.GOOD, None, Span(5, 9))
    undated = [one for one in link([recalling(letter, judged=(judged,))]) if not one.period]
    assert [one.judgements[0].grade for one in undated] == [Grade.GOOD]
    assert "does not say when" in undated[0].notes[0]
