import json
from datetime import date

import pytest

from assistant.types import CitedBefore, Turn
from index.types import Period, Understood

HISTORY = [
    {"role": "user", "content": "what about connected carers?"},
    {
        "role": "assistant",
        "content": "Late. [1]",
        "citations": [
            {"doc_id": "84fe3d052bf6f542", "quote": "late", "authority": "Stockton-on-Tees"},
            3,
            {"quote": "no document"},
        ],
        "query": {"authorities": ["Stockton"], "from": "2019", "to": None, "kinds": []},
    },
]
TURNS = (
    Turn("user", "what about connected carers?"),
    Turn(
        "assistant",
        "Late. [1]",
        (CitedBefore("84fe3d052bf6f542", "late", "Stockton-on-Tees", None),),
        Understood(("Stockton-on-Tees",), Period(date(2019, 1, 1), None), ()),
    ),
)


def test_ask_follows_the_contract_and_stdout_is_the_result_alone(asked):
    ran = asked("what did inspectors say about connected carers?", "--json")
    answer = ran.json
    fields = [
        "question",
        "status",
        "text",
        "sentences",
        "citations",
        "nearest",
        "choices",
        "notes",
        "model",
        "index_fingerprint",
        "prompt_sha256",
        "elapsed_ms",
    ]

    assert [name for name in fields if name not in answer] == []
    assert answer["status"] == "answered"
    assert answer["prompt_sha256"] is None
    assert ran.err == "a library that prints on stdout\n"
    assert ran.out.isascii()


def test_ask_passes_on_filters_k_and_history(asked, tmp_path):
    path = tmp_path / "history.json"
    path.write_text(json.dumps(HISTORY))
    asked("and in Stoke?", "--authority", "Stoke", "--k", 4, "--history", path)
    (ask,) = asked.asks
    assert ask.question == "and in Stoke?"
    assert ask.filters.authorities == ("Stoke-on-Trent",)
    assert ask.k == 4
    assert ask.history == TURNS


def test_ask_reads_only_the_document_named(asked):
    held = asked.held
    asked("what about carers?", "--document", held[1].source)
    assert asked.asks[0].filters.documents == (held[1].doc_id,)
    assert asked("what about carers?", "--document", "nothing.txt").code == 1


@pytest.mark.parametrize(
    "text", ["\n".join(map(json.dumps, HISTORY)), json.dumps(HISTORY, indent=2), "\ufeff[]", ""]
)
def test_history_may_be_a_list_or_lines(asked, tmp_path, text):
    path = tmp_path / "history.json"
    path.write_text(text, encoding="utf-8")
    assert asked("and then?", "--history", path).code == 0
    assert asked.asks[0].history == (TURNS if "user" in text else ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "neither a JSON list nor JSON lines"),
        ("3", "must be a list of messages"),
        ('[{"role": "user"}]', "message 1 of the history has no text under 'content'"),
        ('[{"role": "user", "content": "x", "query": 3}]', "query of message 1 of the history"),
        (
            '[{"role": "user", "content": "x", "query": {"authorities": "Oz"}}]',
            "'Oz' is no English",
        ),
        ('[{"role": "user", "content": "x", "query": {"from": "soon"}}]', "'soon' is no date"),
        ('[{"role": "system", "content": "x"}]', "the role 'system', not user or assistant"),
    ],
)
def test_a_history_that_is_none_is_usage(asked, tmp_path, text, said):
    path = tmp_path / "history.json"
    path.write_text(text)
    ran = asked("and then?", "--history", path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_batch_carries_its_history(asked, tmp_path):
    path = tmp_path / "questions.jsonl"
    lines = [
        {"id": 1, "question": "connected carers", "history": HISTORY},
        {"id": 2, "question": "connected carers", "history": "none"},
        {"id": 3, "question": "crash"},
        {"id": 4, "question": "fail"},
        {"id": 5, "question": "  "},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    ran = asked("--batch", path)
    assert ran.code == 0
    assert asked.asks[0].history == TURNS
    assert [line["id"] for line in ran.lines] == [1, 2, 3, 4, 5]
    assert ran.lines[0]["status"] == "answered"
    assert ran.lines[1]["error"] == "history must be a list of messages, oldest first"
    assert ran.lines[2]["error"] == "RuntimeError: secret internals (this is a defect)"
    assert "does not answer" in ran.lines[3]["error"]
    assert ran.lines[4]["status"] == "invalid"
    assert ran.err.endswith("5 lines, 3 failed\n")


def test_an_answer_for_people_ends_with_its_references(asked):
    out = asked("what did inspectors say about connected carers?").out
    assert "References\n[1] " in out
    assert "84fe3d052bf6f542" in out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "budget",
            ["(Not in the documents)", "The documents we hold do not say.", "Nearest places"],
        ),
        ("rating", ["(More than one is held)", "Which authority?", "Choose from: Middlesbrough; "]),
        ("  ", ["(No question to read)", "Please type a question"]),
    ],
)
def test_refusals_are_outcomes(asked, question, said):
    ran = asked(question)
    assert ran.code == 0
    assert [words for words in said if words not in ran.out] == []


def test_an_error_of_the_model_is_one_line(asked):
    ran = asked("fail")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(
        "assistant: The model at http://127.0.0.1:1 does not answer. Start it.\n"
    )


@pytest.mark.parametrize(
    "question", ["", "\x00", "\ud800", "carers " * 7000, "<b>carers</b>", "{question} %s $x"]
)
def test_hostile_questions_through_the_real_answerer(run, seed_index, question):
    ran = run("ask", question, "--json", "--index", seed_index)
    assert ran.code == 0
    assert ran.json["question"][:200] == question[:200]
    assert (ran.json["status"] == "invalid") == (question in ("", "\x00", "\ud800"))


def test_the_real_answer_quotes_what_stands_in_its_place(run, seed_index):
    ran = run(
        "ask", "what did inspectors say about connected carers?", "--json", "--index", seed_index
    )
    answer = ran.json
    assert answer["status"] == "answered"
    assert answer["text"].startswith("All 5 documents held mention connected carers")
    assert len({citation["doc_id"] for citation in answer["citations"]}) >= 2
    for citation in answer["citations"]:
        span = ["--start", citation["start"], "--end", citation["end"]]
        shown = run("show", citation["doc_id"], *span, "--json", "--index", seed_index).json
        assert shown["text"] == citation["quote"]


def test_an_unknown_model_is_no_traceback(run, seed_index, monkeypatch):
    monkeypatch.setenv("ASSISTANT_MODEL", "no-such-model")
    ran = run("ask", "connected carers", "--json", "--index", seed_index)
    assert ran.code in (0, 1)
    assert "Traceback" not in ran.err + ran.out
    assert "defect" not in ran.err


def test_saved_answers_are_checked_again(run, seed_index, tmp_path):
    index = ["--index", seed_index]
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", "connected carers in Stoke", "--json", *index).out)
    good = run("check-quotes", saved, *index)
    assert good.code == 0
    assert "0 failed" in good.out
    answer = json.loads(saved.read_text())
    answer["citations"][0]["start"] += 1
    moved = {"id": "moved", **answer}
    changed = json.loads(json.dumps({"id": "changed", **answer}))
    changed["citations"][0]["quote"] += " not"
    other = json.loads(json.dumps({"id": "other", **answer}))
    other["citations"][0]["authority"] = "Leeds"
    lines = [moved, changed, other, {"id": "failed", "error": "why"}]
    saved.write_text("".join(json.dumps(line) + "\n" for line in lines))
    bad = run("check-quotes", saved, *index, "--json")
    assert bad.code == 10
    verdicts = {(one["answer"], one["number"]): one["verdict"] for one in bad.json["quotes"]}
    assert verdicts[("moved", 1)] == "elsewhere in the same document"
    assert verdicts[("changed", 1)] == "not in the document"
    assert verdicts[("other", 1)] == "document is not the one named"
    assert bad.json["failed"] == 2
    assert "changed  1    not in the document" in run("check-quotes", saved, *index).out


@pytest.mark.parametrize("text", ["", "no json", "{}", "[3]"])
def test_what_is_no_saved_answer_is_usage(run, seed_index, tmp_path, text):
    path = tmp_path / "saved.json"
    path.write_text(text)
    ran = run("check-quotes", path, "--index", seed_index)
    assert ran.code == 2
    assert ran.out == ""
