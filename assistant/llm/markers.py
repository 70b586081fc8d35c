"""Reads a model's reply while it streams: finished sentences with the numbers they cite.

A marker is ``[1]``, ``[2, 3]``, ``[1][2]`` or ``[1–3]``, before or after the full stop; half a
marker is never shown. Markdown, links, addresses and tags are taken off. It does not know which
numbers exist, nor whether a sentence is true.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from assistant.evidence.words import word_set
from index.passages.sentences import split

_MARKER = re.compile(
    r"\[\s*(?:\^|evidence\s+|source\s+)?(\d{1,3}(?:\s*(?:[-–,;&]|and)\s*\d{1,3})*)\s*\]"
    r"(?:\([^)\s]{0,300}\))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")
_TAG_BEGINS = re.compile(r"<(?:[a-zA-Z/!|]|$)")
_ADDRESS_BEGINS = re.compile(r"(?<![\w(])\w+:/|www\.|!$")
_LAST_WORD = re.compile(r"\S*$")
_STUB = re.compile(r"\[[\d\s,;&–-]*$")
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\([^)]*+\)")
_TAG = re.compile(r"<[a-zA-Z/!|][^>]*>?")
_ADDRESS = re.compile(r"\b\w+://\S+|\bwww\.\S+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–>]\s+|\d{1,2}[.)]\s+)+")
_TITLE = re.compile(r"^\s*(?:#+\s.*|\*\*[^*]+\*\*:?\s*|_{2}[^_]+_{2}:?\s*)$")
_LABELS = word_set("answer references sources citations evidence note notes")
_LONGEST_RANGE = 20
_PART = 64


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence of a reply.

    Attributes:
        text: without markers and Markdown, white space folded.
        numbers: as cited, in order, each once; not yet known to exist.
    """

    text: str
    numbers: tuple[int, ...]


class ReplyReader:
    """Cuts a streamed reply into sentences.

    A line that has become long is read again only when it has grown by a part of itself, so that
    the work stays in proportion to the reply.

    Invariant: a sentence is given once, when what follows shows that it and its markers are
    complete, whatever the pieces that the reply came in.

    Attributes:
        pending: the sentence being written, without its markers and without half a one.
    """

    def __init__(self) -> None:
        self.pending = ""
        self._line = ""
        self._more: list[str] = []
        self._more_chars = 0
        self._given = 0

    def feed(self, piece: str) -> list[Drafted]:
        """Take a piece; returns the sentences that it finished, in order."""
        self._more.append(piece.replace("\r", ""))
        self._more_chars += len(piece)
        if "\n" not in piece and self._more_chars < len(self._line) // _PART:
            return []
        *lines, last = (self._line + "".join(self._more)).split("\n")
        self._more, self._more_chars = [], 0
        finished: list[Drafted] = []
        for line in lines:
            finished += _sentences(line)[self._given :]
            self._given = 0
        self._line = last
        whole = _sentences(last[: _half(last)])
        finished += whole[self._given : -1]
        self._given = max(self._given, len(whole) - 1)
        self.pending = " ".join(sentence.text for sentence in whole[self._given :])
        return finished

    def finish(self) -> list[Drafted]:
        """Give what is left when the reply has ended."""
        return self.feed("\n")


def _half(line: str) -> int:
    """Where something begins at the end of ``line`` that may be half of a marker, a link, a tag
    or an address; its length where nothing does.
    """
    begins = [len(line), _open_bracket(line), _open_link(line)]
    if tag := _TAG_BEGINS.search(line, line.rfind(">") + 1):
        begins.append(tag.start())
    word = _LAST_WORD.search(line, max(line.rfind(" "), line.rfind("\t")) + 1)
    if word and (address := _ADDRESS_BEGINS.search(line, word.start())):
        begins.append(address.start())
    return min(begins)


def _open_bracket(line: str) -> int:
    """Find the last bracket that is not closed, or is closed by the very last character."""
    end = len(line) - line.endswith("]")
    return _bracket(line, line.rfind("]", 0, end) + 1, end)


def _open_link(line: str) -> int:
    """Return where a link begins whose address has not ended."""
    closes = line.find("](", line.rfind(")") + 1)
    return len(line) if closes < 0 else _bracket(line, line.rfind("]", 0, closes) + 1, closes)


def _bracket(line: str, start: int, end: int) -> int:
    at = line.find("[", start, end)
    if at < 0:
        return len(line)
    return at - 1 if line[at - 1 : at] == "!" else at


def _sentences(line: str) -> list[Drafted]:
    if _TITLE.match(line):
        return []
    plain, marks = _without_markers(_STUB.sub("", _BULLET.sub("", line)))
    spans = split(plain)
    numbers: list[list[int]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for at, cited in marks:
        if spans:
            numbers[max(bisect_left(starts, at) - 1, 0)] += cited
    drafted = [
        Drafted(" ".join(plain[start:end].split()), tuple(dict.fromkeys(cited)))
        for (start, end), cited in zip(spans, numbers, strict=True)
    ]
    return [d for d in drafted if d.text.lower().rstrip(":") not in _LABELS]


def _without_markers(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """Take markers out; returns the text, and where in it which numbers stood."""
    plain, marks, at = "", [], 0
    for match in _MARKER.finditer(line):
        plain = _join(plain, _clean(line[at : match.start()]))
        marks.append((len(plain), _numbers(match.group(1))))
        at = match.end()
    return _join(plain, _clean(line[at:])), marks


def _join(left: str, right: str) -> str:
    """Close the gap that a marker left: no space before a full stop, one before a word."""
    if right[:1] in tuple(".,;:!?") and right:
        return left.rstrip() + right
    gap = " " if left and right and not left[-1].isspace() and not right[0].isspace() else ""
    return left + gap + right


def _clean(text: str) -> str:
    closed = text.rfind(")") + 1
    text = _LINK.sub(r"\1", text[:closed]) + text[closed:]
    text = _ADDRESS.sub("", _TAG.sub("", text))
    return "".join(c for c in text if c not in "*`#" and (c.isprintable() or c.isspace()))


def _numbers(inside: str) -> list[int]:
    numbers: list[int] = []
    for first, last, single in _RANGE.findall(inside):
        if single:
            numbers.append(int(single))
        else:
            numbers += range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1)
    return numbers
