"""What a file's bytes are, whatever its name says; reads no more than a look at them."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from index.errors import LoadError
from index.loading.other_kinds import OTHER_KINDS


class Format(StrEnum):
    """The formats that are read; the value is what a reader is told."""

    PDF = "PDF"
    DOCX = "Word (.docx)"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "plain text"


EXTENSIONS = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}

_HTML = re.compile(
    r"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(r"<(p|div|h[1-6]|table|ul|ol|article|section|span|br)\b[^>]*>", re.I)
_OTHERS = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"%!PS", "PostScript"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_RTF = b"{\\rtf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOK = 4096
"""Bytes or characters that are looked at for a mark of the format."""


def sniff(data: bytes, name: str) -> tuple[Format, str]:
    """Tell the format, and the decoded text for the formats that are text (else "").

    Raises:
        LoadError: the name's ending is not supported, the content is not what the name says,
            or it is of no format that is read.
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    named = EXTENSIONS.get(ending)
    if ending in OTHER_KINDS:
        raise LoadError(name, OTHER_KINDS[ending])
    found, text = _content(data, name, ending)
    if named is None and ending:
        known = ", ".join(sorted(EXTENSIONS))
        raise LoadError(name, f"files of kind {ending} are not read; supported are {known}")
    if named in (None, found):
        return found, text
    if found is Format.TEXT and named is Format.MARKDOWN:
        return Format.MARKDOWN, text
    if found is Format.TEXT and named is Format.HTML and _TAGS.search(text):
        return Format.HTML, text
    raise _mislabelled(name, ending, str(found))


def _mislabelled(name: str, ending: str, holds: str) -> LoadError:
    return LoadError(name, f"mislabelled: named {ending} but holds {holds}; rename or replace it")


def _other_kind(name: str, ending: str, kind: str) -> LoadError:
    named = f"mislabelled: named {ending} but " if ending in EXTENSIONS else ""
    return LoadError(name, f"{named}holds {OTHER_KINDS[kind]}")


def _content(data: bytes, name: str, ending: str) -> tuple[Format, str]:
    """Return the format by content alone."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF, ""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name, ending), ""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise LoadError(name, "encrypted; save a copy without a password")
        raise LoadError(name, "an old Office file (.doc, .xls); save it as .docx or PDF")
    if data.startswith(_RTF):
        raise _other_kind(name, ending, ".rtf")
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise _unreadable(name, ending, what)
    text = decode(data)
    if text is None:
        raise _unreadable(name, ending, "binary data")
    return (Format.HTML if _HTML.match(text[:_LOOK]) else Format.TEXT), text


def _unreadable(name: str, ending: str, what: str) -> LoadError:
    if ending in EXTENSIONS:
        return _mislabelled(name, ending, what)
    return LoadError(name, f"holds {what}, which is not read")


def _zipped(data: bytes, name: str, ending: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise LoadError(name, "damaged or cut short: it cannot be unpacked") from error
    if "word/document.xml" in names:
        return Format.DOCX
    if {"mimetype", "content.xml"} <= names:
        raise _other_kind(name, ending, ".odt")
    raise _unreadable(name, ending, "a ZIP archive that is no Word document")


def decode(data: bytes) -> str | None:
    """Decode UTF-8, UTF-16, UTF-32 or Windows-1252; None for what is no text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data[:_LOOK]:
        even, odd = data[:_LOOK:2].count(0), data[1:_LOOK:2].count(0)
        guess = "utf-16-be" if even > odd else "utf-16-le"
        zeros = max(even, odd) / max(len(data[:_LOOK]) / 2, 1)
        return _decoded(data, guess) if zeros > 0.7 else None
    return _decoded(data, "utf-8") or _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text, or None where it cannot be decoded or is full of control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    look = text[: _LOOK * 16]
    control = sum(char < " " and char not in "\t\n\r\f\v" for char in look)
    return text if control * 200 <= len(look) else None
