import csv
import io
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from evals.cli import with_parts
from evals.run.folder import read
from index.errors import SuiteError, UsageError


@pytest.fixture
def command(parts):
    """Runs ``assistant eval …``; our errors are raised, as the command line catches them."""
    asked = []

    def compose(index):
        asked.append(index)
        return parts

    app = with_parts(compose)

    def invoke(*arguments):
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    invoke.asked = asked
    return invoke


def test_check_names_the_sha_and_what_the_suite_holds(command, suite):
    result = command("check", suite)
    assert result.exit_code == 0
    assert (
        "5 questions and turns, 1 conversations, 1 hostile inputs, 4 gold quotes" in result.stdout
    )
    assert "0 errors, 0 warnings" in result.stdout


def test_check_fails_after_listing_every_fault(command, write):
    bad = write({"id": "a", "question": "?", "gold_quotes": [["stoke.txt", "never said"]]})
    with pytest.raises(SuiteError, match="1 faults"):
        command("check", bad)


def test_check_against_raw_files_composes_nothing(command, write, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Ofsted\nsaid so.")
    suite = write({"id": "a", "question": "?", "gold_quotes": [["a.txt", "Ofsted said so."]]})
    result = command("check", suite, "--documents", tmp_path / "docs", "--json")
    assert json.loads(result.stdout)["ok"] is True
    assert command.asked == []


def test_run_score_compare_and_report(command, suite, tmp_path, parts):
    ran = command("run", suite, "--out", tmp_path / "a", "--index", tmp_path, "--json")
    assert command.asked == [tmp_path]
    figures = json.loads(ran.stdout)["metrics"]
    assert figures["hit@5"]["value"] == 1.0
    scored = command("score", tmp_path / "a", "--csv")
    rows = {row["metric"]: row for row in csv.DictReader(io.StringIO(scored.stdout))}
    assert rows["hit@5"]["value"] == "1.000"
    assert rows["hit@5"]["unscored"] == "2"
    command("run", suite, "--out", tmp_path / "b")
    same = command("compare", tmp_path / "a", tmp_path / "b")
    assert same.exit_code == 0
    assert "No regression." in same.stdout
    report = command("report", tmp_path / "b", "--against", tmp_path / "a", "--json")
    assert json.loads(report.stdout)["html"] == str(tmp_path / "b" / "report.html")


def test_compare_exits_with_11_where_settings_forbid_it(command, suite, tmp_path):
    command("run", suite, "--out", tmp_path / "a")
    command("run", suite, "--out", tmp_path / "b", "--k", 3)
    result = command("compare", tmp_path / "a", tmp_path / "b")
    assert result.exit_code == 11
    assert "another number of passages" in result.stderr


def test_compare_exits_with_10_and_12(command, write, tmp_path, parts):
    line = {
        "question": "weekly legal gateway panel Stockton",
        "category": "single_fact",
        "gold_quotes": [["stockton.txt", "A weekly legal gateway panel has been set up."]],
    }
    suite = write(
        *(line | {"id": f"q{i}", "question": f"{line['question']} {i}"} for i in range(20))
    )
    command("run", suite, "--out", tmp_path / "a")
    parts.answerer.refuse = "Stockton 19"
    command("run", suite, "--out", tmp_path / "b")
    parts.answerer.refuse = "Stockton"
    command("run", suite, "--out", tmp_path / "c")
    assert command("compare", tmp_path / "a", tmp_path / "b").exit_code == 0
    assert command("compare", tmp_path / "a", tmp_path / "b", "--strict").exit_code == 12
    worse = command("compare", tmp_path / "a", tmp_path / "c", "--json")
    assert worse.exit_code == 10
    assert json.loads(worse.stdout)["verdict"] == "regression"


def test_a_floor_that_is_missed_fails(command, suite, tmp_path):
    run = ("run", suite, "--out", tmp_path / "a", "--floor")
    assert command(*run, "hit@5=0.9").exit_code == 0
    missed = command(*run, "wrong_authority=0.1")
    assert missed.exit_code == 1
    assert "wrong_authority is" in missed.stderr
    with pytest.raises(UsageError, match="no such metric"):
        command(*run, "hits=1")


def test_retrieval_only_asks_the_answerer_nothing(command, suite, tmp_path, parts):
    command("run", suite, "--out", tmp_path / "a", "--retrieval-only")
    assert parts.answerer.asks == []
    assert {result.answer for result in read(tmp_path / "a").results} == {None}


def test_an_interruption_says_how_to_go_on(command, suite, tmp_path, parts, monkeypatch):
    def interrupt(ask):
        raise KeyboardInterrupt

    monkeypatch.setattr(parts.answerer, "answer", interrupt)
    with pytest.raises(SuiteError, match="go on with --out"):
        command("run", suite, "--out", tmp_path / "a")


def test_beside_the_baseline_both_are_asked_the_same(command, suite, tmp_path, monkeypatch):
    """The real weights are left to the slow test of the baseline."""

    class Hashed:
        fingerprint = "0" * 64

        def __init__(self, name):
            assert name == "minilm"

        def embed_passages(self, texts, progress=None):
            rows = np.array([[t.count(c) for c in "aeiou"] for t in texts], dtype=np.float32)
            return rows / np.linalg.norm(rows, axis=1, keepdims=True)

        embed_queries = embed_passages

    module = "index.models.sentence_transformer.SentenceTransformerEmbedder"
    monkeypatch.setattr(module, Hashed)
    result = command("run", suite, "--out", tmp_path / "a", "--beside-baseline", "--k", 3)
    assert "Beside the baseline" in result.stdout
    ours, plain = read(tmp_path / "a"), read(tmp_path / "a" / "baseline")
    assert [r.id for r in ours.results] == [r.id for r in plain.results]
    assert plain.about.settings["embedder"] == "minilm"
    first = plain.results[0].hits[0]
    assert first.authority in {"Stoke-on-Trent", "Stockton-on-Tees", "Middlesbrough"}
    assert {result.answer for result in plain.results} == {None}


def test_documents_of_a_folder_go_with_the_baseline_only(command, suite, tmp_path):
    with pytest.raises(UsageError, match="--baseline"):
        command("run", suite, "--documents", tmp_path)
