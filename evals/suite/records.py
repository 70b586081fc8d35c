"""Reads the files of a suite as plain records, each with its file and line; judges nothing."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.suite import beir, tables
from evals.types import Fault
from index.errors import SuiteError

Entry = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a suite as an unvalidated mapping; ``line`` from 1."""

    file: str
    line: int
    data: dict[str, Any]


def read(path: Path) -> tuple[list[Record], list[Fault], str]:
    """Return all records of a file, a folder of files or a BEIR folder.

    Returns:
        The records in order, the lines that could not be read, and the suite's SHA-256 (hex):
        of the file, or of the lines "<sha256>  <name>" of the files of a folder.

    Raises:
        SuiteError: there is nothing to read at ``path``.
    """
    if beir.is_beir(path):
        records = [Record(path.name, n, d) for n, d in beir.entries(path)]
        return records, [], _sha256_of(beir.files(path))
    records, faults = [], []
    files = _files(path)
    for file in files:
        for line, found in _entries(file):
            if isinstance(found, str):
                faults.append(Fault(file.name, line, found))
            else:
                records.append(Record(file.name, line, found))
    return records, faults, _sha256_of(files)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in _READERS)
        if not found:
            raise SuiteError(f"{path}: no .jsonl, .csv or .xlsx file in this folder")
        return found
    if not path.is_file():
        raise SuiteError(f"{path}: no such suite; name a file or a folder of files")
    if path.suffix not in _READERS:
        raise SuiteError(f"{path}: a suite is .jsonl, .csv or .xlsx, or a BEIR folder")
    return [path]


def _entries(file: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    return _READERS[file.suffix](file)


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield each line as a mapping, or as the sentence that says why it is none."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            yield number, f"not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8"
        except json.JSONDecodeError as error:
            yield number, f"not JSON: {error.msg} at column {error.colno}"
        else:
            yield number, data if isinstance(data, dict) else "not a JSON object {…}"


def _sha256_of(files: list[Path]) -> str:
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    if len(files) == 1:
        return digests[0]
    listing = "".join(f"{d}  {f.name}\n" for d, f in zip(digests, files, strict=True))
    return hashlib.sha256(listing.encode()).hexdigest()


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, dict[str, Any] | str]]]] = {
    ".jsonl": _json_lines,
    ".csv": tables.csv_entries,
    ".xlsx": tables.excel_entries,
}
