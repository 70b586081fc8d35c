"""The retriever as LlamaIndex's ``BaseRetriever``; needs the extra ``llamaindex``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.adapters.citing import hit_metadata
from index.index import Index
from index.types import Hit

try:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ImportError as error:
    raise ImportError(
        "llama-index-core is not installed: pip install 'inspection-assistant[llamaindex]'"
    ) from error


class LettersRetriever(BaseRetriever):
    """Passages of an open index as LlamaIndex nodes with their scores, best first.

    Each node's ``metadata`` is the passage's whole citation with its rank and score; only the
    authority, the date and who speaks are also shown to models and embedders.

    Args:
        letters: the index to search.
        k: number of passages.
        authority, kind, issuer, from_date, to_date: as in ``Index.search``.
    """

    def __init__(
        self,
        letters: Index,
        k: int = 10,
        *,
        authority: str | Sequence[str] = (),
        kind: str | Sequence[str] = (),
        issuer: str | Sequence[str] = (),
        from_date: date | None = None,
        to_date: date | None = None,
    ) -> None:
        self._letters = letters
        self._how: dict[str, Any] = {
            "k": k,
            "authority": authority,
            "kind": kind,
            "issuer": issuer,
            "from_date": from_date,
            "to_date": to_date,
        }
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._letters.search(query_bundle.query_str, **self._how)
        return [_node(hit) for hit in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = await self._letters.asearch(query_bundle.query_str, **self._how)
        return [_node(hit) for hit in found]


_SHOWN = ("authority", "dated", "issuer")


def _node(hit: Hit) -> NodeWithScore:
    metadata = hit_metadata(hit)
    unshown = [name for name in metadata if name not in _SHOWN]
    node = TextNode(
        id_=hit.passage.passage_id,
        text=hit.passage.text,
        metadata=metadata,
        excluded_llm_metadata_keys=unshown,
        excluded_embed_metadata_keys=unshown,
    )
    return NodeWithScore(node=node, score=metadata["score"])
