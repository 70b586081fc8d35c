"""The composition root: the only place that picks which parts an assistant is made of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ports import Answerer, Briefer
from assistant.settings import Settings
from index.opening import retriever
from index.retrieval import HybridRetriever
from index.store.collection import Collection


@dataclass(frozen=True)
class Assistant:
    """An open index and what answers from it.

    Attributes:
        extractive: answers with quotes alone.
        written: answers written by a language model and checked, None where none is set.
    """

    settings: Settings
    collection: Collection
    retriever: HybridRetriever
    extractive: Answerer
    written: Answerer | None

    @property
    def answerer(self) -> Answerer:
        """The one that the settings ask for."""
        return self.written or self.extractive


def open_assistant(settings: Settings) -> Assistant:
    """Open the index and put the assistant together; models load here.

    Raises:
        IndexMissing, IndexDamaged, IndexMismatch: the index cannot be used.
        ModelUnavailable: weights are missing.
    """
    from assistant.extractive import ExtractiveAnswerer
    from index import models

    collection = Collection(settings.index)
    search = retriever(collection, rerank=settings.rerank)
    extractive = ExtractiveAnswerer(search, collection, models.reranker(), models.token_encoder())
    return Assistant(settings, collection, search, extractive, _written(settings, extractive))


def _written(settings: Settings, briefer: Briefer) -> Answerer | None:
    if not settings.model:
        return None
    from assistant.llm import prompts
    from assistant.llm.answerer import LlmAnswerer
    from assistant.llm.litellm_generator import LiteLLMGenerator

    generator = LiteLLMGenerator(
        settings.model,
        api_base=settings.api_base,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        timeout_s=settings.timeout_s,
        max_retries=settings.retries,
        max_reply_tokens=settings.reply_tokens,
        context_tokens=settings.context_tokens,
    )
    return LlmAnswerer(briefer, generator, prompts.load(), reply_tokens=settings.reply_tokens)
