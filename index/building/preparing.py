"""Prepares documents for an index: reads files, cuts them and embeds them; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from index.building.loading_process import LoadingProcess
from index.building.plan import Hashed
from index.errors import LoadError
from index.identity import IDENTITY_VERSION
from index.loading import LOADER_VERSION
from index.passages import chunking
from index.passages.chunking import ChunkSettings
from index.ports import Embedder, TokenEncoder
from index.store.manifest import Problem, Settings
from index.store.segment import SegmentData
from index.types import Document

BATCH_DOCUMENTS = 32
"""Documents prepared together; finished work that an interrupt can cost is less than this."""


class Preparer:
    """Turns files into what an index stores of them.

    Args:
        embedder, tokens: the models that embed.
        chunk_settings: how passages are cut.

    Attributes:
        settings: all that the data of an index made now depends on.
    """

    def __init__(
        self, embedder: Embedder, tokens: TokenEncoder, chunk_settings: ChunkSettings
    ) -> None:
        self._embedder = embedder
        self._tokens = tokens
        self._chunks = chunk_settings
        self.settings = settings_of(embedder, tokens, chunk_settings)

    def data(self, documents: Sequence[Document]) -> SegmentData:
        """Return passages of ``documents`` with their vectors."""
        count = self._embedder.count_tokens
        pairs = [(d, p) for d in documents for p in chunking.passages(d, count, self._chunks)]
        texts = [chunking.embedded_text(d.identity, p) for d, p in pairs]
        return SegmentData(
            documents=documents,
            passages=[passage for _, passage in pairs],
            texts=texts,
            vectors=self._embedder.embed_passages(texts),
            tokens=self._tokens.encode_passages(texts),
            token_dim=self._tokens.dim,
        )


def batches(items: Sequence[Hashed]) -> Iterator[Sequence[Hashed]]:
    """Yield ``items`` in parts of ``BATCH_DOCUMENTS``."""
    for start in range(0, len(items), BATCH_DOCUMENTS):
        yield items[start : start + BATCH_DOCUMENTS]


def documents_of(
    batch: Iterable[Hashed], reader: LoadingProcess
) -> tuple[list[Document], list[Problem]]:
    """Return the files as documents; and those that cannot be read, or not as a whole."""
    documents, problems = [], []
    for item in batch:
        try:
            document = reader.load(item.found)
            if document.doc_id != item.doc_id:
                raise LoadError(item.found.source, "changed while it was read: build again")
            documents.append(document)
            if document.unread:
                reason = f"read, but for {' and '.join(document.unread)}"
                problems.append(Problem(item.found.source, reason))
        except LoadError as error:
            problems.append(Problem(item.found.source, error.reason))
    return documents, problems


def settings_of(
    embedder: Embedder, tokens: TokenEncoder, chunk_settings: ChunkSettings
) -> Settings:
    """Return all that the data of an index made now would depend on."""
    return Settings(
        loader=LOADER_VERSION,
        identity=IDENTITY_VERSION,
        chunking=json.dumps({"version": chunking.VERSION, **asdict(chunk_settings)}),
        embedder=embedder.name,
        embedder_fingerprint=embedder.fingerprint,
        token_encoder=tokens.name,
        token_encoder_fingerprint=tokens.fingerprint,
    )
