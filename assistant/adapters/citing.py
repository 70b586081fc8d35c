"""What other libraries carry along with a passage: its whole citation."""

from __future__ import annotations

from typing import Any

from assistant.schema import citation_record, ranked_fields
from assistant.types import Citation
from index.types import Hit


def hit_metadata(hit: Hit) -> dict[str, Any]:
    """Return all fields of a citation, whose number is the hit's rank, and the hit's own."""
    citation = Citation.of(hit.rank, hit.identity, hit.passage)
    own = ranked_fields(hit)
    return {**citation_record(citation), "passage_id": own.pop("passage_id"), **own}
