"""What a person's spreadsheet and terminal are given of what anybody may have written."""

import csv
import io

import pytest

from assistant.cli.output import one_line, plain, write, write_csv, write_table


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://example.org")', '\'=HYPERLINK("http://example.org")'),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1+1", "'\t=1+1"),
        (" \n@SUM(1)", "' \n@SUM(1)"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1+1", "'＝1+1"),
        ("good = better", "good = better"),
        ("3–4 May", "3–4 May"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (1.5, "1.5"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_text(capsys, cell, written):
    write_csv(["column", "after"], [[cell, "x"]])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows == [["column", "after"], [written, "x"]]


STEERING = "\x1b[2J\x1b]0;title\x07\x9b31m\r\x08\u202e\u2066\u2028\ud800"


def test_a_terminal_is_not_steered(capsys):
    write(f"before{STEERING}after\tand\nmore")
    write_table(["source"], [[f"a{STEERING}.txt"]])
    out = capsys.readouterr().out
    shown = [one for one in out if not (one.isprintable() or one in "\t\n\ufffd")]
    assert shown == []
    assert "before" in out
    assert "after\tand\nmore" in out


def test_what_is_plain_stays_as_it_is():
    text = "“Children’s plans” – 94³, œ́ 日本 \t and\nmore"
    assert plain(text) == text
    assert one_line("two\n lines\x1b") == "two lines\ufffd"
