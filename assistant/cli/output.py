"""What is written where: results on stdout, everything else on stderr.

Text of documents, file names and questions can hold anything; what would steer a terminal is
made visible before a person sees it. JSON is ASCII with everything else escaped.
"""

from __future__ import annotations

import csv
import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, redirect_stdout
from typing import Any

WIDTH = 100
"""Columns of what people read."""

_STEERING = (
    *(code for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"),
    *(0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),
    *range(0xD800, 0xE000),
)
"""Control characters (but tab and line feed), line ends and
changes of writing direction of Unicode, lone surrogates."""
_HARMLESS = dict.fromkeys(_STEERING, "\ufffd")


def plain(text: str) -> str:
    """Return ``text`` with what would steer a terminal replaced by U+FFFD."""
    return text.translate(_HARMLESS)


def one_line(text: object) -> str:
    """As ``plain``, in one line."""
    return plain(" ".join(str(text).split()))


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Return one paragraph in lines of at most ``WIDTH`` columns; long words stay whole.

    Args:
        text: white space in it is folded.
        indent: before the first line, and before the others where ``hanging`` is None.
        hanging: before the others.
    """
    return textwrap.fill(
        one_line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def say(text: str) -> None:
    """Print one line of progress, on stderr."""
    print(one_line(text), file=sys.stderr, flush=True)


def write(text: str) -> None:
    """Print text for people, on stdout."""
    print(plain(text))


def write_json(value: Any) -> None:
    """Print one JSON value, on stdout."""
    print(json.dumps(value, indent=1))


def write_json_line(value: Any) -> None:
    """Print one JSON value in one line, handed on at once."""
    print(json.dumps(value, separators=(",", ":")), flush=True)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as CSV with a header row; absent is empty.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_defused(cell) for cell in row] for row in rows)


def _defused(cell: object) -> object:
    runs = isinstance(cell, str) and cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    return f"'{cell}" if runs else cell


def write_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print aligned columns; the widest are wrapped where ``WIDTH`` is too narrow for all."""
    _print_table(columns, rows, sys.stdout)


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """As ``write_table``, on stderr."""
    _print_table(columns, rows, sys.stderr)


def quiet() -> AbstractContextManager[Any]:
    """Send to stderr what libraries print on stdout, while it lasts."""
    return redirect_stdout(sys.stderr)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], file: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line("" if cell is None else cell)) for cell in row))
    console = Console(width=WIDTH, no_color=True, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    lines = captured.get().splitlines()
    print("\n".join(line.rstrip() for line in lines), file=file)
