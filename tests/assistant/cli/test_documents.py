import csv
import io

import pytest

STOCKTON = "84fe3d052bf6f542"
SOURCE = "000_715c783cab904e8f.txt"


@pytest.fixture
def held(run, seed_index):
    def run_command(*arguments):
        return run(*arguments, "--index", seed_index)

    return run_command


def test_documents_follow_the_contract(held):
    records = held("documents", "--json").json
    assert [one["source"][:3] for one in records] == ["000", "001", "002", "003", "004"]
    first = records[0]
    assert first["doc_id"] == STOCKTON
    assert (first["authority"], first["issuer"], first["kind"]) == (
        "Stockton-on-Tees",
        "ofsted",
        "focused visit letter",
    )
    assert (first["published"], first["visit_end"]) == ("2022-01-31", "2021-12-08")
    assert first["judgements"]["overall_effectiveness"] is None
    assert first["addressee"] == "Martin Gray, Director of Children's Services"
    assert first["signatory"] == "Vicky Metheringham, Her Majesty's Inspector"
    assert [one["copied_to"] for one in records] == [None] * 4 + ["the Department for Education"]
    assert [one["visit_number"] for one in records] == [None] * 4 + [3]
    assert len(first["judgements"]) == 8
    assert first["sources"] == [SOURCE]
    assert first["passages"] > 5
    total = sum(one["passages"] for one in records)
    assert total == held("index", "status", "--json").json["passages"]


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        (["--authority", "Stoke", "--authority", "Middlesbrough"], ["003", "004"]),
        (["--kind", "news article"], ["001"]),
        (["--issuer", "council", "--issuer", "press"], ["001", "002"]),
        (["--from", "2022", "--to", "2022"], ["000", "004"]),
        (["--from", "2021-12", "--to", "2021-12"], ["000"]),
        (["--to", "2016-09-28"], ["002"]),
        (["--authority", "Leeds"], []),
    ],
)
def test_filters(held, filters, sources):
    records = held("documents", "--json", *filters).json
    assert [one["source"][:3] for one in records] == sources


def test_documents_as_csv(held):
    rows = list(csv.DictReader(io.StringIO(held("documents", "--csv").out)))
    assert rows[0]["inspectors"] == "Vicky Metheringham; Mandy Nightingale"
    assert rows[2]["overall_effectiveness"] == ""
    assert rows[0]["doc_id"] == STOCKTON
    assert held("documents", "--csv", "--authority", "Leeds").out == "doc_id,source\n"


def test_documents_for_people(held):
    ran = held("documents")
    assert "undated     Stockton-on-Tees  news article" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100
    assert ran.err == "5 of 5 documents\n"


@pytest.mark.parametrize("name", [STOCKTON, "84fe3d", "84FE", SOURCE])
def test_show_takes_an_id_its_beginning_or_a_source(held, name):
    shown = held("show", name, "--json").json
    assert (shown["doc_id"], shown["source"], shown["sources"]) == (STOCKTON, SOURCE, [SOURCE])
    assert (shown["start"], shown["end"]) == (0, len(shown["text"]))
    assert shown["pages"] == [0]


def test_a_span_is_a_slice_of_the_text(held):
    whole = held("show", STOCKTON, "--json").json["text"]
    part = held("show", STOCKTON, "--start", 1318, "--end", 1335, "--json").json
    assert part["text"] == whole[1318:1335] == "Headline findings"
    assert (part["start"], part["end"]) == (1318, 1335)
    assert held("show", STOCKTON, "--start", 1318, "--end", 1335).out == "Headline findings\n"
    assert held("show", STOCKTON, "--start", len(whole) - 4, "--json").json["text"] == whole[-4:]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--start", "5", "--end", "5"], 1, "has no span 5 to 5"),
        (["--end", "999999"], 1, "has no span 0 to 999999"),
        (["--start", "-1"], 2, "--start"),
    ],
)
def test_a_span_that_is_not_there(held, arguments, code, said):
    ran = held("show", STOCKTON, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


@pytest.mark.parametrize("name", ["", "8", "ffff", "../../etc/passwd", "\ud800"])
def test_a_document_that_is_not_held(held, name):
    ran = held("show", name)
    assert (ran.code, ran.out) == (1, "")
    assert "is held: 'assistant documents' lists" in ran.err


def test_find_counts_what_it_searched(held):
    found = held("find", "Connected  CARERS", "--json").json
    assert (found["documents_searched"], found["documents_holding"]) == (5, 3)
    assert [place["source"][:3] for place in found["places"]] == ["000"] * 3 + ["001"] * 2 + [
        "003"
    ] * 2
    for place in found["places"]:
        span = ["--start", place["start"], "--end", place["end"]]
        assert held("show", place["doc_id"], *span, "--json").json["text"] == "connected carers"
        assert "connected carers" in place["text"]


def test_find_inside_filters(held):
    found = held("find", "connected carers", "--authority", "Stoke", "--json").json
    assert (found["documents_searched"], found["documents_holding"]) == (1, 1)
    none = held("find", "connected carers", "--authority", "Leeds")
    assert none.code == 0
    assert none.out.strip() == "“connected carers”: 0 places in 0 of 0 documents searched."


def test_find_as_csv_and_for_people(held):
    rows = list(csv.DictReader(io.StringIO(held("find", "assess", "--csv").out)))
    assert rows == []
    text = held("find", "legal gateway panel").out
    assert "Stockton-on-Tees · focused visit letter · 31 January 2022 · Ofsted’s own" in text
    assert text.endswith("“legal gateway panel”: 1 place in 1 of 5 documents searched.\n")
    assert max(map(len, text.splitlines())) <= 100
