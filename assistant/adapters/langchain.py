"""The retriever as LangChain's ``BaseRetriever``; needs the extra ``langchain``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ConfigDict

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

    An argument that is none of these is refused, here and in ``invoke(question, k=1)``, which
    takes all but ``letters``.

    Attributes:
        letters: the index to search.
        k: number of passages.
        authority, kind, issuer, from_date, to_date: as in ``Index.search``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    letters: Index
    k: int = 10
    authority: str | Sequence[str] = ()
    kind: str | Sequence[str] = ()
    issuer: str | Sequence[str] = ()
    from_date: date | None = None
    to_date: date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **how: Any
    ) -> list[Document]:
        found = self.letters.search(query, **self._how(how))
        return [_document(hit) for hit in found]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **how: Any
    ) -> list[Document]:
        found = await self.letters.asearch(query, **self._how(how))
        return [_document(hit) for hit in found]

    def _how(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(given) - set(_HOW)):
            raise TypeError(f"no argument {unknown[0]!r}: choose from {', '.join(_HOW)}")
        return {name: getattr(self, name) for name in _HOW} | dict(given)


_HOW = ("k", "authority", "kind", "issuer", "from_date", "to_date")


def _document(hit: Hit) -> Document:
    return Document(
        page_content=hit.passage.text, id=hit.passage.passage_id, metadata=hit_metadata(hit)
    )
