import json
import re
import zipfile

import openpyxl
import pytest

from evals.held import from_folder, from_store
from evals.suite.beir import entries, write_documents
from evals.suite.load import check, load
from evals.suite.tables import csv_entries
from index.errors import SuiteError

ROWS = [
    ["ID", "Question", "Category", "Document", "Quote", "Group", "Facts", "Authority"],
    ["a", "Caseloads?", "single_fact", "stoke.txt", "For a minority, they are too high.", "1",
     "too high; minority / few", "Stoke-on-Trent"],
    ["", "", "", "stoke.txt", "Adoption work is a strength.", "2", "", ""],
    ["b", "Python?", "unanswerable_out_of_domain", "", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def held(parts):
    return from_store(parts.store, parts.raw_text)


@pytest.fixture(params=["comma", "semicolon", "windows", "excel"])
def kept_by_staff(request, tmp_path):
    if request.param == "excel":
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(tmp_path / "suite.xlsx")
        return tmp_path / "suite.xlsx"
    separator = ";" if request.param == "semicolon" else ","
    quoted = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    path = tmp_path / "suite.csv"
    encoding = "cp1252" if request.param == "windows" else "utf-8"
    path.write_bytes("\r\n".join(quoted).encode(encoding))
    return path


def test_tables_read_as_questions_with_grouped_gold(kept_by_staff, parts):
    loaded = load(kept_by_staff, from_store(parts.store, parts.raw_text))
    first, second = loaded.suite.questions
    assert first.groups == ((0,), (1,))
    assert [g.quote for g in first.gold] == [
        "For a minority, they are too high.",
        "Adoption work is a strength.",
    ]
    assert first.facts == ("too high", "minority / few")
    assert first.authority == "Stoke-on-Trent"
    assert (second.id, second.gold) == ("b", ())


def test_a_table_without_a_question_column_says_so(tmp_path, parts):
    (tmp_path / "x.csv").write_text("id,answer\n1,2\n")
    loaded = check(tmp_path / "x.csv", from_store(parts.store, parts.raw_text))
    assert "no column called 'question'" in str(loaded.errors[0])


def test_a_beir_folder_reads_with_whole_documents_as_gold(tmp_path):
    corpus = [{"_id": "d/1", "title": "T", "text": "one"}, {"_id": "d2", "text": "two"}]
    queries = [{"_id": "1", "text": "first?"}, {"_id": "2", "text": "unjudged?"}]
    for name, lines in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "qrels").mkdir()
    rows = "query-id\tcorpus-id\tscore\n1\td/1\t2\n1\td2\t0\n"
    (tmp_path / "qrels" / "test.tsv").write_text(rows)
    assert write_documents(tmp_path, tmp_path / "docs") == 2
    assert (tmp_path / "docs" / "d_1.txt").read_text() == "T\n\none\n"
    (question,) = load(tmp_path, from_folder(tmp_path / "docs")).suite.questions
    assert (question.id, question.question) == ("1", "first?")
    assert [(g.source, g.start, g.end) for g in question.gold] == [("d_1.txt", 0, 7)]


TABLE = (
    "id;question;document;quote\n"
    "7;How are caseloads?;stoke.txt;For a minority, they are too high.\n"
)


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-16"),
        ("sep=;\n" + TABLE).encode("utf-8-sig"),
        TABLE.replace("caseloads", "\u2028caseloads").encode(),
    ],
)
def test_every_form_of_a_csv_file_is_read_row_by_row(tmp_path, held, data):
    (tmp_path / "s.csv").write_bytes(data)
    (question,) = load(tmp_path / "s.csv", held).suite.questions
    assert question.id == "7"
    assert question.question.split() == ["How", "are", "caseloads?"]


def test_the_first_sheet_that_is_shown_is_read_whole(tmp_path, held):
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Questions")
    for line in TABLE.splitlines():
        sheet.append([int(c) if c.isdigit() else c for c in line.split(";")])
    book.save(tmp_path / "s.xlsx")
    _with_dimension(tmp_path / "s.xlsx", b"A1")
    (question,) = load(tmp_path / "s.xlsx", held).suite.questions
    assert (question.id, question.gold[0].source) == ("7", "stoke.txt")


def _with_dimension(path, cells):
    """Rewrite a workbook so that its sheets claim to be this large."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            claim = b'<dimension ref="' + cells + b'"'
            book.writestr(name, re.sub(rb'<dimension ref="[^"]*"', claim, data))


def test_a_workbook_that_is_none_is_one_error_with_file_and_line(tmp_path, held):
    (tmp_path / "s.xlsx").write_bytes(b"question,quote\n")
    (fault,) = check(tmp_path / "s.xlsx", held).errors
    assert str(fault).startswith("s.xlsx:1: not an Excel workbook")


def test_columns_that_are_not_used_are_named_once(tmp_path, held):
    text = TABLE.replace("quote\n", "quote;Priority\n").replace("high.\n", "high.;1\n")
    (tmp_path / "s.csv").write_text(text, encoding="utf-8")
    (fault,) = check(tmp_path / "s.csv", held).faults
    assert fault.warning
    assert "'column priority' is not used" in str(fault)


def beir(folder, corpus, queries, qrels):
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8-sig")
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8-sig")
    (folder / "qrels/test.tsv").write_text(qrels, encoding="utf-8-sig")
    return folder


QRELS = "query-id\tcorpus-id\tscore\n7\t1\t1\n"


def test_beir_with_marks_null_titles_and_numbers_as_ids_is_read(tmp_path):
    folder = beir(
        tmp_path / "b",
        '{"_id": 1, "title": null, "text": "Visits\u2028are late."}\n',
        '{"_id": 7, "text": "visits?"}\n',
        QRELS,
    )
    assert write_documents(folder, tmp_path / "out") == 1
    assert (tmp_path / "out/1.txt").read_text(encoding="utf-8") == "Visits\u2028are late.\n"
    assert list(entries(folder)) == [
        (1, {"id": "7", "question": "visits?", "gold_documents": ["1.txt"]})
    ]


@pytest.mark.parametrize(
    ("corpus", "queries", "qrels", "message"),
    [
        (
            '{"_id": 1, "text": "a"}\n{"_id": "1", "text": "b"}\n',
            "",
            "",
            r"corpus.jsonl:2: the id '1' is taken: line 1",
        ),
        (
            '{"_id": "a/b", "text": "a"}\n{"_id": "a_b", "text": "b"}\n',
            "",
            "",
            r"corpus.jsonl:2: the id 'a_b' is taken: line 1 has it, or one that gives .* a_b.txt",
        ),
        ('{"_id": 1}\n', "", "", r"corpus.jsonl:1: not an object with _id and text"),
        ("", '{"_id": 7\n', QRELS, r"queries.jsonl:1: not an object with _id and text"),
        ("", '{"_id": 7, "text": "a"}\n', "a\tb\tc\n7\t1\tx\n", r"test.tsv:2: not a query"),
    ],
)
def test_a_line_of_beir_that_cannot_be_read_is_named(tmp_path, corpus, queries, qrels, message):
    folder = beir(tmp_path / "b", corpus, queries, qrels)
    with pytest.raises(SuiteError, match=message):
        list(entries(folder)) if queries else write_documents(folder, tmp_path / "out")


def test_the_cases_that_were_found_are_read_or_refused(shared, tmp_path):
    for number, name in enumerate(("b_nulltitle", "b_bom", "b_intid")):
        folder = shared / "cases/suites" / name
        out = tmp_path / str(number)
        assert write_documents(folder, out) == len(list(entries(folder))) == 1
        assert "None" not in next(out.iterdir()).read_text(encoding="utf-8")
    assert len(list(csv_entries(shared / "cases/suites/ls.csv"))) == 1
