"""What programs can ask for, whichever protocol carries it: search, ask, list, read."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from anyio import CancelScope, to_thread

from assistant.compose import Assistant
from assistant.holdings import allowed, passage_counts
from assistant.http.metrics import Meter
from assistant.http.problems import TooManyError
from assistant.http.turnstile import Turnstile
from assistant.ports import Answerer
from assistant.record import span_record
from assistant.types import Answer, Ask
from assistant.web.handlers import paced
from assistant.web.ratelimit import RateLimit
from index.errors import GenerationFailed, NotFound
from index.identity import identity_record
from index.ports import Retriever
from index.record import results_record
from index.store.collection import Collection
from index.types import Filters

EXTRACTIVE = "extractive"
"""Name of the answerer that needs no language model, as in ``Answer.model``."""

_audit = logging.getLogger("assistant.audit")


@dataclass(frozen=True)
class ProgramParts:
    """Everything that programs are served from.

    Attributes:
        answerers: by the name that a caller may choose; the first is used where none is named.
        limit: None for no limit.
    """

    collection: Collection
    retriever: Retriever
    answerers: Mapping[str, Answerer]
    limit: RateLimit | None = None


def program_parts(made: Assistant, limit: RateLimit | None = None) -> ProgramParts:
    """The parts of an open assistant, its own choice of answerer first."""
    written = {made.settings.model: made.written} if made.settings.model and made.written else {}
    answerers = {**written, EXTRACTIVE: made.extractive}
    return ProgramParts(made.collection, made.retriever, answerers, limit)


class Service:
    """Answers programs; every question is limited, counted and noted without its text.

    Raises, whatever is called: ``TooManyError`` and ``TooBusyError`` beside what the parts raise.
    """

    def __init__(self, parts: ProgramParts) -> None:
        self._parts = parts
        self._turnstile = Turnstile()
        self.collection = parts.collection
        self.meter = Meter()
        self.meter.documents.set(len(parts.collection.identities()))

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the answerers, the one used by default first."""
        return tuple(self._parts.answerers)

    async def search(self, ask: Ask, who: str) -> dict[str, Any]:
        """The object of ``search --json``."""
        self._admit(who)
        retriever = self._parts.retriever
        return await self._turnstile.run(
            lambda: results_record(retriever.search(ask.question, ask.k, ask.filters))
        )

    async def answer(self, ask: Ask, who: str, model: str | None = None) -> Answer:
        """One answer."""
        answerer = self._answerer(model)
        self._admit(who)
        began = time.perf_counter()
        answer = await self._turnstile.run(lambda: answerer.answer(ask))
        self._note(who, answer, began)
        return answer

    async def stream(
        self, ask: Ask, who: str, model: str | None = None
    ) -> AsyncGenerator[tuple[Answer, bool]]:
        """Growing answers, each with whether it is the last; closing it stops the answering."""
        answerer = self._answerer(model)
        self._admit(who)
        began = time.perf_counter()
        stream = answerer.stream(ask)
        answers = paced(stream)
        try:
            last = await self._turnstile.step(answers)
            if last is None:
                raise GenerationFailed("No answer was given. Ask again.")
            while last is not None:
                following = await self._turnstile.step(answers)
                if following is None:
                    self._note(who, last, began)
                yield last, following is None
                last = following
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(_close, stream)

    async def documents(self, filters: Filters) -> list[dict[str, Any]]:
        """The list of ``documents --json``."""
        return await self._turnstile.run(lambda: self._documents(filters))

    async def span(self, doc_id: str, start: int | None, end: int | None) -> dict[str, Any]:
        """The object of ``show --json``.

        Raises:
            NotFound: there is no such document or span.
        """
        read = self.collection.document
        return await self._turnstile.run(lambda: span_record(read(doc_id), start, end))

    def _documents(self, filters: Filters) -> list[dict[str, Any]]:
        held = allowed(self.collection.identities(), filters)
        return [identity_record(one, self._passages.get(one.doc_id, 0)) for one in held]

    @cached_property
    def _passages(self) -> Mapping[str, int]:
        return passage_counts(self.collection)

    def _answerer(self, model: str | None) -> Answerer:
        name = model or self.models[0]
        if name not in self._parts.answerers:
            raise NotFound(f"there is no model {name[:100]!r} here, only {', '.join(self.models)}")
        return self._parts.answerers[name]

    def _admit(self, who: str) -> None:
        if self._parts.limit is not None and not self._parts.limit.allows(who):
            raise TooManyError("You have asked many questions in a short time. Wait a minute.")

    def _note(self, who: str, answer: Answer, began: float) -> None:
        self.meter.answers.labels(answer.status.value).inc()
        _audit.info(
            "asked who=%r status=%s cited=%d ms=%.0f",
            who, answer.status, len(answer.citations), (time.perf_counter() - began) * 1000,
        )  # fmt: skip


def _close(answers: Iterator[Answer]) -> None:
    """Stop an answer that nobody waits for; a language model's request ends with it."""
    if isinstance(answers, Generator):
        answers.close()
