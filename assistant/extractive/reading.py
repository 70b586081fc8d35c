"""Which of the passages and sentences found an open question is answered from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.scanning import Scan
from index.types import Evidence, Hit, Identity, Query

SURVEYED = 8
"""Documents that a survey quotes from at most."""
_SINCE = re.compile(
    r"\b(?:since|next|later|afterwards|still|sorted|by then|improv\w*|better|worse|chang\w*|"
    r"compare\w*|progress\w*|any ?more|followed up|moved on|fixed|got|become|became)\b",
    re.IGNORECASE,
)
"""Asks what became of something."""


def of_the_time(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Of each authority named, the passages of the documents that fit the times named best.

    Whoever asks about the latest report must not be told what the one before it found. A time
    that is open at one end ("since 2019", "before Covid") may be told of in any document, and
    what became of something since ("sorted by the next inspection?") in a later one.
    """
    ends = [end for mention in query.periods for end in (mention.value.start, mention.value.end)]
    timed = (ends or query.order) and None not in ends and not _SINCE.search(query.question)
    if not query.authorities or not timed:
        return list(hits)
    best: dict[str | None, float] = {}
    for hit in hits:
        name = hit.identity.authority_name
        best[name] = max(best.get(name, 0.0), _fit(hit))
    return [hit for hit in hits if _fit(hit) >= best[hit.identity.authority_name]]


def _fit(hit: Hit) -> float:
    return round(hit.parts.get("time", 0.0), 3)


def newest_of_each(documents: Sequence[Identity]) -> list[Identity]:
    """The newest document about each authority, newest first, then the second newest of each …"""
    places: dict[str | None, int] = {}
    ranked = []
    for identity in sorted(documents, key=age):
        turn = places.get(identity.authority_name, 0)
        places[identity.authority_name] = turn + 1
        ranked.append((turn, identity))
    return [identity for _, identity in sorted(ranked, key=lambda pair: pair[0])]


def naming(evidence: Sequence[Evidence], scan: Scan) -> Sequence[Evidence]:
    """Of each document the sentences that name the subject, all of it where none does."""
    named_in = {item.identity.doc_id for item in evidence if scan.names(item.text)}
    return [e for e in evidence if scan.names(e.text) or e.identity.doc_id not in named_in]


def age(identity: Identity) -> int:
    """A number by which newer documents sort first and undated ones last."""
    return -identity.dated.toordinal() if identity.dated else 0
