"""Routes where readers see their kept conversations, and delete one or all."""

from __future__ import annotations

from urllib.parse import parse_qs

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.web.conversations import Conversations
from assistant.web.templating import render, rooted


def talk_routes(conversations: Conversations, keep_days: int) -> APIRouter:
    """Make ``/conversations`` and ``POST /conversations/delete``."""
    router = APIRouter()

    @router.get("/conversations", response_class=HTMLResponse)
    def listed(request: Request) -> str:
        found = conversations.listed(owner(request))
        return render("conversations.html", found=found, keep_days=keep_days)

    @router.post("/conversations/delete")
    async def delete(request: Request) -> RedirectResponse:
        form = parse_qs((await request.body())[:4000].decode("utf-8", "replace"))
        if "all" in form or "id" in form:
            talk = None if "all" in form else form["id"][0]
            await to_thread.run_sync(conversations.delete, owner(request), talk)
        return RedirectResponse(rooted("/conversations"), 303)

    return router


def owner(request: Request) -> str:
    """Who is signed in."""
    return str(request.scope.get("assistant_user") or "")
