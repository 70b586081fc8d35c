"""What programs can ask for, whichever protocol carries it: search, ask, list, read.

Each call is told what to make of the result; that is done in the thread that worked on it, so that
the one thread that all callers share only carries bytes.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, TypeVar

from anyio import CancelScope, to_thread

from assistant.auth.rate_limit import RateLimit
from assistant.compose import Assistant
from assistant.errors import TooManyError
from assistant.facts.edges import inspection_list, open_corpus, view_of
from assistant.ports import Answerer
from assistant.question.documents import allowed
from assistant.schema import results_record, span_record
from assistant.service.audit import Audit, Outcome
from assistant.service.cancellation import awaited, finishing
from assistant.service.limiter import Limiter
from assistant.service.metrics import Meter
from assistant.service.open_index import passage_counts
from assistant.service.queue import Turns
from assistant.service.throttle import paced
from assistant.types import Answer, Ask
from index.errors import GenerationFailed, NotFound
from index.identity import identity_record
from index.ports import Retriever
from index.store.collection import Collection
from index.types import Filters

T = TypeVar("T")

_WRITTEN_AT_ONCE = 16
EXTRACTIVE = "extractive"
"""Name of the answerer that needs no language model, as in ``Answer.model``."""


@dataclass(frozen=True)
class ProgramParts:
    """Everything that programs are served from.

    Attributes:
        answerers: by the name that a caller may choose; the first is used where none is named.
        limit: None for no limit.
        audit: notes every question.
        turns: the line that questions wait in; the answerers take their turns themselves.
    """

    collection: Collection
    retriever: Retriever
    answerers: Mapping[str, Answerer]
    limit: RateLimit | None = None
    audit: Audit = field(default_factory=Audit)
    turns: Turns = field(default_factory=Turns)


def program_parts(made: Assistant, limit: RateLimit | None = None) -> ProgramParts:
    """Return the parts of an open assistant, its own choice of answerer first."""
    written = {made.settings.model: made.written} if made.settings.model and made.written else {}
    answerers = {**written, EXTRACTIVE: made.extractive}
    audit = Audit(made.settings.audit_text)
    return ProgramParts(made.collection, made.retriever, answerers, limit, audit, made.turns)


class Service:
    """Answers programs; every question is limited, counted and noted.

    Raises, whatever is called: ``TooManyError`` and ``TooBusyError`` beside what the parts raise.
    """

    def __init__(self, parts: ProgramParts) -> None:
        self._parts = parts
        self._limiter = Limiter()
        self._writing = Limiter(_WRITTEN_AT_ONCE)
        self._awaited: dict[int, Event] = {}
        self.collection = parts.collection
        self.meter = Meter()
        self.meter.documents.set_function(lambda: len(self.collection.identities()))

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the answerers, the one used by default first."""
        return tuple(self._parts.answerers)

    async def search(self, ask: Ask, who: str, made: Callable[[dict[str, Any]], T]) -> T:
        """Return what is made of the object of ``search --json``."""
        self._admit(who)
        with self._parts.audit.noting(who, ask.question) as outcome:
            found = await self._limiter.run(lambda: made(self._found(ask)))
            outcome.status = "searched"
        return found

    async def answer(
        self, ask: Ask, who: str, made: Callable[[Answer], T], model: str | None = None
    ) -> T:
        """Return what is made of one answer."""
        answerer, threads = self._answerer(model)
        self._admit(who)

        def answered(outcome: Outcome) -> T:
            answer = answerer.answer(ask)
            self._count(outcome, answer)
            return made(answer)

        with self._parts.audit.noting(who, ask.question) as outcome, self._waiting(ask) as gone:
            work = threads.run(lambda: awaited(gone, lambda: answered(outcome)))
            return await finishing(work, partial(self.leave, ask))

    async def stream(
        self, ask: Ask, who: str, model: str | None = None
    ) -> AsyncGenerator[tuple[Answer, bool]]:
        """Yield growing answers, each with whether it is the last; closing it stops them."""
        answerer, threads = self._answerer(model)
        self._admit(who)
        stream = answerer.stream(ask)
        answers = paced(stream)

        async def step() -> Answer | None:
            work = threads.run(lambda: awaited(gone, lambda: next(answers, None)))
            return await finishing(work, partial(self.leave, ask))

        with self._parts.audit.noting(who, ask.question) as outcome, self._waiting(ask) as gone:
            try:
                last = await step()
                if last is None:
                    raise GenerationFailed("No answer was given. Ask again.")
                while last is not None:
                    following = await step()
                    if following is None:
                        self._count(outcome, last)
                    yield last, following is None
                    last = following
            finally:
                with CancelScope(shield=True):
                    await to_thread.run_sync(_close, stream)

    def leave(self, ask: Ask) -> None:
        """Whoever asked has gone: a question that waits for its turn, or for a language model,
        gives it up.
        """
        self._parts.turns.leave(ask)
        if id(ask) in self._awaited:
            self._awaited[id(ask)].set()

    @contextmanager
    def _waiting(self, ask: Ask) -> Iterator[Event]:
        """Something that is set when whoever asked has gone."""
        gone = self._awaited[id(ask)] = Event()
        try:
            yield gone
        finally:
            del self._awaited[id(ask)]

    async def documents(self, filters: Filters, made: Callable[[list[dict[str, Any]]], T]) -> T:
        """Return what is made of the list of ``documents --json``."""
        return await self._limiter.run(lambda: made(self._documents(filters)))

    async def inspections(
        self, names: Sequence[str], made: Callable[[list[dict[str, Any]]], T]
    ) -> T:
        """Return what is made of the list of ``inspections --json``."""
        return await self._limiter.run(lambda: made(inspection_list(self.collection, names)))

    async def view(
        self, kind: str, wanted: Mapping[str, Any], made: Callable[[Mapping[str, Any]], T]
    ) -> T:
        """What is made of the object of ``timeline``, ``changes``, ``compare`` or ``brief --json``.

        Raises:
            NotFound: nothing is held or recalled that it could be made of.
            UsageError: a name or a number of names cannot be.
        """

        def viewed() -> T:
            return made(view_of(kind, open_corpus(self.collection), **wanted).record())

        return await self._limiter.run(viewed)

    async def span(
        self, doc_id: str, start: int | None, end: int | None, made: Callable[[dict[str, Any]], T]
    ) -> T:
        """Return what is made of the object of ``show --json``.

        Raises:
            NotFound: there is no such document or span.
        """
        read = self.collection.document
        return await self._limiter.run(lambda: made(span_record(read(doc_id), start, end)))

    def _found(self, ask: Ask) -> dict[str, Any]:
        with self._parts.turns.turn(ask):
            return results_record(self._parts.retriever.search(ask.question, ask.k, ask.filters))

    def _documents(self, filters: Filters) -> list[dict[str, Any]]:
        held = allowed(self.collection.identities(), filters)
        passages = passage_counts(self.collection)
        return [identity_record(one, passages.get(one.doc_id, 0)) for one in held]

    def _answerer(self, model: str | None) -> tuple[Answerer, Limiter]:
        """Return the answerer and the threads it works in: a model's must hold up nothing else."""
        name = model or self.models[0]
        if name not in self._parts.answerers:
            raise NotFound(f"there is no model {name[:100]!r} here, only {', '.join(self.models)}")
        return self._parts.answerers[name], (self._limiter if name == EXTRACTIVE else self._writing)

    def _admit(self, who: str) -> None:
        if self._parts.limit is not None and not self._parts.limit.allows(who):
            raise TooManyError("You have asked many questions in a short time. Wait a minute.")

    def _count(self, outcome: Outcome, answer: Answer) -> None:
        self.meter.answers.labels(answer.status.value).inc()
        outcome.is_answer(answer)


def _close(answers: Iterator[Answer]) -> None:
    """Stop an answer that nobody waits for; a language model's request ends with it."""
    if isinstance(answers, Generator):
        answers.close()
