"""The retriever as LangChain's ``BaseRetriever``; needs the extra ``langchain``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.adapters.citing import hit_metadata
from index.index import Index
from index.types import Hit

try:
    from langchain_core.callbacks import (
        AsyncCallbackManagerForRetrieverRun,
        CallbackManagerForRetrieverRun,
    )
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
except ImportError as error:
    raise ImportError(
        "langchain-core is not installed: pip install 'inspection-assistant[langchain]'"
    ) from error


class LettersRetriever(BaseRetriever):
    """Passages of an open index as LangChain documents, best first.

    Each document's ``metadata`` is the passage's whole citation (``doc_id``, ``source``,
    ``authority``, ``issuer``, dates, page, ``start``, ``end``, ``quote`` …) with its rank and
    score.

    Attributes:
        letters: the index to search.
        k: number of passages.
        authority, kind, issuer, from_date, to_date: as in ``Index.search``.
    """

    letters: Index
    k: int = 10
    authority: str | Sequence[str] = ()
    kind: str | Sequence[str] = ()
    issuer: str | Sequence[str] = ()
    from_date: date | None = None
    to_date: date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.letters.search(query, **self._how)
        return [_document(hit) for hit in found]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = await self.letters.asearch(query, **self._how)
        return [_document(hit) for hit in found]

    @property
    def _how(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _HOW}


_HOW = ("k", "authority", "kind", "issuer", "from_date", "to_date")


def _document(hit: Hit) -> Document:
    return Document(
        page_content=hit.passage.text, id=hit.passage.passage_id, metadata=hit_metadata(hit)
    )
