"""Pages on which documents are added, corrected and removed; ``batches.py`` does what they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from assistant.http.body_limit import ADDING, MOST_ADDED_BYTES
from assistant.rendering.names import GRADE_NAMES
from assistant.web.added_documents import Entry, State
from assistant.web.batches import Adding, Batch
from assistant.web.conversation_routes import has_right, owner
from assistant.web.corrections import COLUMNS, by_hand, judgements_shown, row_of, shown
from assistant.web.parts import newest_first
from assistant.web.templating import render, rooted
from assistant.web.upload_request import MOST_FILE_BYTES, MOST_FILES, RefusedError, received
from index.errors import NotFound, UsageError
from index.identity import authorities
from index.loading import OTHER_KINDS, SUPPORTED
from index.types import Identity, Kind

_AT_ONCE = 4
"""People whose documents arrive at the same time; the next wait."""
_SHORTLY_S = 2.0
"""Seconds in which most corrections and removals end: their page then shows how."""
_NO_RIGHT = "Your account may not add, correct or remove documents. Ask whoever runs this tool."
_TOO_OFTEN = "You have done this very often in the last minute. Wait a minute and try again."
DocId = Annotated[str, Form(max_length=64)]
Cell = Annotated[str, Field(max_length=200)]


class Correction(BaseModel):
    """What the form that corrects a document sends: its fields bear the names of ``COLUMNS``."""

    document: Annotated[str, Field(max_length=64)]
    authority: Cell = ""
    kind: Cell = ""
    published: Cell = ""
    visit_start: Cell = ""
    visit_end: Cell = ""
    url: Annotated[str, Field(max_length=2000)] = ""
    overall_effectiveness: Cell = ""
    impact_of_leaders: Cell = ""
    help_and_protection: Cell = ""
    in_care: Cell = ""
    care_leavers: Cell = ""
    adoption: Cell = ""
    leadership_management_governance: Cell = ""
    lscb: Cell = ""


def add_routes(adding: Adding, allows: Callable[[str], bool]) -> APIRouter:
    """Make ``/collection/add``, and the addresses that its forms lead to.

    Args:
        adding: what is done, and who may.
        allows: whether someone may change something once more now.
    """
    change = partial(_changing, adding, allows)
    router = APIRouter()
    router.include_router(_bringing_routes(adding, change))
    router.include_router(_mending_routes(adding, change))
    return router


def _bringing_routes(adding: Adding, change: Callable[[Request], str]) -> APIRouter:
    """Make the addresses that documents are sent to, and that show what became of them.

    Args:
        change: tells who asks, where they may change something now.
    """
    router = APIRouter()
    arriving = CapacityLimiter(_AT_ONCE)

    @router.get(ADDING, response_class=HTMLResponse)
    def form(request: Request) -> str:
        _allowed(adding, request)
        return adding_page(adding)

    @router.post(ADDING)
    async def add(request: Request) -> Response:
        who = await to_thread.run_sync(change, request)
        async with arriving:
            files = await received(request, adding.documents.uploads)
        return _led_to(adding.add(who, files))

    @router.get("/collection/added/{name}", response_class=HTMLResponse)
    def added(name: str, request: Request) -> str:
        return batch_page(adding, adding.batch(_allowed(adding, request), name))

    return router


def _mending_routes(adding: Adding, change: Callable[[Request], str]) -> APIRouter:
    """Make the addresses that correct or remove one document; ``change`` as above."""
    router = APIRouter()
    documents = adding.documents

    @router.get("/collection/document/{doc_id}", response_class=HTMLResponse)
    def one(doc_id: str, request: Request) -> str:
        _allowed(adding, request)
        return document_page(documents.identity(doc_id))

    @router.post("/collection/correct")
    def correct(request: Request, form: Annotated[Correction, Form()]) -> Response:
        document, given = form.document, form.model_dump(exclude={"document"})
        who, identity = change(request), documents.identity(document)
        try:
            row = row_of(identity, given, date.today())
        except UsageError as error:
            return HTMLResponse(document_page(identity, str(error), given), 422)
        return _led_to(adding.correct(who, document, row, identity.source), _SHORTLY_S)

    @router.post("/collection/remove")
    def remove(request: Request, document: DocId) -> Response:
        who, path = change(request), documents.path(document)
        return _led_to(adding.remove(who, document, path.name), _SHORTLY_S)

    @router.post("/collection/put-back")
    def put_back(request: Request) -> Response:
        return _led_to(adding.put_back(change(request)))

    return router


def refused(_request: Request, error: Exception) -> HTMLResponse:
    """Answer what is not done with a page that says why."""
    status = error.status if isinstance(error, RefusedError) else 429
    page = render("problem.html", heading="That was not done", sentence=str(error))
    return HTMLResponse(page, status)


def adding_page(adding: Adding) -> str:
    """The form, and what was added with it before."""
    return render(
        "add.html",
        endings=sorted(SUPPORTED),
        other_kinds=OTHER_KINDS,
        most_files=MOST_FILES,
        most_file_bytes=MOST_FILE_BYTES,
        most_bytes=MOST_ADDED_BYTES,
        held=newest_first(adding.documents.held()),
        lacking=[path.name for path in adding.documents.lacking()],
    )


def batch_page(adding: Adding, batch: Batch) -> str:
    """What became of each document of a batch, so far."""
    rows = [(entry, _identity(adding, entry)) for entry in batch.entries]
    return render(
        "added.html",
        batch=batch,
        state=State,
        done=batch.done.is_set(),
        ahead=adding.ahead(batch),
        rows=rows,
        **_choices({}),
    )


def document_page(
    identity: Identity, problem: str = "", given: Mapping[str, str] | None = None
) -> str:
    """One document that was added, to be corrected or removed.

    Args:
        problem: why ``given`` cannot be kept.
        given: what was typed, shown again.
    """
    return render("added_one.html", identity=identity, problem=problem, **_choices(given or {}))


def _choices(given: Mapping[str, str]) -> dict[str, object]:
    """Return what the card of a document is filled in with."""
    return {
        "columns": COLUMNS,
        "given": given,
        "value": shown,
        "by_hand": by_hand,
        "kinds": [kind.value for kind in Kind],
        "authorities": list(authorities().rows),
        "grades": GRADE_NAMES,
        "choices": judgements_shown,
    }


def _identity(adding: Adding, entry: Entry) -> Identity | None:
    if entry.doc_id is None or entry.state is State.REMOVED:
        return None
    try:
        return adding.documents.any_identity(entry.doc_id)
    except NotFound:
        return None


def _allowed(adding: Adding, request: Request) -> str:
    """Return who asks.

    Raises:
        RefusedError: they may not change the documents.
    """
    if not has_right(adding, request):
        raise RefusedError(403, _NO_RIGHT)
    return owner(request)


def _changing(adding: Adding, allows: Callable[[str], bool], request: Request) -> str:
    """Return who asks, where something more may be changed by them now.

    Raises:
        RefusedError: they may not, or not so often.
        TooManyBatchesError: too much waits to be done.
    """
    who = _allowed(adding, request)
    if not allows(who):
        raise RefusedError(429, _TOO_OFTEN)
    adding.check_room()
    return who


def _led_to(batch: Batch, wait_s: float = 0.0) -> Response:
    batch.done.wait(wait_s)
    return RedirectResponse(rooted(f"/collection/added/{batch.id}"), 303)
