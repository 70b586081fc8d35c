"""How much of a folder of PDFs is loaded word for word: ``python -m evals.verbatim_check FOLDER``.

pypdf reads the same files, by another road than ours; its pages are cut into sentences, lines
that recur at the edges of pages left out, and each sentence is looked for in what we loaded.
White space, hyphens and bullets are left out of the comparison, since the two libraries disagree
about them; every letter and figure counts, except figures joined to a word where that alone
keeps a sentence from being found: marks of footnotes, which loading leaves out. It also says
whether each numbered paragraph starts on the page on which pypdf finds it. It judges nothing and
fails nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from index.errors import LoadError
from index.loading import read
from index.types import CleanText

_EDGE = 4
"""Lines at the head and the foot of a page among which running ones are looked for."""

_SHARE = 0.4
"""A line that stands on this share of the pages is a running one."""

_LEAST_WORDS = 5
_OPENS = re.compile(r"^\s*(?:[^\w\s“‘'\"(£]|\d{1,3}[.)](?!\d)|\d{1,2}(?=\s+[A-Z]))\s*")
_STOP = re.compile(r"(?<=[.?!])[’”)]*\d{0,2}\s+(?=[A-Z‘“0-9])")
_NOTE = re.compile(r"([^\W\d_][.,;:)’”]?)\d{1,2}(?!\w)")
"""A figure joined to a word ("Board1", "schools,3"): the mark of a footnote."""

_MARK = "\f"
"""Stands where one page ends and the next starts."""


@dataclass(slots=True)
class Tally:
    """What was looked for and what was found.

    Attributes:
        sentences, crossing: looked for; those of them that cross a page.
        missing: sentences not found, with their file.
        paragraphs: numbered paragraphs compared; ``strayed`` those on another page than pypdf's.
    """

    sentences: int = 0
    crossing: int = 0
    missing: list[str] = field(default_factory=list)
    paragraphs: int = 0
    strayed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        found = 1 - len(self.missing) / max(self.sentences, 1)
        return (
            f"{found:.2%} of {self.sentences} sentences ({self.crossing} cross a page) are loaded "
            f"word for word; {self.paragraphs - len(self.strayed)} of {self.paragraphs} numbered "
            "paragraphs start on the page where pypdf finds them"
        )


def fold(text: str) -> str:
    """Return letters and figures alone, in small letters."""
    return "".join(char for char in text.casefold() if char.isalnum())


def raw_pages(data: bytes) -> list[list[str]]:
    """Return the lines of each page as pypdf gives them, without running lines and page numbers."""
    import pypdf

    pages = [
        [line for line in (page.extract_text() or "").splitlines() if line.strip()]
        for page in pypdf.PdfReader(BytesIO(data)).pages
    ]
    seen = Counter(
        key for page in pages for key in {_shape(line) for line in page[:_EDGE] + page[-_EDGE:]}
    )
    least = max(3, len(pages) * _SHARE)
    return [
        [
            line
            for place, line in enumerate(page)
            if _EDGE <= place < len(page) - _EDGE or seen[_shape(line)] < least
        ]
        for page in pages
    ]


def raw_sentences(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield sentences of five words or more; a line that opens an item starts one."""
    parts = [""]
    for page in pages:
        for line in page:
            opens = _OPENS.match(line)
            if opens:
                parts.append("")
            parts[-1] += line[opens.end() if opens else 0 :] + "\n"
        parts[-1] += _MARK
    for part in parts:
        for sentence in _STOP.split(part):
            if len(sentence.split()) >= _LEAST_WORDS:
                yield sentence.strip()


def check(path: Path, tally: Tally) -> None:
    """Compare one file.

    Raises:
        LoadError: the file cannot be read.
    """
    data = path.read_bytes()
    clean = read(data, path.name)
    pages = raw_pages(data)
    ours = fold(clean.text)
    for sentence in raw_sentences(pages):
        tally.sentences += 1
        tally.crossing += _MARK in sentence
        if fold(sentence) not in ours and fold(_NOTE.sub(r"\1", sentence)) not in ours:
            tally.missing.append(f"{path.name}: {' '.join(sentence.split())}")
    _check_pages(path.name, clean, [fold("".join(page)) for page in pages], tally)


def _check_pages(name: str, clean: CleanText, pages: Sequence[str], tally: Tally) -> None:
    for block in clean.blocks:
        if not block.paragraph:
            continue
        tally.paragraphs += 1
        page = bisect_right(clean.pages, block.start)
        opening = fold(block.paragraph + clean.text[block.start : block.end])[:40]
        if opening not in pages[page - 1] + "".join(pages[page : page + 1])[:40]:
            tally.strayed.append(f"{name}: paragraph {block.paragraph} page {page}")


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def main() -> None:
    """Read the folder, tell the shares, and with ``--show`` what was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="tell what was not found")
    asked = parser.parse_args()
    tally, told = Tally(), []
    for path in sorted(asked.folder.rglob("*.pdf")):
        try:
            check(path, tally)
        except LoadError as error:
            told.append(f"not read: {error}")
    told.append(str(tally))
    if asked.show:
        told += [*tally.missing, *tally.strayed]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
