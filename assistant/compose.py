"""The composition root: the only place that picks which parts an assistant is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.facts.view import View
from assistant.ports import Answerer, Briefer
from assistant.service.live_index import (
    FollowingAnswerer,
    FollowingCollection,
    FollowingRetriever,
    LiveIndex,
    Opened,
)
from assistant.service.open_index import milvus_uri, open_collection
from assistant.service.queue import Turns
from assistant.settings import Settings
from assistant.types import Ask
from index.compose import retriever, stamp
from index.ports import PassageStore, Retriever
from index.store.collection import Collection


@dataclass(frozen=True)
class Assistant:
    """An open index and what answers from it.

    Attributes:
        extractive: answers with quotes alone.
        written: answers written by a language model and checked, None where none is set.
        count: makes the table of what a question counts.
        turns: the line of questions; nobody waits in it unless many are asked at once.
        follow: opens the index anew if it was updated, where it is followed.
    """

    settings: Settings
    collection: Collection
    retriever: Retriever
    extractive: Answerer
    written: Answerer | None
    count: Callable[[Ask], View]
    turns: Turns
    follow: Callable[[], None] = lambda: None

    @property
    def answerer(self) -> Answerer:
        """The one that the settings ask for."""
        return self.written or self.extractive


def open_assistant(settings: Settings) -> Assistant:
    """Open the index as it is now and put the assistant together; models load here.

    Raises:
        IndexMissing, IndexDamaged, IndexMismatch: the index cannot be used.
        ModelUnavailable: weights are missing.
    """
    made = _opened(settings)
    written = _written(settings, made.extractive, made.collection)
    return Assistant(
        settings,
        made.collection,
        made.retriever,
        made.extractive,
        written,
        made.extractive.count,
        Turns(),
    )


def serving_assistant(settings: Settings) -> Assistant:
    """As ``open_assistant``, for a server: follows updates of the index, many askers in turn."""
    updated = stamp(settings.index, milvus_uri(settings))
    live, turns = LiveIndex(updated, lambda: _opened(settings)), Turns()
    extractive = FollowingAnswerer(live, turns)
    collection = FollowingCollection(live)
    return Assistant(
        settings,
        collection,
        FollowingRetriever(live),
        extractive,
        _written(settings, extractive, collection),
        live.count,
        turns,
        live.follow,
    )


def warm(answerer: Answerer) -> None:
    """Ask what nobody asked, so that no reader's first question waits for weights to be read."""
    answerer.answer(Ask("How well do social workers support children?"))


def _opened(settings: Settings) -> Opened:
    from assistant.answerers.extractive import ExtractiveAnswerer
    from assistant.facts.reading import RerankerReader
    from index import models

    collection = open_collection(settings)
    search = retriever(collection)
    extractive = ExtractiveAnswerer(
        search, collection, models.trained_reader(), RerankerReader(models.reranker())
    )
    return Opened(collection, search, extractive)


def _written(settings: Settings, briefer: Briefer, store: PassageStore) -> Answerer | None:
    if not settings.model:
        return None
    from assistant.llm import prompts
    from assistant.llm.answerer import LlmAnswerer, Writer
    from assistant.llm.litellm_generator import LiteLLMGenerator
    from index import models

    generator = LiteLLMGenerator(
        settings.model,
        api_base=settings.api_base,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        timeout_s=settings.timeout_s,
        max_retries=settings.retries,
        max_reply_tokens=settings.reply_tokens,
        context_tokens=settings.context_tokens,
    )
    writer = Writer(
        generator,
        prompts.load(),
        models.trained_checker(),
        store,
        settings.reply_tokens,
        settings.failed == "struck",
    )
    return LlmAnswerer(briefer, writer)
