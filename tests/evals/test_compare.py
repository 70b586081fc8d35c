from dataclasses import replace

import pytest

from evals.compare import Verdict, compare
from evals.run.generate import Options, generate
from evals.scores import score
from index.errors import NotComparable


@pytest.fixture
def many(write):
    """Twenty equal questions, enough to tell."""
    lines = [
        {
            "id": f"q{i}",
            "question": f"weekly legal gateway panel Stockton {i}",
            "category": "single_fact",
            "gold_quotes": [["stockton.txt", "A weekly legal gateway panel has been set up."]],
            "facts": ["weekly"],
        }
        for i in range(20)
    ]
    return write(*lines, name="many.jsonl")


def scored(suite, parts, out, **options):
    return score(generate(suite, parts, out, Options(**options)))


def refusing(parts, word):
    answerer = replace(parts.answerer, refuse=word)
    return replace(parts, answerer=answerer, settings={"refuses": word})


def test_a_run_equals_itself(many, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    found = compare(a, a)
    assert found.verdict is Verdict.NO_REGRESSION
    assert found.flips == ()
    assert {d.p for d in found.differences} == {1.0}


def test_refusing_everything_is_a_regression_with_flips_and_settings(many, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    b = scored(many, refusing(parts, "weekly"), tmp_path / "b")
    found = compare(a, b)
    assert found.verdict is Verdict.REGRESSION
    assert {"status", "false_refusal", "fact_recall"} <= {d.metric.name for d in found.regressions}
    assert len(found.flips) == 20
    assert not found.flips[0].better
    assert found.settings == {"mode": ("words", "–"), "refuses": ("–", "weekly")}
    status = next(d for d in found.differences if d.metric.name == "status")
    assert (status.before, status.after, status.interval.mean) == (1.0, 0.0, -1.0)
    assert status.p < 0.001


def test_getting_better_is_no_regression(many, parts, tmp_path):
    worse = scored(many, refusing(parts, "weekly"), tmp_path / "a")
    found = compare(worse, scored(many, parts, tmp_path / "b"))
    assert found.verdict is Verdict.NO_REGRESSION
    assert all(flip.better for flip in found.flips)


def test_one_changed_question_of_twenty_is_too_small_to_tell(many, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    found = compare(a, scored(many, refusing(parts, "Stockton 19"), tmp_path / "b"))
    assert found.verdict is Verdict.TOO_SMALL
    assert len(found.flips) == 1


def test_retrieval_alone_compares_on_what_both_have(many, parts, without_answers, tmp_path):
    a = scored(many, without_answers, tmp_path / "a")
    found = compare(a, scored(many, parts, tmp_path / "b"))
    names = {d.metric.name for d in found.differences}
    assert "hit@5" in names
    assert "status" not in names
    assert found.flips == ()


def test_runs_that_asked_something_else_are_not_comparable(many, suite, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    for name, suite_path, options, said in (
        ("b", suite, {}, "suite_sha256"),
        ("c", many, {"limit": 5}, "selection"),
        ("d", many, {"k": 3}, "k 3"),
    ):
        with pytest.raises(NotComparable, match=said):
            compare(a, scored(suite_path, parts, tmp_path / name, **options))


def test_other_gold_documents_are_not_comparable(many, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    about = replace(a.run.about, documents=a.run.about.documents | {"stockton.txt": "changed"})
    other = replace(a, run=replace(a.run, about=about))
    with pytest.raises(NotComparable, match=r"stockton\.txt"):
        compare(a, other)


def test_an_unfinished_run_is_not_comparable(many, parts, tmp_path):
    a = scored(many, parts, tmp_path / "a")
    cut = replace(a, run=replace(a.run, results=a.run.results[:5]))
    with pytest.raises(NotComparable, match="5 of 20"):
        compare(a, cut)
