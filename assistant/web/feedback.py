"""What readers say of answers, kept a JSON object a line for ``assistant eval from-feedback``.

An answer is read anew from the documents before it is kept, so that nobody can put words into
it; who said it is not kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.web.conversation_json import restored
from assistant.web.session import Exchange
from index.ports import PassageStore

NAME = "feedback.jsonl"
REASONS = (
    "It does not answer what I asked",
    "Something is missing",
    "Wrong authority, inspection or date",
    "It is in the documents, but was not found",
    "Something else",
)
"""What a reader may choose where an answer was not useful."""


class Verdict(BaseModel):
    """What the page sends."""

    useful: bool
    reason: Literal[REASONS] | None = None  # type: ignore[valid-type]
    comment: str = Field("", max_length=2000)
    exchange: dict[str, Any]


class Feedback:
    """A file that verdicts are added to; only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def add(self, verdict: Verdict, exchange: Exchange) -> None:
        """Keep one verdict with its question and what was cited."""
        line = json.dumps(_record(verdict, exchange)) + "\n"
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with os.fdopen(os.open(self._path, flags, 0o600), "a", encoding="utf-8") as file:
                file.write(line)


def feedback_routes(
    feedback: Feedback, store: PassageStore, allows: Callable[[str], bool]
) -> APIRouter:
    """Make ``POST /feedback``; ``allows`` says whether someone may send one more now."""
    router = APIRouter()

    @router.post("/feedback")
    def add(verdict: Verdict, request: Request) -> JSONResponse:
        client = request.client.host if request.client else ""
        if not allows(str(request.scope.get("assistant_user") or client)):
            return JSONResponse({"detail": "Wait a minute."}, 429)
        found = restored(json.dumps([verdict.exchange]), store)
        if not found:
            return JSONResponse({"detail": "There is no such answer."}, 422)
        feedback.add(verdict, found[0])
        return JSONResponse({"detail": "Kept."}, 201)

    return router


def _record(verdict: Verdict, exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "useful": verdict.useful,
        "reason": verdict.reason,
        "comment": " ".join(verdict.comment.split()),
        "question": exchange.question,
        "standalone": answer.standalone if answer else "",
        "status": answer.status if answer else None,
        "model": answer.model if answer else None,
        "cited": [
            {"source": c.identity.source, "start": c.start, "end": c.end, "quote": c.quote}
            for c in (answer.citations if answer else ())
        ],
    }
