import csv
import io
import json

import pytest

FIELDS = [
    "rank",
    "score",
    "passage_id",
    "doc_id",
    "source",
    "title",
    "issuer",
    "kind",
    "authority",
    "published",
    "dated",
    "page",
    "paragraph",
    "heading",
    "start",
    "end",
    "text",
]


@pytest.fixture
def search(run, seed_index):
    def run_command(*arguments):
        return run("search", *arguments, "--index", seed_index)

    return run_command


@pytest.fixture
def batch(search, tmp_path):
    def run_command(*lines, more=()):
        path = tmp_path / "questions.jsonl"
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json_line(x) for x in lines))
        return search("--batch", path, *more)

    return run_command


def json_line(value) -> bytes:
    return json.dumps(value).encode()


def test_search_follows_the_contract(search, run, seed_index):
    found = search("legal gateway panel in Stockton - how often?", "--k", 3, "--json").json
    assert list(found) == ["question", "query", "hits"]
    assert found["query"] == {
        "authorities": ["Stockton-on-Tees"],
        "from": None,
        "to": None,
        "kinds": [],
    }
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    first = found["hits"][0]
    assert list(first) == FIELDS
    assert first["source"] == "000_715c783cab904e8f.txt"
    assert "weekly legal gateway panel" in first["text"]
    span = ["--start", first["start"], "--end", first["end"]]
    shown = run("show", first["doc_id"], *span, "--json", "--index", seed_index).json
    assert shown["text"] == first["text"]


def test_filters_are_obeyed(search):
    found = search("social workers", "--issuer", "press", "--json").json
    assert {hit["source"][:3] for hit in found["hits"]} == {"001"}
    empty = search("social workers", "--authority", "Leeds", "--json")
    assert empty.code == 0
    assert empty.json["hits"] == []
    assert empty.json["query"]["authorities"] == ["Leeds"]


def test_explain_says_what_was_understood_and_what_the_score_is_made_of(search):
    explained = search("carers in Stockton in 2019", "--explain", "--k", 2, "--json").json
    said = explained["understood"]
    assert said["authorities"] == [
        {"value": "Stockton-on-Tees", "words": "Stockton", "certain": True}
    ]
    assert said["periods"][0]["from"] == "2019-01-01"
    assert explained["hits"][0]["parts"]["late interaction"] > 0
    text = search("carers in Stockton in 2019", "--explain", "--k", 2).out
    assert "authorities: Stockton-on-Tees (“Stockton”)" in text
    assert "late interaction" in text


def test_search_for_people_and_as_csv(search):
    text = search("connected carers", "--k", 2).out
    assert text.startswith("  1. ")
    assert "\n  2. " in text
    assert max(map(len, text.splitlines())) <= 100
    rows = list(csv.DictReader(io.StringIO(search("connected carers", "--k", 2, "--csv").out)))
    assert [row["rank"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize("question", ["", " \n\t", "\x00\x01", "\ud800", "?" * 50_000, "<script>"])
def test_a_question_that_says_nothing_is_no_error(search, question):
    ran = search(question, "--json")
    assert ran.code == 0
    assert ran.json["question"] == question
    assert ran.out.isascii()
    assert search(question).code == 0


def test_control_characters_of_a_question_never_reach_the_terminal(search):
    out = search("carers \x1b[31m\x07", "--explain", "--k", 1).out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_batch_keeps_order_and_ids_and_goes_on_after_bad_lines(batch):
    ran = batch(
        {"id": "a", "question": "legal gateway panel", "k": 1, "answer": "Weekly."},
        b"{not json",
        b"\xff\xfe",
        b"[1, 2]",
        b'{"id": NaN, "question": "x"}',
        b"[" * 100_000,
        b"",
        {"id": "b"},
        {"id": 7, "question": "carers", "filters": {"authority": "Narnia"}},
        {"id": ["c"], "question": "carers", "k": 0},
        {"id": "d", "question": "carers", "filters": {"from": "soon"}},
        {"id": "e", "question": "", "filters": None, "k": None},
        {"question": "carers", "filters": {"authority": ["Stoke"], "year": "2023"}, "k": 1},
    )
    assert ran.code == 0
    lines = ran.lines
    assert [line["id"] for line in lines] == [
        "a", None, None, None, None, None, "b", 7, ["c"], "d", "e", None
    ]  # fmt: skip
    assert [line.get("line") for line in lines[1:6]] == [2, 3, 4, 5, 6]
    assert [list(line) for line in lines[1:6]] == [["id", "line", "error"]] * 5
    assert list(lines[0]) == ["id", "question", "query", "hits"]
    assert len(lines[0]["hits"]) == 1
    assert [list(line) for line in lines[6:10]] == [["id", "error"]] * 4
    assert "'question'" in lines[6]["error"]
    assert "Narnia" in lines[7]["error"]
    assert "from 1 to 100" in lines[8]["error"]
    assert "'soon' is no date" in lines[9]["error"]
    assert lines[10]["hits"] == []
    assert [hit["authority"] for hit in lines[11]["hits"]] == ["Stoke-on-Trent"]
    assert "the filter 'year' is none of" in ran.err
    assert ran.err.endswith("12 lines, 9 failed\n")


def test_the_command_lines_filters_hold_for_lines_without_their_own(batch):
    ran = batch(
        {"id": 1, "question": "carers"},
        {"id": 2, "question": "carers", "filters": {"authority": "Middlesbrough"}},
        more=["--authority", "Stoke", "--k", "1"],
    )
    found = [line["hits"][0]["authority"] for line in ran.lines]
    assert found == ["Stoke-on-Trent", "Middlesbrough"]


def test_a_defect_in_one_line_does_not_stop_the_rest(batch, monkeypatch):
    from index.retrieval.retriever import HybridRetriever

    whole = HybridRetriever.search

    def breaks(self, question, *rest):
        if question == "break":
            raise RuntimeError("odd")
        return whole(self, question, *rest)

    monkeypatch.setattr(HybridRetriever, "search", breaks)
    ran = batch({"id": 1, "question": "break"}, {"id": 2, "question": "carers", "k": 1})
    assert ran.lines[0] == {"id": 1, "error": "RuntimeError: odd (this is a defect)"}
    assert ran.lines[1]["id"] == 2
    assert len(ran.lines[1]["hits"]) == 1


def test_an_empty_batch_is_an_empty_result(batch):
    ran = batch(b"")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 lines, 0 failed\n")


def test_the_sample_questions_all_have_hits(search, shared):
    ran = search("--batch", shared / "questions" / "questions.jsonl", "--k", 1)
    wanted = (shared / "questions" / "questions.jsonl").read_text().splitlines()
    assert [line["id"] for line in ran.lines] == [json.loads(line)["id"] for line in wanted]
    assert [line["id"] for line in ran.lines if not line.get("hits")] == []


def test_only_the_documents_named_are_searched(search, batch, run, seed_index):
    held = run("documents", "--json", "--index", seed_index).json
    one, other = held[0]["doc_id"], held[3]["source"]
    found = search("social workers", "--document", one[:6], "--document", other, "--json").json
    assert {hit["doc_id"] for hit in found["hits"]} == {one, held[3]["doc_id"]}
    (line,) = batch({"id": 1, "question": "leaders"}, more=("--document", one)).lines
    assert {hit["doc_id"] for hit in line["hits"]} == {one}
    ran = search("social workers", "--document", "0123456789abcdef")
    assert (ran.code, ran.out) == (1, "")
    assert "no document '0123456789abcdef' is held" in ran.err
    places = run("find", "children", "--document", one, "--json", "--index", seed_index).json
    assert places["documents_searched"] == 1
    assert {place["doc_id"] for place in places["places"]} == {one}
