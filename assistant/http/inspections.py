"""The routes for inspections as events: the list, and the four views made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.service.programs import Service
from assistant.service.replies import KnownInspection, ViewResult
from assistant.service.requests import CompareBody

Name = Annotated[str, Query(max_length=300)]
Id = Annotated[str | None, Query(max_length=200)]


def inspection_routes(
    router: APIRouter, service: Service, respond: Callable[[Any], Response]
) -> None:
    """Add the routes; ``respond`` makes a response of an object."""

    @router.get("/inspections", response_model=list[KnownInspection])
    async def inspections(
        authority: Annotated[list[str], Query()] = [],  # noqa: B006  # FastAPI copies it
    ) -> Response:
        """The inspections and visits that the documents tell of or recall, oldest first."""
        return await service.inspections(authority, respond)

    @router.get("/timeline", response_model=ViewResult)
    async def timeline(authority: Name) -> Response:
        """An authority's inspections in order, with grades and points for improvement."""
        return await service.view("timeline", {"authority": authority}, respond)

    @router.get("/changes", response_model=ViewResult)
    async def changes(
        authority: Name,
        from_: Annotated[str | None, Query(alias="from", max_length=200)] = None,
        to: Id = None,
    ) -> Response:
        """What changed between two full inspections, the two newest where none is named."""
        wanted = {"authority": authority, "from_id": from_, "to_id": to}
        return await service.view("changes", wanted, respond)

    @router.post("/compare", response_model=ViewResult)
    async def compare(body: CompareBody) -> Response:
        """Authorities side by side, and what each newest letter says of a topic."""
        wanted = {"authorities": body.authorities, "topic": body.topic}
        return await service.view("compare", wanted, respond)

    @router.get("/brief", response_model=ViewResult)
    async def brief(name: Name) -> Response:
        """One page on an authority's newest letter, or on a document."""
        return await service.view("brief", {"name": name}, respond)
