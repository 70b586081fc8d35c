"""Replies as a capable model would write them, kept by the prompt that they were written for.

A reply belongs to one prompt, and is played back for exactly that one. Where the same question
comes with other evidence, it is carried over when every sentence that it cites is still shown (its
numbers are changed), and a refusal when nothing is shown that its writer did not see; otherwise
there is none, and one must be written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "written"
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_QUESTION = re.compile(r"<question>\n(.*)\n</question>", re.DOTALL)
_MARKER = re.compile(r"\[(\d+)\]")
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Recorded:
    """One reply.

    Attributes:
        prompt: SHA-256 (hex) of the prompt that it was written for.
        shown: digest of each sentence shown, in the order of their numbers from 1.
    """

    question: str
    prompt: str
    shown: tuple[str, ...]
    reply: str


def record(prompt: str, reply: str) -> Recorded:
    """Return the record of a reply written for a prompt (the user's message)."""
    return Recorded(asked(prompt), _sha(prompt), tuple(_shown(prompt)), reply)


def asked(prompt: str) -> str:
    """Return the question of a prompt."""
    match = _QUESTION.search(prompt)
    return match.group(1) if match else ""


class Replies:
    """All replies recorded.

    Args:
        records: where several have the same question, the first that fits is played.
    """

    def __init__(self, records: Iterable[Recorded]) -> None:
        self._records = list(records)

    def reply(self, prompt: str) -> str | None:
        """Return the reply to a prompt, None where none was written for it."""
        digest = _sha(prompt)
        for one in self._records:
            if one.prompt == digest:
                return one.reply
        same = [one for one in self._records if one.question == asked(prompt)]
        shown = _shown(prompt)
        return next((text for one in same if (text := _carried(one, shown))), None)


def load(folder: Path = FOLDER) -> list[Recorded]:
    """Read all records, by name of file and in order.

    Raises:
        ValueError: a line is no record; names file and line.
    """
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                found.append(Recorded(**{**row, "shown": tuple(row["shown"])}))
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{path}, line {n}: {error}") from error
    return found


def line(one: Recorded) -> str:
    """Return a record as its file's line."""
    return json.dumps(asdict(one), ensure_ascii=False)


def _carried(one: Recorded, shown: Sequence[str]) -> str | None:
    cited = [int(n) for n in _MARKER.findall(one.reply)]
    if not cited:
        return one.reply if set(shown) <= set(one.shown) else None
    places = {n: one.shown[n - 1] for n in cited if n <= len(one.shown)}
    if not set(places.values()) <= set(shown):
        return None
    numbers = {n: shown.index(digest) + 1 for n, digest in places.items()}
    return _MARKER.sub(lambda m: f"[{numbers.get(int(m[1]), m[1])}]", one.reply)


def _shown(prompt: str) -> list[str]:
    return [_sha(match[2])[:_DIGITS] for match in _LINE.finditer(prompt)]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
