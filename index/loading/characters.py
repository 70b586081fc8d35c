"""Characters: what is deleted, what becomes a space, and what opens a list item or paragraph.

Nothing here inserts or replaces a letter or figure.
"""

from __future__ import annotations

import re

BULLETS = (
    "●•■◼▪◾□◻▫○◦‣⁃∙·►▶➢➤❖✓✔♦◆\uf0b7\uf0a7\uf06e\uf02d\uf0d8\uf0fc\uf0a8\uf076\uf071\uf09f\ufffd"
)
_BULLET = re.compile(rf"^[\s\u200b\ufeff]*(?:[{BULLETS}]+\s*|[-–—*o]\s+(?=\S))")
_NUMBER = re.compile(
    r"^\s*("
    r"\d{1,3}[.)](?=\s+\S|[A-Z‘“])"  # 12. Children, 1) Children, 25.Some
    r"|\d{1,2}\.\d{1,2}\.?(?=\s+[A-Z])"  # 2.1 Adoption
    r"|\(\d{1,3}\)(?=\s*\S)|\([a-z]\)(?=\s+\S)|[a-z]\)(?=\s+\S)|\([ivx]{1,4}\)(?=\s+\S)"
    r")\s*"
)
_DELETED = re.compile(
    "[\u00ad\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufffc\uffff\ue000-\uf8ff]"
)
_SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\r\v\f]+")


def tidy(text: str) -> str:
    """Delete characters that print nothing, and fold runs of spaces; keeps line ends."""
    if text.isprintable() and "  " not in text:  # most lines: nothing to look for
        return text.strip()
    text = _DELETED.sub("", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def take_bullet(text: str) -> tuple[str | None, str]:
    """Split a leading bullet from a line: ``("●", "The timeliness …")``, or ``(None, text)``."""
    match = _BULLET.match(text)
    if match is None or match.end() >= len(text):
        return None, text
    return match.group().strip() or "-", text[match.end() :]


def take_number(text: str) -> tuple[str | None, str]:
    """Split a leading paragraph number from a line: ``("12.", "Children …")``."""
    match = _NUMBER.match(text)
    if match is None:
        return None, text
    return match.group(1), text[match.end() :]


def number_style(number: str) -> str:
    """Return the style of a number, the same for its neighbours: ``"(3)"`` gives ``"(#)"``."""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "#", number))
