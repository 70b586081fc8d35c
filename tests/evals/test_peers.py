import subprocess
import sys
from pathlib import Path

import pytest

from evals.held import from_store
from evals.peers import __main__ as command
from evals.peers.exchange import (
    Found,
    Given,
    Text,
    read_found,
    read_given,
    write_found,
    write_given,
)
from evals.peers.recorded import given, recorded
from evals.peers.table import beside
from evals.peers.txtai_hybrid import placed
from evals.run.generate import Options, generate
from evals.scores import score
from evals.suite.load import load
from index.errors import SuiteError

ROOT = Path(__file__).parents[2]
HIGH = "For a minority, they are too high."
ADOPTION = "Adoption work is a strength."


def found(store, source, text):
    at = next(store.document(i.doc_id).text for i in store.identities() if i.source == source)
    start = at.index(text)
    return Found(source, start, start + len(text), text, 0.5)


@pytest.fixture
def little(tmp_path, parts, write):
    """A question of which a peer found half after a wrong passage, and one that it missed."""
    suite = write(
        {
            "id": "a",
            "question": "Caseloads and adoption?",
            "category": "multi_part",
            "gold_quotes": [["stoke.txt", HIGH], ["stoke.txt", ADOPTION]],
            "quote_groups": [[0], [1]],
            "filters": {"authority": "Stoke-on-Trent"},
            "status": "answered",
        },
        {
            "id": "b",
            "question": "Who led the third visit?",
            "category": "single_fact",
            "gold_quotes": [["middlesbrough.txt", "Louise Hollick led it."]],
            "quote_groups": [[0]],
            "status": "answered",
        },
        name="little.jsonl",
    )
    gateway = found(parts.store, "stockton.txt", "A weekly legal gateway panel has been set up.")
    high = found(parts.store, "stoke.txt", HIGH)
    write_found(
        [("Caseloads and adoption?", [gateway, high]), ("Who led the third visit?", [])],
        tmp_path / "found.jsonl",
    )
    return suite


def run(little, parts, tmp_path):
    questions = load(little, from_store(parts.store, parts.raw_text)).suite.questions
    asked = given(parts.store, questions, tmp_path, 20)
    peer = recorded(tmp_path / "found.jsonl", asked, parts, "a peer")
    return score(generate(little, peer, tmp_path / "peer", Options()))


def test_what_a_peer_found_is_judged_by_our_rules(little, parts, tmp_path):
    scores = run(little, parts, tmp_path)
    first, second = scores.questions
    wanted = {"hit@1": 0, "hit@5": 1, "mrr": 0.5, "recall@10": 0.5, "wrong_authority": 0.5}
    assert {name: first.values[name] for name in wanted} == wanted
    assert (second.values["hit@5"], second.values["mrr"]) == (0, 0)
    assert "wrong_authority" not in second.values
    assert first.judged.answer is None


def test_the_table_sets_retrievers_side_by_side(little, parts, tmp_path):
    scores = run(little, parts, tmp_path)
    table = beside([("one", scores), ("other", scores)])
    assert table.title == "little: 2 questions over 3 documents, k = 20"
    assert table.columns == ("metric", "one", "other", "meaning")
    cells = {row[0]: row[1] for row in table.rows}
    assert cells == {
        "hit@1": "0.000 (0.00–0.00)",
        "hit@5": "0.500 (0.00–1.00)",
        "mrr": "0.250 (0.00–0.50)",
        "recall@10": "0.250 (0.00–0.50)",
        "all_groups@10": "0.000 (0.00–0.00)",
        "hit@500w": "0.500 (0.00–1.00)",
        "wrong_authority": "0.500",
        "words": "8",
    }


def test_only_questions_that_name_an_authority(little, parts, tmp_path):
    table = beside([("one", run(little, parts, tmp_path))], naming=True)
    assert table.title == "little: 1 questions over 3 documents, k = 20"
    assert {row[0]: row[1] for row in table.rows}["mrr"] == "0.500"


def test_a_question_that_a_peer_left_out_is_named(parts, tmp_path):
    write_found([("Caseloads?", [])], tmp_path / "found.jsonl")
    asked = Given("", 20, (), ("Caseloads?", "Python?"))
    with pytest.raises(SuiteError, match=r"lacks 1 of 2 questions, the first 'Python\?'"):
        recorded(tmp_path / "found.jsonl", asked, parts, "a peer")


def test_peers_get_our_texts_and_every_wording(suite, parts, tmp_path):
    questions = load(suite, from_store(parts.store, parts.raw_text)).suite.questions
    asked = given(parts.store, questions, tmp_path, 20)
    assert {d.source: d.text for d in asked.documents}["middlesbrough.txt"] == (
        "This was the third monitoring visit. Louise Hollick led it.\n"
    )
    wordings = {q.question for q in questions} | {q.standalone for q in questions if q.standalone}
    assert set(asked.questions) == wordings
    assert len(asked.questions) == len(wordings)


def test_what_is_handed_over_comes_back_equal(tmp_path):
    asked = Given("weights", 20, (Text("a.txt", "Café ‘x’\n"),), ("Who?",))
    write_given(asked, tmp_path / "given.json")
    assert read_given(tmp_path / "given.json") == asked
    one = Found("a.txt", 0, 4, "Café", 0.25)
    write_found([("Who?", [one])], tmp_path / "found.jsonl")
    assert read_found(tmp_path / "found.jsonl") == {"Who?": (one,)}


def test_paragraphs_are_placed_though_blanks_were_run_together():
    text = "Same.\n\nTwo  words\nhere.\n\nSame.\n"
    spans = [
        (f.start, f.end) for f in placed(Text("a", text), ["Same.", "Two words\nhere.", "Same."])
    ]
    assert spans == [(0, 5), (7, 23), (25, 30)]


def test_both_peers_are_pinned():
    assert [module for _, module in command.PEERS.values()] == ["haystack_hybrid", "txtai_hybrid"]
    assert all(name.split()[1][0].isdigit() for name, _ in command._peers())


def test_missing_peers_say_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "PYTHON", tmp_path / "python")
    with pytest.raises(SuiteError, match="run make bench-peers, which installs the peers"):
        command._run("txtai_hybrid", Given("", 20, (), ()), tmp_path)


def test_a_peer_starts_without_our_libraries():
    code = (
        "import sys, evals.peers.haystack_hybrid, evals.peers.txtai_hybrid;"
        "print(sorted({n.split('.')[0] for n in sys.modules} - sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['__main__', 'evals']"
