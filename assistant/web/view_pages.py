"""Pages of a timeline, what changed, a comparison, a brief and a count; the same as Word and Excel
files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from assistant.facts import Corpus
from assistant.facts.compare import FEWEST, MOST
from assistant.facts.edges import view_of
from assistant.facts.view import Cell, View
from assistant.rendering.grammar import listed
from assistant.types import Ask, Citation
from assistant.web.answer_stream import asker
from assistant.web.parts import WebParts
from assistant.web.source_choice import EVERYTHING, choice_from, choice_text, filters_of, labels_of
from assistant.web.templating import render, rooted
from assistant.web.view_files import EXCEL, WORD, as_excel, as_word
from assistant.web.view_links import Lead, views_beside
from index.errors import NotFound, UsageError
from index.ports import PassageStore
from index.query.understand import MAX_QUESTION

_FILES = {"word": (as_word, WORD, "docx"), "excel": (as_excel, EXCEL, "xlsx")}
_FOLDED_FROM, _SHORT = 3, 30
"""Places of one cell from which on they are folded away under a text of so many characters."""
_BUSY = "Very many people are asking at this moment. Wait a minute and try again."
_MOST_WAITING = 16
Name = Annotated[str, Query(max_length=300)]
Id = Annotated[str | None, Query(max_length=200)]
As = Annotated[str, Query(alias="as", max_length=10)]


_EXAMPLES = (
    "How many authorities were judged inadequate?",
    "Which authorities require improvement to be good for children in care?",
    "Which documents mention care leavers?",
)
_GONE = (
    "not all that was chosen above the question is held any more: choose anew in the chat and ask "
    "again"
)


def view_routes(
    parts: WebParts, corpus: Callable[[], Corpus], allows: Callable[[str], bool]
) -> APIRouter:
    """Make ``/timeline``, ``/changes``, ``/compare``, ``/brief`` and, where there are counts,
    ``/count``; ``as`` names a kind of file.

    Args:
        parts: what the page is made of; what reads letters waits in its line of questions.
        corpus: what is held as events.
        allows: whether someone may look at one more view now.
    """
    router = APIRouter()
    shown = _Viewer(parts, corpus, allows)
    _add_compare(router, shown)
    if parts.count is not None:
        _add_count(router, shown, parts.count)

    @router.get("/timeline")
    def timeline(request: Request, authority: Name = "", as_: As = "") -> Response:
        return shown(request, lambda held: view_of("timeline", held, authority=authority), as_)

    @router.get("/changes")
    def changes(
        request: Request,
        authority: Name = "",
        from_: Annotated[str | None, Query(alias="from", max_length=200)] = None,
        to: Id = None,
        as_: As = "",
    ) -> Response:
        def made(held: Corpus) -> View:
            return view_of("changes", held, authority=authority, from_id=from_, to_id=to)

        return shown(request, made, as_)

    @router.get("/brief")
    def brief(request: Request, name: Name = "", as_: As = "") -> Response:
        return shown(request, lambda held: view_of("brief", held, name=name), as_)

    return router


@dataclass(frozen=True, slots=True)
class _Viewer:
    """Shows one view; what it knows is what ``view_routes`` takes."""

    parts: WebParts
    corpus: Callable[[], Corpus]
    allows: Callable[[str], bool]

    def __call__(self, request: Request, made: Callable[[Corpus], View], as_: str) -> Response:
        turns = self.parts.turns
        if turns.waiting >= _MOST_WAITING or not self.allows(asker(request)):
            return _problem("Too many at once", _BUSY, 429)
        try:
            with turns.turn(request):
                held = self.corpus()
                view = made(held)
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

        def made(held: Corpus) -> View:
            return view_of("compare", held, authorities=authority, topic=topic.strip())

        return shown(request, made, as_)


def _add_count(router: APIRouter, shown: _Viewer, count: Callable[[Ask], View]) -> None:
    """Add ``/count``, which takes a question where none is named."""

    @router.get("/count")
    def counted(
        request: Request,
        question: Annotated[str, Query(max_length=MAX_QUESTION)] = "",
        choice: Annotated[str, Query(max_length=20_000)] = "",
        as_: As = "",
    ) -> Response:
        if not question.strip():
            return HTMLResponse(counting_page())
        return shown(request, lambda _: _count_of(question, choice, shown.parts.store, count), as_)


def _count_of(
    question: str, choice: str, store: PassageStore, count: Callable[[Ask], View]
) -> View:
    """Return the table of what a question counts over the sources chosen; says which these are.

    Raises:
        NotFound: it counts nothing, or what was chosen is not held any more.
    """
    chosen = choice_from(choice, store) if choice else EVERYTHING
    if choice and choice != choice_text(chosen.picked):
        raise NotFound(_GONE)
    view = count(Ask(question, filters=filters_of(chosen, store)))
    if chosen.picked:
        view.lead += f" Asked of: {listed(labels_of(chosen, store))}."
    return view


def view_page(view: View, corpus: Corpus, address: str = "") -> str:
    """One view as a page.

    Args:
        address: of the page itself, path and query.
    """
    numbered = {one.number: one for one in view.draft.citations}
    one = view.details.get("authority")
    authorities = view.details.get("authorities") or ([one] if one else [])
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
        choose=_choosing(authorities),
    )


def _choosing(authorities: Sequence[str]) -> Lead:
    """Return where something else is chosen: a count is of no authority."""
    if not authorities:
        return Lead("Count something else", "/count")
    label = "Set beside others" if len(authorities) == 1 else "Choose others, or a topic"
    chosen = {"authority": authorities, "as": "choose"}
    return Lead(label, f"/compare?{urlencode(chosen, doseq=True)}")


def counting_page() -> str:
    """The page on which a question that counts is put."""
    examples = [Lead(one, f"/count?{urlencode({'question': one})}") for one in _EXAMPLES]
    return render("count.html", examples=examples, most=MAX_QUESTION)


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
