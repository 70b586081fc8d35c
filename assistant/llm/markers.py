"""Reads a model's reply while it streams: finished sentences with the numbers they cite.

A marker is ``[1]``, ``[2, 3]``, ``[1][2]`` or ``[1–3]``, before or after the full stop; half a
marker is never shown. Markdown, links, addresses and tags are taken off. It does not know which
numbers exist, nor whether a sentence is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.llm.words import word_set
from index.sentences import split

_MARKER = re.compile(
    r"\[\s*(?:\^|evidence\s+|source\s+)?(\d{1,3}(?:\s*(?:[-–,;&]|and)\s*\d{1,3})*)\s*\]"
    r"(?:\([^)\s]*\))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")
_HALF = re.compile(
    r"(?:!?\[[^\]]*(?:\](?:\([^)]*)?)?|<(?:[a-zA-Z/!|][^>]*)?|(?<![\w(])\w+:/\S*|www\.\S*|!)$"
)
_STUB = re.compile(r"\[[\d\s,;&–-]*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[a-zA-Z/!|][^>]*>?")
_ADDRESS = re.compile(r"\b\w+://\S+|\bwww\.\S+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–>]\s+|\d{1,2}[.)]\s+)+")
_TITLE = re.compile(r"^\s*(?:#+\s.*|\*\*[^*]+\*\*:?\s*|_{2}[^_]+_{2}:?\s*)$")
_LABELS = word_set("answer references sources citations evidence note notes")
_LONGEST_RANGE = 20


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

    Invariant: a sentence is given once, when what follows shows that it and its markers are
    complete, whatever the pieces that the reply came in.
    """

    def __init__(self) -> None:
        self._line = ""
        self._given = 0

    def feed(self, piece: str) -> list[Drafted]:
        """Take a piece; returns the sentences that it finished, in order."""
        self._line += piece.replace("\r", "")
        finished: list[Drafted] = []
        while "\n" in self._line:
            line, _, rest = self._line.partition("\n")
            finished += _sentences(line)[self._given :]
            self._line, self._given = rest, 0
        whole = _sentences(_HALF.sub("", self._line))[:-1]
        finished += whole[self._given :]
        self._given = max(self._given, len(whole))
        return finished

    def finish(self) -> list[Drafted]:
        """Give what is left when the reply has ended."""
        return self.feed("\n")

    @property
    def pending(self) -> str:
        """The sentence being written, without its markers and without half a one."""
        unfinished = _sentences(_HALF.sub("", self._line))[self._given :]
        return " ".join(sentence.text for sentence in unfinished)


def _sentences(line: str) -> list[Drafted]:
    if _TITLE.match(line):
        return []
    plain, marks = _without_markers(_STUB.sub("", _BULLET.sub("", line)))
    spans = split(plain)
    numbers: list[list[int]] = [[] for _ in spans]
    for at, cited in marks:
        before = [n for n, (start, _) in enumerate(spans) if start < at]
        if spans:
            numbers[before[-1] if before else 0] += cited
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
    text = _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", text)))
    return "".join(c for c in text if c not in "*`#" and (c.isprintable() or c.isspace()))


def _numbers(inside: str) -> list[int]:
    numbers: list[int] = []
    for first, last, single in _RANGE.findall(inside):
        if single:
            numbers.append(int(single))
        else:
            numbers += range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1)
    return numbers
