import json

import pytest

from assistant.types import Status
from evals.held import from_folder, from_store
from evals.suite.load import check, load
from index.errors import SuiteError


@pytest.fixture
def held(parts):
    return from_store(parts.store, parts.raw_text)


def line(**changed):
    base = {
        "id": "q1",
        "question": "How are caseloads?",
        "category": "single_fact",
        "gold_quotes": [["stoke.txt", "For a minority, they are too high."]],
    }
    return base | changed


def errors(path, held):
    return [str(fault) for fault in check(path, held).errors]


def test_gold_is_the_span_of_the_held_text(suite, held, parts):
    for question in load(suite, held).suite.questions:
        for gold in question.gold:
            text = parts.store.document(gold.doc_id).text
            assert " ".join(text[gold.start : gold.end].split()) == gold.quote


def test_a_quote_that_spans_a_deleted_bullet_resolves(write, held, parts):
    quote = "Adoption work is a strength. - Children’s plans are 83% complete."
    (question,) = load(write(line(gold_quotes=[["stoke.txt", quote]])), held).suite.questions
    (gold,) = question.gold
    text = parts.store.document(gold.doc_id).text
    assert text[gold.start : gold.end] == (
        "Adoption work is a strength.\nChildren’s plans are 83% complete."
    )


def test_a_changed_apostrophe_is_an_error_that_shows_both(write, held):
    path = write(line(gold_quotes=[["stoke.txt", "Children's plans are 83% complete."]]))
    (error,) = errors(path, held)
    assert error.startswith("suite.jsonl:1: q1: gold quote 1: the quote is not verbatim")
    assert "Children's" in error
    assert "Children’s" in error


def test_a_quote_moved_to_another_file_is_an_error_that_says_where_it_is(write, held):
    path = write(line(gold_quotes=[["stockton.txt", "For a minority, they are too high."]]))
    (error,) = errors(path, held)
    assert "is not in stockton.txt; it is in stoke.txt" in error


def test_a_quote_that_occurs_twice_needs_its_occurrence(write, held, parts):
    (error,) = errors(write(line(gold_quotes=[["stockton.txt", "Good 25 24%"]])), held)
    assert "2 times" in error
    chosen = write(line(gold_quotes=[["stockton.txt", "Good 25 24%", 2]]))
    (gold,) = load(chosen, held).suite.questions[0].gold
    assert gold.start == parts.store.document(gold.doc_id).text.rindex("Good 25 24%")
    (error,) = errors(write(line(gold_quotes=[["stockton.txt", "Good 25 24%", 3]])), held)
    assert "no occurrence 3" in error


def test_duplicate_ids_name_both_lines(write, held):
    (error,) = errors(write(line(), line()), held)
    assert error == "suite.jsonl:2: the id 'q1' is taken: suite.jsonl:1 has it"


def test_malformed_lines_are_named_with_their_reason(tmp_path, held):
    path = tmp_path / "bad.jsonl"
    path.write_text(f'{json.dumps(line())}\n{{"id": \n[1]\n{json.dumps({"question": "no id"})}\n')
    found = errors(path, held)
    assert [error.split(": ")[0] for error in found] == [
        "bad.jsonl:2",
        "bad.jsonl:3",
        "bad.jsonl:4",
    ]
    assert "not JSON" in found[0]
    assert "not a JSON object" in found[1]
    assert "field id" in found[2]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quote_groups": [[0, 4]]}, "quote_groups names [4]"),
        ({"gold_quotes": []}, "names no gold quote"),
        ({"status": "perhaps"}, "field status"),
        ({"question": " "}, "the question is empty"),
        ({"gold_quotes": [["other.txt", "x"]]}, "not among the 3 documents held"),
        ({"documents": {"stoke.txt": "id-old"}}, "was id-old when this was written"),
        ({"documents": ["gone.txt"]}, "pinned document gone.txt is not held"),
    ],
)
def test_faults_of_one_line(write, held, changed, said):
    found = errors(write(line(**changed)), held)
    assert any(said in error for error in found), found


def test_an_empty_suite_cannot_be_run(write, held):
    with pytest.raises(SuiteError, match="empty"):
        load(write(), held)


def test_statuses_come_from_the_category_unless_given(write, held):
    path = write(
        line(id="a", category="unanswerable_in_domain", gold_quotes=[]),
        line(id="b", category="false_premise"),
        line(id="c", notes="partial is fine"),
        line(id="d", status=["answered", "not_held"]),
    )
    found = [q.statuses for q in load(path, held).suite.questions]
    assert found == [
        (Status.NOT_STATED, Status.NOT_HELD),
        (Status.PREMISE_CONTRADICTED,),
        (Status.ANSWERED, Status.PARTIAL),
        (Status.ANSWERED, Status.NOT_HELD),
    ]


def test_gold_goes_stale_when_a_later_letter_of_the_authority_is_held(write, held):
    stale = check(write(line(as_of="2022-12-31", gold_quotes=[["stoke.txt", "too high."]])), held)
    assert stale.stale == {}
    older = line(
        as_of="2022-12-31",
        gold_quotes=[["stockton.txt", "A weekly legal gateway panel has been set up."]],
        filters={"authority": "Stoke-on-Trent"},
    )
    (why,) = check(write(older), held).stale.values()
    assert "stoke.txt (Stoke-on-Trent, 2023-11-08) arrived later" in why


def test_a_header_pins_the_documents_of_the_lines_that_follow(write, held):
    header = {"suite": "letters", "documents": {"stoke.txt": "id-stok", "gone.txt": "x"}}
    found = errors(write(header, line()), held)
    assert found == ["suite.jsonl:2: q1: the pinned document gone.txt is not held"]


def test_a_folder_mixes_files_and_kinds(suite, write, held):
    write(line(id="z"), name="second.jsonl")
    loaded = check(suite.parent, held)
    assert loaded.errors == ()
    assert [q.id for q in loaded.suite.questions] == ["q1", "q2", "c1-t1", "c1-t2", "x1", "z"]


def test_a_repeated_input_is_written_out(suite, held):
    assert load(suite, held).suite.questions[-1].question == "adoption " * 50


def test_an_unknown_field_is_a_warning(write, held):
    loaded = check(write(line(nugets=["x"])), held)
    assert [(f.warning, f.message) for f in loaded.faults] == [
        (True, "unknown field 'nugets' is not used")
    ]


def test_the_sample_questions_import_as_they_are(shared):
    loaded = check(shared / "questions", from_folder(shared / "seeds"))
    assert loaded.faults == ()
    assert len(loaded.suite.questions) == 38


def test_resolution_outlives_the_loaders_deletions_on_real_letters(shared):
    """Quotes of raw files resolve in text without bullets, rules and page numbers."""
    import re

    from evals.held import Held

    raw = from_folder(shared / "seeds")
    stripped = Held(
        raw.documents,
        lambda doc_id: re.sub(
            r"(?m)^\s*(?:-|\d+\.)\s+|\*\*",
            "",
            next(raw.text(d) for d in raw.documents if d.doc_id == doc_id),
        ),
        lambda source: raw.text(raw.find(source)),
    )
    assert check(shared / "questions", stripped).errors == ()
