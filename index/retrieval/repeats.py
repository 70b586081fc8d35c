"""Leaves out hits that say again what a better hit of the same place and date has said.

The same letter may be held twice under other bytes, and a report prints a paragraph in its
summary and again in its body; letters of other places and years that share a template are
no repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.types import Hit, Identity

REPEATED = 0.8
"""Share of a passage's runs of words that make it a repeat."""
RUN = 5
"""Words in a run."""

_Runs = frozenset[tuple[str, ...]]


def without_repeats(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield ``hits`` in order, without those that are nearly all contained in an earlier one of
    the same authority and date; a longer passage that holds more than an earlier one stays.
    """
    kept: dict[tuple[object, ...], list[_Runs]] = {}
    for hit in hits:
        runs = _runs(hit.passage.text)
        earlier = kept.setdefault(_place(hit.identity), [])
        if not any(len(runs & other) >= REPEATED * len(runs) for other in earlier):
            earlier.append(runs)
            yield hit


def _place(identity: Identity) -> tuple[object, ...]:
    """Return what repeats share: authority and date, or the document where either is not known."""
    if identity.authority_name and identity.dated:
        return identity.authority_name, identity.dated
    return (identity.doc_id,)


def _runs(text: str) -> _Runs:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))
