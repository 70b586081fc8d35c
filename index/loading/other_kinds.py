"""Kinds of files that staff have and that are not read: what each is, and what to do instead."""

from __future__ import annotations

_AS_WORD = "save it as Word (.docx) or PDF, and add that"
_AS_PDF = "add the document that is attached to it, or print it to PDF and add that"
OTHER_KINDS = {
    ".odt": f"an OpenDocument text, which is not read: {_AS_WORD}",
    ".rtf": f"rich text, which is not read: {_AS_WORD}",
    ".doc": f"a Word document of the old kind (.doc), which is not read: {_AS_WORD}",
    ".pages": f"an Apple Pages document, which is not read: {_AS_WORD}",
    ".eml": f"an e-mail, which is not read: {_AS_PDF}",
    ".msg": f"an Outlook e-mail, which is not read: {_AS_PDF}",
}
"""By the ending of the file's name."""
