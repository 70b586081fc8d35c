"""Authorities that a question names, misspelt ones too."""

from __future__ import annotations

from collections.abc import Sequence

from index.identity import AuthorityMatch, authorities
from index.types import Identity, Mention


def authorities_named(text: str, held: Sequence[Identity]) -> tuple[Mention[str], ...]:
    """Canonical names in the order named, each once.

    Of an ambiguous form ("SBC") the authorities that something is held for are taken, all of
    them where that is none; an abolished authority brings its successors. Neither is certain.
    """
    table = authorities()
    have = {identity.authority_name for identity in held}
    found: dict[str, Mention[str]] = {}
    for match in sorted((*table.find(text), *table.fuzzy(text)), key=lambda match: match.start):
        for name in _meant(match, have):
            certain = match.certain and not match.successors
            found.setdefault(name, Mention(name, match.words, certain))
    return tuple(found.values())


def _meant(match: AuthorityMatch, have: set[str | None]) -> tuple[str, ...]:
    names = (*match.names, *match.successors)
    return tuple(name for name in names if name in have) or match.names
