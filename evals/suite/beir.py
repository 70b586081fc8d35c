"""Reads BEIR folders: corpus.jsonl, queries.jsonl, qrels/<split>.tsv (Thakur et al. 2021).

Gold is a whole document there; grades above 0 all count as gold. ``write_documents`` makes the
files to build an index from.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import SuiteError


def is_beir(path: Path) -> bool:
    """Say whether ``path`` is a BEIR folder, or a qrels file of one."""
    folder = _folder(path)
    return (folder / "queries.jsonl").is_file() and (folder / "qrels").is_dir()


def files(path: Path) -> list[Path]:
    """Return the files that make up the suite."""
    return [_folder(path) / "queries.jsonl", _qrels(path)]


def entries(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Judged queries as records with ``gold_documents``, in the order of queries.jsonl.

    Raises:
        SuiteError: the folder has no qrels file to take, or a line cannot be read; names it.
    """
    gold = _gold(_qrels(path))
    for number, query in _lines(_folder(path) / "queries.jsonl"):
        if query["_id"] in gold:
            yield (
                number,
                {
                    "id": query["_id"],
                    "question": query["text"],
                    "gold_documents": gold[query["_id"]],
                },
            )


def write_documents(path: Path, out: Path) -> int:
    """Write each document of corpus.jsonl as a text file; returns how many.

    Raises:
        SuiteError: a line cannot be read, or two documents would have one name; names it.
    """
    out.mkdir(parents=True, exist_ok=True)
    corpus = _folder(path) / "corpus.jsonl"
    written: dict[str, int] = {}
    for number, entry in _lines(corpus):
        name = file_name(entry["_id"])
        if name in written:
            raise SuiteError(
                f"{corpus}:{number}: the id {entry['_id']!r} is taken: line {written[name]} has "
                f"it, or one that gives the same file name, {name}"
            )
        written[name] = number
        text = f"{entry.get('title') or ''}\n\n{entry['text']}\n".lstrip()
        (out / name).write_text(text, encoding="utf-8")
    return len(written)


def file_name(corpus_id: str) -> str:
    """Return the name of a document's text file: its id, without what no file name may hold."""
    return re.sub(r"[^\w.-]", "_", corpus_id) + ".txt"


def _gold(qrels: Path) -> dict[str, list[str]]:
    """Return the documents that are gold for each query."""
    gold: dict[str, list[str]] = {}
    with qrels.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        for number, cells in enumerate(rows, start=1):
            if number == 1 or not cells:
                continue
            try:
                query, document, *_, score = cells
                if int(score) > 0:
                    gold.setdefault(query, []).append(file_name(document))
            except ValueError as error:
                raise SuiteError(
                    f"{qrels}:{number}: not a query, a document and a whole number between tabs"
                ) from error
    return gold


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a file of JSON lines with their line numbers; ids become text."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line.decode("utf-8-sig"))
            entry["_id"] = str(entry["_id"])
            if not isinstance(entry["text"], str):
                raise TypeError("its text is no text")
        except (ValueError, KeyError, TypeError) as error:
            raise SuiteError(
                f"{path}:{number}: not an object with _id and text ({error})"
            ) from error
        yield number, entry


def _folder(path: Path) -> Path:
    return path.parents[1] if path.suffix == ".tsv" and len(path.parts) > 1 else path


def _qrels(path: Path) -> Path:
    if path.suffix == ".tsv":
        return path
    found = sorted((path / "qrels").glob("*.tsv"))
    named = [p for p in found if p.stem == "test"] or (found if len(found) == 1 else [])
    if not named:
        raise SuiteError(f"{path / 'qrels'}: several splits or none; name one .tsv file of it")
    return named[0]
