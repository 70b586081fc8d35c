"""Routes that show a letter: whole on its own page, or one place of it for the panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.facts import Corpus
from assistant.web.letter_view import later_letter, letter_page, place_panel
from assistant.web.templating import render
from assistant.web.view_links import views_of_letter
from index.errors import NotFound
from index.ports import PassageStore
from index.types import Document, Span


def letter_routes(store: PassageStore, corpus: Callable[[], Corpus] | None = None) -> APIRouter:
    """Make the routes ``/letter/DOC_ID`` and ``/letter/DOC_ID/place`` over ``store``.

    Args:
        store: what is held.
        corpus: gives what is held as events, where there are pages of views.
    """
    router = APIRouter()

    @router.get("/letter/{doc_id}", response_class=HTMLResponse)
    def letter(doc_id: str, request: Request) -> str:
        document = store.document(doc_id)
        later = later_letter(document.identity, store.identities())
        leads = views_of_letter(document, corpus()) if corpus else []
        return letter_page(document, asked_span(document, request), later, leads)

    @router.get("/letter/{doc_id}/place", response_class=HTMLResponse)
    def place(doc_id: str, request: Request) -> str:
        document = store.document(doc_id)
        span = asked_span(document, request)
        if span is None:
            raise NotFound(f"{document.identity.source}: there is no such place in this document.")
        later = later_letter(document.identity, store.identities())
        return place_panel(document, span, later, date.today())

    return router


def asked_span(document: Document, request: Request) -> Span | None:
    """The span that the address names, None where it names none that lies in the text."""
    start, end = (request.query_params.get(name, "") for name in ("start", "end"))
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    if max(len(start), len(end)) > 9 or not 0 <= int(start) < int(end) <= len(document.text):
        return None
    return Span(int(start), int(end))


def not_found(_request: Request, error: Exception) -> HTMLResponse:
    """Answer ``NotFound`` with a page that says what is missing."""
    page = render("problem.html", heading="That document is not here", sentence=str(error))
    return HTMLResponse(page, status_code=404)
