from dataclasses import replace

import pytest

from evals.held import from_store
from evals.run.folder import read
from evals.run.generate import Options, generate
from evals.run.limits import Limits
from evals.run.rejudge import with_suite
from evals.scores import score
from index.errors import IndexDamaged, NotComparable, SuiteError

FILES = ("run.json", "suite.json", "results.jsonl")


def contents(folder):
    return {name: (folder / name).read_bytes() for name in FILES}


def test_equal_runs_are_equal_byte_for_byte_even_when_asked_at_once(suite, parts, tmp_path):
    generate(suite, parts, tmp_path / "a", Options())
    generate(suite, parts, tmp_path / "b", Options(limits=Limits(workers=3)))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_turns_get_the_systems_own_answers_as_history(suite, parts, tmp_path):
    generate(suite, parts, tmp_path / "a", Options())
    ask = next(ask for ask in parts.answerer.asks if ask.question == "who led it?")
    assert [turn.role for turn in ask.history] == ["user", "assistant"]
    assert ask.history[1].content == "A weekly legal gateway panel has been set up. [1]"
    (cited,) = ask.history[1].citations
    assert (cited.doc_id, cited.authority, cited.dated) == (
        "id-stoc",
        "Stockton-on-Tees",
        "2022-01-31",
    )
    follow_up = read(tmp_path / "a").results[3]
    assert follow_up.asked == "weekly legal gateway panel Stockton who led it?"
    assert follow_up.standalone_hits[0].text == "Louise Hollick led it."


@pytest.mark.parametrize("kept", [0, 1, 2, 3, 4])
def test_an_interrupted_run_goes_on_to_the_same_bytes(suite, parts, tmp_path, kept):
    generate(suite, parts, tmp_path / "whole", Options())
    expected = contents(tmp_path / "whole")
    generate(suite, parts, tmp_path / "cut", Options())
    lines = (tmp_path / "cut" / "results.jsonl").read_bytes().splitlines(keepends=True)
    torn = b"".join(lines[:kept]) + lines[kept][:40]
    (tmp_path / "cut" / "results.jsonl").write_bytes(torn)
    parts.answerer.asks.clear()
    run = generate(suite, parts, tmp_path / "cut", Options())
    assert contents(tmp_path / "cut") == expected
    assert run.complete
    begun_again = {0: 5, 1: 4, 2: 3, 3: 3, 4: 1}
    assert len(parts.answerer.asks) == begun_again[kept]


def test_results_are_kept_when_the_keyboard_interrupts(suite, parts, tmp_path):
    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(suite, parts, tmp_path / "a", Options(), stop)
    run = read(tmp_path / "a")
    assert [result.id for result in run.results] == ["q1", "q2"]
    assert not run.complete


def test_a_folder_of_another_run_is_refused(suite, parts, tmp_path):
    generate(suite, parts, tmp_path / "a", Options())
    other = replace(parts, settings={"mode": "other"})
    with pytest.raises(NotComparable, match="settings"):
        generate(suite, other, tmp_path / "a", Options())


def test_a_question_that_breaks_the_assistant_is_a_result(write, parts, tmp_path):
    path = write(
        {"id": "a", "question": "explode", "kind": "bomb"},
        {"id": "b", "question": "adoption", "kind": "plain"},
    )
    run = generate(path, parts, tmp_path / "a", Options())
    first, second = run.results
    assert first.error == "RuntimeError: boom"
    assert (first.answer.status, first.answer.text) == ("error", "RuntimeError: boom")
    assert second.answer.status == "answered"
    assert score(run).figure("survived").interval.mean == 0.5


def test_an_error_of_the_index_stops_the_run(suite, parts, tmp_path):
    class Broken:
        def search(self, question, k=10, filters=None):
            raise IndexDamaged("vectors.faiss is missing")

    with pytest.raises(IndexDamaged):
        generate(suite, replace(parts, retriever=Broken()), tmp_path / "a", Options())


def test_quotes_are_checked_against_text_and_file(suite, parts, tmp_path):
    right = generate(suite, parts, tmp_path / "a", Options())
    assert score(right).figure("quote_exact").interval.mean == 1.0
    parts.answerer.spoil = " not"
    spoilt = generate(suite, parts, tmp_path / "b", Options())
    assert score(spoilt).figure("quote_exact").interval.mean == 0.0
    parts.answerer.spoil = ""
    no_files = replace(parts, raw_text=lambda source: None)
    unknown = generate(suite, no_files, tmp_path / "c", Options())
    assert score(unknown).figure("quote_exact") is None


def test_a_cost_limit_stops_and_keeps(suite, parts, tmp_path, monkeypatch):
    answer = parts.answerer.answer
    monkeypatch.setattr(
        parts.answerer, "answer", lambda ask: replace(answer(ask), cost_usd=0.4, tokens=10)
    )
    limits = Limits(max_cost_usd=0.5)
    with pytest.raises(SuiteError, match=r"0\.80 USD"):
        generate(suite, parts, tmp_path / "a", Options(limits=limits))
    assert len(read(tmp_path / "a").results) == 2


def test_a_selection_keeps_the_order_and_is_recorded(suite, parts, tmp_path):
    run = generate(suite, parts, tmp_path / "a", Options(limit=2))
    assert [r.id for r in run.results] == ["q1", "c1-t1", "c1-t2"]
    with pytest.raises(SuiteError, match="single_fact"):
        generate(suite, parts, tmp_path / "b", Options(categories=("nothing",)))


def test_a_saved_run_is_judged_again_by_a_corrected_suite(suite, parts, tmp_path, write):
    run = generate(suite, parts, tmp_path / "a", Options())
    held = from_store(parts.store, parts.raw_text)
    text = suite.read_text()
    corrected = tmp_path / "corrected.jsonl"
    corrected.write_text(text.replace('"facts": ["manageable"]', '"facts": ["unheard of"]'))
    before = score(run).figure("fact_recall").interval.mean
    after = score(with_suite(run, corrected, held)).figure("fact_recall").interval.mean
    assert before > after
    with pytest.raises(SuiteError, match="q1"):
        with_suite(run, write({"id": "z", "question": "?", "kind": "k"}), held)


def test_a_folder_without_a_run_says_so(tmp_path):
    with pytest.raises(SuiteError, match="not there"):
        read(tmp_path)


def test_a_lone_surrogate_survives_saving_and_reading(write, parts, tmp_path):
    path = write({"id": "s", "question": "adoption \ud800", "kind": "surrogate"})
    run = generate(path, parts, tmp_path / "a", Options())
    assert run.results[0].asked == "adoption \ud800"
