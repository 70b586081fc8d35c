import json

import openpyxl
import pytest

from evals.held import from_folder, from_store
from evals.suite.beir import write_documents
from evals.suite.load import check, load

ROWS = [
    ["ID", "Question", "Category", "Document", "Quote", "Group", "Facts", "Authority"],
    ["a", "Caseloads?", "single_fact", "stoke.txt", "For a minority, they are too high.", "1",
     "too high; minority / few", "Stoke-on-Trent"],
    ["", "", "", "stoke.txt", "Adoption work is a strength.", "2", "", ""],
    ["b", "Python?", "unanswerable_out_of_domain", "", "", "", "", ""],
]  # fmt: skip


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
