"""Pages of a timeline, what changed, a comparison and a brief; the same as Word and Excel files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from assistant.facts import Corpus
from assistant.facts.compare import FEWEST, MOST
from assistant.facts.edges import view_of
from assistant.facts.view import Cell, View
from assistant.service.queue import Turns
from assistant.types import Citation
from assistant.web.answer_stream import asker
from assistant.web.templating import render, rooted
from assistant.web.view_files import EXCEL, WORD, as_excel, as_word
from assistant.web.view_links import Lead, views_beside
from index.errors import NotFound, UsageError

_FILES = {"word": (as_word, WORD, "docx"), "excel": (as_excel, EXCEL, "xlsx")}
_FOLDED_FROM, _SHORT = 3, 30
"""Places of one cell from which on they are folded away under a text of so many characters."""
_BUSY = "Very many people are asking at this moment. Wait a minute and try again."
_MOST_WAITING = 16
Name = Annotated[str, Query(max_length=300)]
Id = Annotated[str | None, Query(max_length=200)]
As = Annotated[str, Query(alias="as", max_length=10)]


def view_routes(
    corpus: Callable[[], Corpus], turns: Turns, allows: Callable[[str], bool]
) -> APIRouter:
    """Make ``/timeline``, ``/changes``, ``/compare`` and ``/brief``; ``as`` names a kind of file.

    Args:
        corpus: what is held as events.
        turns: the line that questions wait in; what reads letters takes its turn there.
        allows: whether someone may look at one more view now.
    """
    router = APIRouter()
    shown = _Viewer(corpus, turns, allows)
    _add_compare(router, shown)

    @router.get("/timeline")
    def timeline(request: Request, authority: Name = "", as_: As = "") -> Response:
        return shown(request, "timeline", {"authority": authority}, as_)

    @router.get("/changes")
    def changes(
        request: Request,
        authority: Name = "",
        from_: Annotated[str | None, Query(alias="from", max_length=200)] = None,
        to: Id = None,
        as_: As = "",
    ) -> Response:
        wanted = {"authority": authority, "from_id": from_, "to_id": to}
        return shown(request, "changes", wanted, as_)

    @router.get("/brief")
    def brief(request: Request, name: Name = "", as_: As = "") -> Response:
        return shown(request, "brief", {"name": name}, as_)

    return router


@dataclass(frozen=True, slots=True)
class _Viewer:
    """Shows one view; what it knows is what ``view_routes`` takes."""

    corpus: Callable[[], Corpus]
    turns: Turns
    allows: Callable[[str], bool]

    def __call__(self, request: Request, kind: str, wanted: dict[str, Any], as_: str) -> Response:
        if self.turns.waiting >= _MOST_WAITING or not self.allows(asker(request)):
            return _problem("Too many at once", _BUSY, 429)
        try:
            with self.turns.turn(request):
                held = self.corpus()
                view = view_of(kind, held, **wanted)
        except (NotFound, UsageError) as error:
            said = str(error)
            return _problem("There is nothing to show", f"{said[0].upper()}{said[1:]}.", 404)
        if as_ in _FILES:
            return file_of(view, as_, f"{request.base_url}{rooted('/')[1:]}", date.today())
        return HTMLResponse(view_page(view, held, f"{request.url.path}?{request.url.query}"))


def _add_compare(router: APIRouter, shown: _Viewer) -> None:
    """Add ``/compare``, which lets choose where too few or too many are named."""

    @router.get("/compare")
    def compare(
        request: Request,
        authority: Annotated[list[str], Query()] = [],  # noqa: B006  # FastAPI copies it
        topic: Name = "",
        as_: As = "",
    ) -> Response:
        if as_ == "choose" or not FEWEST <= len(set(authority)) <= MOST:
            return HTMLResponse(choosing_page(shown.corpus(), authority, topic))
        return shown(request, "compare", {"authorities": authority, "topic": topic.strip()}, as_)


def view_page(view: View, corpus: Corpus, address: str = "") -> str:
    """One view as a page.

    Args:
        address: of the page itself, path and query.
    """
    numbered = {one.number: one for one in view.draft.citations}
    authorities = view.details.get("authorities") or [view.details["authority"]]
    chart = view.details.get("chart", {}).get("svg", "")
    return render(
        "view.html",
        view=view,
        groups=_grouped(view),
        cited=lambda numbers: [numbered[n] for n in numbers],
        shape=shape,
        chart=Markup(chart),
        files=[Lead(f"Save as {one.title()}", f"{address}&as={one}") for one in _FILES],
        leads=[lead for lead in views_beside(authorities, corpus) if lead.href != address],
        authorities=authorities,
        choose=f"/compare?{urlencode({'authority': authorities, 'as': 'choose'}, doseq=True)}",
    )


def choosing_page(corpus: Corpus, chosen: Sequence[str] = (), topic: str = "") -> str:
    """The page on which authorities are chosen, to be set side by side."""
    return render(
        "compare.html",
        authorities=corpus.authorities,
        chosen=set(chosen),
        topic=topic,
        fewest=FEWEST,
        most=MOST,
    )


def shape(cell: Cell) -> Literal["folded", "listed", "plain"]:
    """Say how a cell's places are shown: under a short word, each by its quote, or as numbers."""
    several = len(cell.citations)
    if several > 1 and cell.text.count("“") == several:
        return "listed"
    return "folded" if several >= _FOLDED_FROM and len(cell.text) <= _SHORT else "plain"


def file_of(view: View, kind: str, base: str, today: date) -> Response:
    """Return a view as a file to be saved."""
    write, media, ending = _FILES[kind]
    named = "".join(c if c.isascii() and c.isalnum() else "-" for c in view.title)
    headers = {"Content-Disposition": f'attachment; filename="{named[:80].strip("-")}.{ending}"'}
    return Response(write(view, base, today), media_type=media, headers=headers)


def _grouped(view: View) -> list[tuple[str, list[tuple[str, list[Citation]]]]]:
    """Return what a view says under its headings, where it has no tables that say more."""
    numbered = {one.number: one for one in view.draft.citations}
    found: dict[str, list[tuple[str, list[Citation]]]] = {}
    for one in () if view.wide else view.draft.sentences:
        line = (one.text, [numbered[n] for n in one.citations])
        found.setdefault(one.group or "", []).append(line)
    return list(found.items())


def _problem(heading: str, sentence: str, status: int) -> HTMLResponse:
    return HTMLResponse(render("problem.html", heading=heading, sentence=sentence), status)
