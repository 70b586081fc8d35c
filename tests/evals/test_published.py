import pytest

from evals import published
from evals.run.generate import Options, generate
from index.errors import SuiteError


def test_what_stands_between_the_marks_is_replaced(tmp_path, monkeypatch):
    document = tmp_path / "README.md"
    document.write_text("a\n<!-- evaluation -->\nold\n<!-- /evaluation -->\nz\n")
    monkeypatch.setattr(published, "table", lambda run: "| new \\1 |\n")
    published.write(tmp_path, document)
    assert document.read_text() == "a\n<!-- evaluation -->\n| new \\1 |\n<!-- /evaluation -->\nz\n"


def test_a_document_without_the_marks_is_left_alone_and_named(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("a\n")
    with pytest.raises(SuiteError, match=r"README\.md does not say where the table goes"):
        published.write(tmp_path, document)
    assert document.read_text() == "a\n"


def test_the_table_sets_the_run_beside_its_baseline(suite, parts, tmp_path):
    for folder in (tmp_path / "run", tmp_path / "run/baseline"):
        generate(suite, parts, folder, Options())
    lines = published.table(tmp_path / "run").splitlines()
    assert lines[:3] == [
        "| metric | plain baseline | assistant |",
        "|---|---|---|",
        "| hit@5 | 1.00 (1.00–1.00) | 1.00 (1.00–1.00) |",
    ]
    assert lines[-1].startswith("5 questions of `little`, k = 20; ")
