"""The five seeds and the 21 sample reports: every field, as read by eye on page 1 of each.

``identity_expected.json`` holds the table. Judgements that a document does not give are absent.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from index.identity import identify, identity_record
from index.identity.reading import fold
from index.loading import read
from index.types import JUDGEMENT_KEYS

EXPECTED = json.loads((Path(__file__).parent / "identity_expected.json").read_text("utf-8"))
SEEDS = sorted(name for name in EXPECTED if name.endswith(".txt"))
LETTERS = sorted(name for name in EXPECTED if name.endswith(".pdf"))


def check(path):
    clean = read(path.read_bytes(), path.name)
    identity = identify(clean, "0" * 16, ("renamed.bin",), None)
    record = identity_record(identity, 0)
    expected = dict(EXPECTED[path.name])
    judgements = expected.pop("judgements")
    reported = [tuple(row) for row in expected.pop("reported_judgements")]
    assert {field: record[field] for field in expected} == expected
    assert record["judgements"] == {key: judgements.get(key) for key in JUDGEMENT_KEYS}
    told = record["reported_judgements"]
    assert [(one["judgement"], one["grade"], one["when"]) for one in told] == reported
    check_proofs(clean.text, identity)


def check_proofs(text, identity):
    for proven in (identity.title, identity.scope, *identity.inspectors):
        if proven is not None:
            assert fold(text[proven.span.start : proven.span.end]) == proven.value
    for given in identity.judgements:
        printed = fold(text[given.span.start : given.span.end]).casefold()
        assert given.heading.casefold() in printed
        assert given.grade.value.split()[0][:6] in printed
    for told in identity.reported_judgements:
        printed = fold(text[told.span.start : told.span.end]).casefold()
        assert told.grade.value.split()[0][:6] in printed
    if identity.published is not None:
        span = identity.published.span
        assert str(identity.published.value.year) in text[span.start : span.end]


def test_the_table_has_them_all():
    assert (len(SEEDS), len(LETTERS)) == (5, 21)


@pytest.mark.parametrize("name", SEEDS)
def test_seed(seeds, name):
    check(seeds / name)


@pytest.mark.parametrize("name", LETTERS)
def test_letter(shared, name):
    check(shared / "letters" / name)


@pytest.mark.parametrize(
    ("name", "copied_to", "report_published"),
    [
        ("004_15baae9e72f688f5.txt", "the Department for Education", None),
        ("003_60fb85a75bd1459e.txt", None, None),
        ("002_c84d50e829a22bac.txt", None, date(2016, 8, 5)),
        ("001_145b8d6c54906490.txt", None, None),
    ],
)
def test_copies_and_the_report_that_is_told_of(seeds, name, copied_to, report_published):
    clean = read((seeds / name).read_bytes(), name)
    identity = identify(clean, "0" * 16, (name,), None)
    record = identity_record(identity, 0)
    assert record["copied_to"] == copied_to
    told = identity.report_published
    assert (told.value if told else None) == report_published
    if told:
        assert clean.text[told.span.start : told.span.end] == "05/08/2016"
