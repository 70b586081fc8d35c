"""The files and questions that are measured with: real letters, real questions."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from assistant.settings import seeds_folder
from index.building.documents import load
from index.building.files import scan
from index.errors import LoadError
from index.types import Document

SUITE = "seeds-dev.jsonl"


def folders(letters: Path | None) -> list[Path]:
    """Return the shipped documents, and the letters where there are any."""
    return [seeds_folder(), *([letters] if letters else [])]


def documents(letters: Path | None) -> list[Document]:
    """Return every one of them that can be read."""
    found = []
    for one in scan(folders(letters)):
        try:
            found.append(load(one))
        except LoadError:
            continue
    return found


def questions(most: int) -> list[str]:
    """Return the first questions of the shipped development suite."""
    text = (files("evals") / "suites" / SUITE).read_text("utf-8")
    return [json.loads(line)["question"] for line in text.splitlines() if line][:most]
