"""The administrator's page, and the draft questions that it offers; ``admin.py`` gathers both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.service.activity import DAYS
from assistant.web.admin import Administration
from assistant.web.charts import bar, day_chart
from assistant.web.conversation_routes import has_right, owner
from assistant.web.templating import render
from index.store.manifest import Problem

_MOST_SHOWN = 20
"""Files left out and failed questions that are listed; the rest is behind a link."""
_NO_RIGHT = "Your account may not see this page. Ask whoever runs this tool."
_TOO_OFTEN = "You have looked at this very often in the last minute. Wait a minute and try again."
NO_TEXT = (
    "To see and save the questions, set ASSISTANT_AUDIT_TEXT=true and start the chat again: "
    "each question is then kept with its audit line."
)


def admin_routes(
    administration: Administration,
    problems: Callable[[], Sequence[Problem]],
    allows: Callable[[str], bool],
) -> APIRouter:
    """Make ``/admin`` and ``/admin/drafts``.

    Args:
        administration: what is shown, and who may see it.
        problems: files that the last build left out.
        allows: whether someone may look once more now.
    """
    router = APIRouter()

    def refusal(request: Request) -> Response | None:
        if not has_right(administration, request):
            return _problem("You may not see this page", _NO_RIGHT, 403)
        return None if allows(owner(request)) else _problem("Too often", _TOO_OFTEN, 429)

    @router.get("/admin")
    def page(request: Request) -> Response:
        left_out = sorted(problems(), key=lambda one: one.source)
        return refusal(request) or HTMLResponse(admin_page(administration, left_out, date.today()))

    @router.get("/admin/drafts")
    def drafts(request: Request) -> Response:
        return refusal(request) or _drafts(administration)

    return router


def admin_page(administration: Administration, problems: Sequence[Problem], today: date) -> str:
    """Everything that an administrator is shown."""
    happened = administration.activity(today)
    return render(
        "admin.html",
        facts=administration.facts(),
        for_all=administration.for_all,
        problems=problems,
        most=_MOST_SHOWN,
        happened=happened,
        days=DAYS,
        chart=day_chart(happened.days),
        bar=bar,
        text=administration.text,
        no_text=NO_TEXT,
        named=[one for one in happened.failed if one.said.asked],
        drafts=len(administration.suite(happened)),
    )


def _drafts(administration: Administration) -> Response:
    if not administration.text:
        return _problem("The questions are not kept", NO_TEXT, 403)
    lines = administration.suite(administration.activity(date.today()))
    if not lines:
        return _problem("There is nothing to save", f"Nothing failed in the last {DAYS} days.", 404)
    headers = {"Content-Disposition": 'attachment; filename="failed-questions.jsonl"'}
    body = "".join(f"{line}\n" for line in lines)
    return Response(body, media_type="application/jsonl", headers=headers)


def _problem(heading: str, sentence: str, status: int) -> HTMLResponse:
    return HTMLResponse(render("problem.html", heading=heading, sentence=sentence), status)
