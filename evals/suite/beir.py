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
    """Whether ``path`` is a BEIR folder, or a qrels file of one."""
    folder = _folder(path)
    return (folder / "queries.jsonl").is_file() and (folder / "qrels").is_dir()


def files(path: Path) -> list[Path]:
    """The files that make up the suite."""
    return [_folder(path) / "queries.jsonl", _qrels(path)]


def entries(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Judged queries as records with ``gold_documents``, in the order of queries.jsonl.

    Raises:
        SuiteError: the folder has no qrels file to take.
    """
    gold: dict[str, list[str]] = {}
    with _qrels(path).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                gold.setdefault(row["query-id"], []).append(file_name(row["corpus-id"]))
    queries = (_folder(path) / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(queries, start=1):
        if not line.strip():
            continue
        query = json.loads(line)
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
    """Write each document of corpus.jsonl as a text file; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    with (_folder(path) / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            entry = json.loads(line)
            text = f"{entry.get('title', '')}\n\n{entry['text']}\n".lstrip()
            (out / file_name(entry["_id"])).write_text(text, encoding="utf-8")
            written += 1
    return written


def file_name(corpus_id: str) -> str:
    """The name of a corpus document's text file."""
    return re.sub(r"[^\w.-]", "_", corpus_id) + ".txt"


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
