"""What other libraries carry along with a passage: its whole citation."""

from __future__ import annotations

from typing import Any

from assistant.schema import citation_record
from assistant.types import Citation
from index.types import Hit


def hit_metadata(hit: Hit) -> dict[str, Any]:
    """Return all fields of a citation, whose number is the hit's rank, and the hit's own."""
    passage = hit.passage
    citation = Citation(
        number=hit.rank,
        identity=hit.identity,
        page=passage.page,
        paragraph=passage.paragraph,
        heading=passage.heading,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
    )
    own = {"passage_id": passage.passage_id, "rank": hit.rank, "score": round(hit.score, 6)}
    return {**citation_record(citation), **own}
