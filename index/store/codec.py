"""Values to JSON text and back, for what SQLite keeps; no pickle, no files."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(kind: Any, value: object) -> str:
    """Return the JSON of a frozen dataclass or a tuple of them."""
    return _adapter(kind).dump_json(value).decode()


def parse(kind: type[T], text: str) -> T:
    """Return the value whose ``dump`` gave ``text``; equal to it."""
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # types hash
    return adapter.validate_json(text)
