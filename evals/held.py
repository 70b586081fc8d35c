"""Texts of the documents that a suite is about, from an index or straight from files."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from evals.words import fold
from index.errors import SuiteError
from index.ports import PassageStore

_WRAPPED_HYPHEN = re.compile(r"\ufffe|(?<=\w)-\r?\n(?=\w)(?!(?:and|or|to)\b)")
"""What PDFium gives for a hyphen at the end of a line."""
_RUNNING_PAGES = 3
"""A line that stands on so many pages, its figures apart, is a header or footer."""
_MARGIN_LINES = 4
"""Lines at the top and bottom of a page among which those are looked for."""


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document as far as gold and staleness need it; ``dated`` is ISO or None."""

    doc_id: str
    sources: tuple[str, ...]
    authority: str | None = None
    dated: str | None = None


class Held:
    """Documents by source, with the text that offsets count in and the file's own text.

    Args:
        text_of: the text by ``doc_id``.
        raw_of: the file's own text by source, None where it is not at hand.
    """

    def __init__(
        self,
        documents: Iterable[HeldDocument],
        text_of: Callable[[str], str],
        raw_of: Callable[[str], str | None],
    ) -> None:
        self.documents = tuple(documents)
        self._text_of = lru_cache(maxsize=None)(text_of)
        self._raw_of = lru_cache(maxsize=None)(raw_of)
        self._folded: dict[str, str | None] = {}
        self._by_source = {s: d for d in self.documents for s in d.sources}
        self._by_name: dict[str, list[HeldDocument]] = {}
        for source, document in self._by_source.items():
            self._by_name.setdefault(PurePosixPath(source).name, []).append(document)

    def find(self, source: str) -> HeldDocument | None:
        """Find by full source, else by file name where only one document has it."""
        if source in self._by_source:
            return self._by_source[source]
        named = {d.doc_id: d for d in self._by_name.get(PurePosixPath(source).name, [])}
        return next(iter(named.values())) if len(named) == 1 else None

    def text(self, document: HeldDocument) -> str:
        """Return the text that offsets count in."""
        return self._text_of(document.doc_id)

    def folded_raw(self, document: HeldDocument) -> str | None:
        """As ``raw``, with white space, quote marks and dashes folded."""
        if document.doc_id not in self._folded:
            raw = self.raw(document)
            self._folded[document.doc_id] = None if raw is None else fold(raw)
        return self._folded[document.doc_id]

    def raw(self, document: HeldDocument) -> str | None:
        """Return the file's own text, None where the file is not at hand."""
        found = (self._raw_of(source) for source in document.sources)
        return next((text for text in found if text is not None), None)


def from_store(store: PassageStore, raw_of: Callable[[str], str | None]) -> Held:
    """Return what an index holds."""
    documents = [
        HeldDocument(
            i.doc_id, i.sources, i.authority_name, i.dated.isoformat() if i.dated else None
        )
        for i in store.identities()
    ]
    return Held(documents, lambda doc_id: store.document(doc_id).text, raw_of)


def from_folder(folder: Path) -> Held:
    """Return the files of a folder as they are: plain text and PDF.

    Raises:
        SuiteError: there is no such folder, or no document in it.
    """
    if not folder.is_dir():
        raise SuiteError(f"{folder}: no such folder; name one that holds the documents")
    raw_of = raw_texts(folder)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in _READERS)
    documents = [
        HeldDocument(
            hashlib.sha256(path.read_bytes()).hexdigest()[:16],
            (path.relative_to(folder).as_posix(),),
        )
        for path in files
    ]
    if not documents:
        raise SuiteError(f"{folder}: no text or PDF file in it")
    source_of = {d.doc_id: d.sources[0] for d in documents}
    return Held(documents, lambda doc_id: raw_of(source_of[doc_id]) or "", raw_of)


def raw_texts(folder: Path) -> Callable[[str], str | None]:
    """Return a function from ``source`` to the file's own text under ``folder``, or None."""

    def read(source: str) -> str | None:
        path = folder / source
        reader = _READERS.get(path.suffix)
        return reader(path) if reader and path.is_file() else None

    return read


def _plain(path: Path) -> str | None:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _pdf(path: Path) -> str | None:
    """The text of all pages, running lines left out so that a sentence may cross a page; None
    for a file that is no PDF whatever its name says.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            texts = [page.get_textpage().get_text_range() for page in pdf]
    except pypdfium2.PdfiumError:
        return None
    pages = [_WRAPPED_HYPHEN.sub("-", text).splitlines() for text in texts]
    counts = Counter(form for lines in pages for form in {_numberless(line) for line in lines})
    running = {form for form, count in counts.items() if count >= _RUNNING_PAGES}
    return "\n".join(
        line
        for lines in pages
        for at, line in enumerate(lines)
        if not (_numberless(line) in running and min(at, len(lines) - 1 - at) < _MARGIN_LINES)
    )


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


_READERS: dict[str, Callable[[Path], str | None]] = {".txt": _plain, ".md": _plain, ".pdf": _pdf}
