"""Asks one unit of a suite: a question, or a conversation turn by turn."""

from __future__ import annotations

from time import perf_counter

from assistant.schema import understood
from assistant.types import Answer, Ask, CitedBefore, Turn
from evals.held import Held
from evals.parts import Parts
from evals.run import observe
from evals.run.record import FoundPassage, Given, Result, Timing
from evals.types import Question
from index.errors import AssistantError, GenerationFailed

Outcome = tuple[list[Result], list[Timing]]


def ask_unit(unit: tuple[Question, ...], parts: Parts, held: Held, k: int) -> Outcome:
    """Ask the turns in order, with the system's own answers as history.

    A question that makes the assistant fail gets a result that says so. Errors that are not
    about the question (no model, a damaged index) are raised.
    """
    history = [Turn(said.role, said.content) for said in unit[0].history]
    results, timings = [], []
    for question in unit:
        answer, given, answer_ms = _answer(question, history, parts, held, k)
        asked = (answer.standalone if answer else "") or question.question
        hits, error, search_ms = _hits(answer, asked, parts, k)
        standalone = None
        if question.standalone and question.turn > 1:
            standalone, _, _ = _search(question.standalone, parts, k)
        results.append(Result(question.id, asked, hits, standalone, given, error))
        timings.append(Timing(question.id, search_ms, answer_ms))
        history += _turns(question, answer)
    return results, timings


def _hits(
    answer: Answer | None, asked: str, parts: Parts, k: int
) -> tuple[tuple[FoundPassage, ...], str | None, float | None]:
    """Return the passages that the answer was made from; a search where it was made from none."""
    if answer is not None and answer.hits:
        return tuple(observe.found(hit) for hit in answer.hits), None, None
    return _search(asked, parts, k)


def _search(text: str, parts: Parts, k: int) -> tuple[tuple[FoundPassage, ...], str | None, float]:
    started = perf_counter()
    try:
        hits = parts.retriever.search(text, k=k).hits
    except AssistantError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a question breaks is a result
        return (), _named(error), _since(started)
    return tuple(observe.found(hit) for hit in hits), None, _since(started)


def _answer(
    question: Question, history: list[Turn], parts: Parts, held: Held, k: int
) -> tuple[Answer | None, Given | None, float | None]:
    if parts.answerer is None:
        return None, None, None
    started = perf_counter()
    try:
        answer = parts.answerer.answer(Ask(question.question, tuple(history), k=k))
    except GenerationFailed as error:
        return None, Given("error", _named(error)), _since(started)
    except AssistantError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a question breaks is a result
        return None, Given("error", _named(error)), _since(started)
    return answer, observe.given(answer, held), _since(started)


def _turns(question: Question, answer: Answer | None) -> list[Turn]:
    if answer is None:
        return [Turn("user", question.question)]
    cited = tuple(map(CitedBefore.of, answer.citations))
    query = understood(answer.query) if answer.query else None
    asked = Turn("user", question.question, query=query)
    return [asked, Turn("assistant", answer.text, cited)]


def _named(error: Exception) -> str:
    first = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first}"


def _since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)
