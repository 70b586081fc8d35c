"""Routes of the list in which readers find, rename and delete what the server keeps for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Request
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, TypeAdapter

from assistant.web.conversation_json import MAX_CHARS
from assistant.web.conversations import MAX_TITLE, Conversations, Deleted
from assistant.web.question_routes import Text
from index.errors import AssistantError, NotFound

_MOST_AT_ONCE = 10_000


class ForSome(Protocol):
    """A part of the page that not everyone may use."""

    @property
    def may(self) -> Callable[[str], bool]:
        """Whether someone may at this moment; raises ``AssistantError`` where it is not known."""
        ...


class Renamed(BaseModel):
    """A conversation and its new title."""

    id: Text
    title: Annotated[Text, Field(min_length=1, max_length=MAX_TITLE)]


class Unwanted(BaseModel):
    """Conversations that are to be deleted."""

    ids: Annotated[list[Text], Field(max_length=_MOST_AT_ONCE)]


class _Question(BaseModel):
    question: str


def _exchanges(text: str) -> str:
    TypeAdapter(list[_Question]).validate_json(text)
    return text


class Restored(Renamed):
    """A conversation that was deleted, as the answer to its deletion gave it."""

    at: AwareDatetime
    text: Annotated[Text, Field(max_length=MAX_CHARS), AfterValidator(_exchanges)]


def talk_routes(conversations: Conversations) -> APIRouter:
    """Make ``/conversations``, and ``rename``, ``delete`` and ``restore`` below it (``POST``)."""
    router = APIRouter()

    @router.get("/conversations")
    def listed(request: Request) -> list[dict[str, Any]]:
        return [
            {"id": one.id, "title": one.title, "at": one.changed, "questions": one.questions}
            for one in conversations.listed(owner(request))
        ]

    @router.post("/conversations/rename")
    def rename(renamed: Renamed, request: Request) -> dict[str, str]:
        if not conversations.rename(owner(request), renamed.id, renamed.title):
            raise NotFound("This conversation is not kept any more.")
        return {"title": renamed.title}

    @router.post("/conversations/delete")
    def delete(unwanted: Unwanted, request: Request) -> dict[str, list[dict[str, Any]]]:
        gone = conversations.delete(owner(request), unwanted.ids)
        told = [
            {"id": one.id, "title": one.title, "at": one.changed, "text": one.exchanges}
            for one in gone
        ]
        return {"deleted": told}

    @router.post("/conversations/restore")
    def restore(one: Restored, request: Request) -> dict[str, str]:
        conversations.restore(owner(request), Deleted(one.id, one.title, one.at, one.text))
        return {"id": one.id}

    return router


def owner(request: Request) -> str:
    """Return who is signed in."""
    return str(request.scope.get("assistant_user") or "")


def has_right(part: ForSome | None, request: Request) -> bool:
    """Say whether whoever asks may use a part of the page; nobody may where it cannot be told."""
    try:
        return part is not None and part.may(owner(request))
    except AssistantError:
        return False
