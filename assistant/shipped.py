"""Finds the folders that ship with the program: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path


def prompt_folder() -> Path:
    """Return the prompt templates."""
    return _folder("prompts")


def seeds_folder() -> Path:
    """Return the documents that an index is built from where none are named."""
    return _folder("seeds")


def _folder(name: str) -> Path:
    package = Path(__file__).parent
    packaged = package / "data" / name
    return packaged if packaged.is_dir() else package.parent / name
