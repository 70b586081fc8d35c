"""``python -m evals.checks.verified FOLDER ...``: does comparing quotes accept what is true alone?

Sentences are cut out of the files' own text by a reading that shares no code with ours: pages as
the PDF library gives them, without the lines that most pages repeat, joined where a sentence
runs on. Each must be found in the document as we load it; with one word changed none may be.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assistant.evidence.verbatim import contains
from index.errors import AssistantError
from index.loading.reading import read

SEED = 7
CROSSING = 200
"""At most so many of the sentences run over a page's end; all there are, up to then."""
FLIPS = {
    "is": "is not", "are": "are not", "have": "have not", "has": "has not", "was": "was not",
    "were": "were not", "not": "now", "good": "inadequate", "strong": "weak", "most": "some",
    "some": "most", "all": "no", "more": "less", "well": "poorly", "many": "few", "and": "or",
    "their": "the", "for": "from", "with": "without", "improved": "declined", "to": "not to",
}  # fmt: skip
_PLAIN = re.compile(r"[\w ,.;:()'’‘“”\"£%/–-]+")
_CUT = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\s*¶\s*")
_UNENDED = re.compile(r"(?<=[^\s.,;:!?-])\n(?=[A-Z])")
"""Where a heading may end: a line without a stop, then a capital. A name may begin a line too;
what is then cut in two still stands so in the letter."""
_PRINTED_NUMBER = re.compile(r"^\d{1,3}\.\s*(?=[A-Z]|$)")
_NOTE = re.compile(r"[.!?]\s+\d{1,2}\s+[A-Z]")
"""A footnote caught up in a sentence: not one sentence of the letter."""
_WORDS = range(8, 61)
_REPEATED = 0.5
_ENDS = (".", "!", "?", ":", ";", ")", "”", '"')


@dataclass(frozen=True, slots=True)
class Taken:
    """A sentence of a file.

    Attributes:
        crossing: whether a page ends inside it.
    """

    source: str
    text: str
    crossing: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it: ``missed`` true sentences, ``passed`` changed ones."""

    true: int
    crossing: int
    missed: tuple[Taken, ...]
    flipped: int
    passed: tuple[str, ...]

    @property
    def share(self) -> float:
        """True sentences found, of all."""
        return 1 - len(self.missed) / self.true

    def line(self) -> str:
        """Return the figures in one line."""
        return (
            f"{self.true} true sentences, {self.crossing} of them over a page's end: "
            f"{self.true - len(self.missed)} verified ({100 * self.share:.1f} %); "
            f"{self.flipped} with one word changed: {len(self.passed)} verified"
        )


def measure(files: Sequence[Path], true: int = 500, flipped: int = 300) -> Figures:
    """Take sentences from ``files``, and compare them with the documents loaded from these."""
    texts = {str(path): text for path in files if (text := _loaded(path)) is not None}
    taken = [one for path in files if str(path) in texts for one in sentences(path)]
    chance = random.Random(SEED)
    crossing = [one for one in taken if one.crossing]
    chosen = chance.sample(crossing, min(CROSSING, len(crossing), true))
    rest = [one for one in taken if not one.crossing]
    chosen += chance.sample(rest, min(len(rest), true - len(chosen)))
    changed = [
        (texts[one.source], other)
        for one in chance.sample(chosen, len(chosen))
        for other in _flips(one.text, chance)
    ][:flipped]
    return Figures(
        len(chosen),
        sum(one.crossing for one in chosen),
        tuple(one for one in chosen if not contains(texts[one.source], one.text)),
        len(changed),
        tuple(other for text, other in changed if contains(text, other)),
    )


def sentences(path: Path) -> Iterator[Taken]:
    """Whole sentences of a text or PDF file, in order, each once."""
    told: set[str] = set()
    for text in _running(_pages(path)):
        text = _UNENDED.sub("¶", text)
        ends = [match.start() for match in re.finditer("\f", text)]
        at = 0
        for piece in _CUT.split(text):
            at = text.index(piece, at)
            crossing = any(at < end < at + len(piece) for end in ends)
            at += len(piece)
            words = re.sub(r"(?<=\w-)[\n\f]+(?=\w)", "", piece)  # a hyphen at a line's end
            words = " ".join(words.split())
            if _is_sentence(words) and words not in told:
                told.add(words)
                yield Taken(str(path), words, crossing)


def _is_sentence(words: str) -> bool:
    whole = words[:1].isupper() and words.endswith(".") and len(words.split()) in _WORDS
    return whole and bool(_PLAIN.fullmatch(words)) and not _NOTE.search(words)


def _pages(path: Path) -> list[list[str]]:
    """Return the lines of each page, without those that pages repeat or number."""
    if path.suffix != ".pdf":
        blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8-sig"))
        return [[" ".join(block.split())] for block in blocks]
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    bare = [[re.sub(r"\d+", "#", line).strip() for line in page] for page in pages]
    often = Counter(line for page in bare for line in set(page))
    return [
        [
            _PRINTED_NUMBER.sub("¶", line.strip())
            for line, shape in zip(page, shapes, strict=True)
            if shape and shape != "#" and often[shape] < max(2, _REPEATED * len(pages))
        ]
        for page, shapes in zip(pages, bare, strict=True)
    ]


def _running(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Running text: pages joined (by a form feed) where a sentence plainly goes on."""
    text = ""
    for page in pages:
        if not page:
            continue
        goes_on = text and not text.endswith(_ENDS) and page[0][:1].islower()
        if text and not goes_on:
            yield text
            text = ""
        text += ("\f" if text else "") + "\n".join(page)
    yield text


def _flips(text: str, chance: random.Random) -> list[str]:
    """Return the sentence with one word of it changed; none where it holds no word to change."""
    held = [word for word in FLIPS if re.search(rf"\b{word}\b", text)]
    if not held:
        return []
    word = chance.choice(held)
    return [re.sub(rf"\b{word}\b", FLIPS[word], text, count=1)]


def _loaded(path: Path) -> str | None:
    try:
        return read(path.read_bytes(), path.name).text
    except AssistantError:
        return None  # a file that is no document is no source of sentences


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders of letters.")],
) -> None:
    """Print the figures, and every sentence that failed."""
    found = [p for folder in folders for p in sorted(folder.rglob("*"))]
    figures = measure([path for path in found if path.suffix in (".pdf", ".txt")])
    typer.echo(figures.line())
    for one in figures.missed:
        typer.echo(f"not found in {Path(one.source).name}: {one.text}")
    for text in figures.passed:
        typer.echo(f"found though changed: {text}")


if __name__ == "__main__":
    typer.run(main)
