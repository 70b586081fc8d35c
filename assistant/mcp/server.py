"""The MCP server: its tools, and every document as a resource; it carries no transport."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from inspect import signature
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp_types import Resource, ToolAnnotations
from pydantic import Field, StrictInt

from assistant.mcp.inspections import InspectionTools
from assistant.mcp.permissions import KnownArguments, Permits, sender
from assistant.rendering.references import label
from assistant.schema import answer_record
from assistant.service.cancellation import staying
from assistant.service.failures import explained
from assistant.service.filters import MAX_K, filters_from
from assistant.service.programs import Service
from assistant.service.replies import (
    AnswerResult,
    HeldDocument,
    HeldDocuments,
    SearchResult,
    TextSpan,
)
from assistant.service.requests import AskBody, EarlierTurn, WantedFilters, asked_for
from assistant.types import Answer
from index.errors import NotFound
from index.types import Identity

_INSTRUCTIONS = (
    "Inspection letters about English children's services. 'ask' gives an answer made of "
    "verbatim quotes, each with its citation; 'search' gives passages; 'read_span' gives the "
    "text around a place. Quote only what a citation holds, with its authority and date. "
    "'issuer' says whose words a document is: only 'ofsted' documents are the inspectors' own."
)
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="a question in plain English")]
Passages = Annotated[
    StrictInt | None, Field(ge=1, le=MAX_K, description="passages to find, 10 if null")
]
Several = str | list[str] | None
Authorities = Annotated[Several, Field(description="only these local authorities")]
Kinds = Annotated[Several, Field(description="only these kinds, as 'focused visit letter'")]
Issuers = Annotated[Several, Field(description="ofsted, council, press or other")]
From = Annotated[str | None, Field(description="visited or published on this day or later")]
To = Annotated[str | None, Field(description="visited or published on this day or earlier")]


@dataclass(frozen=True)
class _Tools:
    """The tools as MCP calls them; their names and arguments are what a model is shown."""

    service: Service

    async def search(
        self,
        ctx: Context[Any, Any],
        question: Question,
        k: Passages = None,
        authority: Authorities = None,
        kind: Kinds = None,
        issuer: Issuers = None,
        from_date: From = None,
        to_date: To = None,
    ) -> SearchResult:
        """Find the passages of the letters that fit a question best."""
        wanted = _filters(authority, kind, issuer, from_date, to_date)
        body = AskBody(question=question, k=k, filters=wanted)
        request = ctx.request_context.request
        with _told():
            asked = asked_for(body)
            async with staying(request, partial(self.service.leave, asked)):
                return await self.service.search(
                    asked, sender(request), SearchResult.model_validate
                )

    async def ask(
        self,
        ctx: Context[Any, Any],
        question: Question,
        history: Annotated[
            list[EarlierTurn] | None, Field(description="earlier turns, oldest first")
        ] = None,
        k: Passages = None,
        authority: Authorities = None,
        kind: Kinds = None,
        issuer: Issuers = None,
        from_date: From = None,
        to_date: To = None,
    ) -> AnswerResult:
        """Answer a question from the letters in verbatim quotes, or say that they do not tell."""
        wanted = _filters(authority, kind, issuer, from_date, to_date)
        body = AskBody(question=question, k=k, filters=wanted, history=history)
        request = ctx.request_context.request
        with _told():
            asked = asked_for(body)
            async with staying(request, partial(self.service.leave, asked)):
                return await self.service.answer(asked, sender(request), _answered)

    async def list_documents(
        self,
        authority: Authorities = None,
        kind: Kinds = None,
        issuer: Issuers = None,
        from_date: From = None,
        to_date: To = None,
    ) -> HeldDocuments:
        """List the documents held, with authority, dates, grades and who speaks in them."""
        with _told():
            filters = filters_from(
                _listed(authority), _listed(kind), _listed(issuer), from_date, to_date
            )
            return await self.service.documents(filters, _held)

    async def read_span(
        self,
        doc_id: Annotated[str, Field(description="from a hit, a citation or list_documents")],
        start: Annotated[StrictInt | None, Field(ge=0, description="first character")] = None,
        end: Annotated[StrictInt | None, Field(ge=0, description="after the last one")] = None,
    ) -> TextSpan:
        """Read a document's text, or the span of it that a hit or citation names."""
        with _told():
            return await self.service.span(doc_id, start, end, TextSpan.model_validate)


_ARGUMENTS = {
    tool.__name__: frozenset(signature(tool).parameters) - {"self", "ctx"}
    for tool in (
        *(_Tools.search, _Tools.ask, _Tools.list_documents, _Tools.read_span),
        *(InspectionTools.list_inspections, InspectionTools.timeline, InspectionTools.changes),
        *(InspectionTools.compare, InspectionTools.brief),
    )
}
"""What each tool takes, by its name."""


class _told:  # noqa: N801  # used as a statement, like contextlib's own
    """Tells a caller of errors that they can mend, and only that something failed of others."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: Any, trace: object) -> None:
        if isinstance(error, Exception):
            raise ToolError(explained(error)[1]) from error


def build_server(service: Service, may: Callable[[Any, str], bool] | None) -> MCPServer[Any]:
    """The server over ``service``.

    Args:
        service: what answers.
        may: whether the sender of a request may do what a scope names; None where whoever
            started the server is the only caller.
    """
    # MCPServer would log through a handler that imports while it logs, which a process without
    # a free descriptor cannot; a root logger that has a handler is left alone.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    tools = _Tools(service)
    server = _Letters(
        service,
        "inspection-letters",
        title="Inspection letters",
        version=version("inspection-assistant"),
        instructions=_INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,
        middleware=[*([Permits(may)] if may else []), KnownArguments(_ARGUMENTS)],
    )
    events = InspectionTools(service, _told)
    for tool in (
        *(tools.search, tools.ask, tools.list_documents, tools.read_span),
        *(events.list_inspections, events.timeline, events.changes, events.compare, events.brief),
    ):
        server.add_tool(tool, annotations=_READS)

    @server.resource("letter://{doc_id}", mime_type="text/plain")
    async def letter(doc_id: str) -> str:
        """The text of a letter."""
        return await _text(service, doc_id)

    return server


class _Letters(MCPServer[Any]):
    """Lists as resources what is held at that moment."""

    def __init__(self, service: Service, name: str, **how: Any) -> None:
        super().__init__(name, **how)
        self._service = service

    async def list_resources(self) -> list[Resource]:
        """Every document."""
        return [_resource(identity) for identity in self._service.collection.identities()]


def _resource(identity: Identity) -> Resource:
    return Resource(
        uri=f"letter://{identity.doc_id}",
        name=identity.source,
        title=identity.title.value if identity.title else identity.source,
        description=label(identity),
        mime_type="text/plain",
    )


async def _text(service: Service, doc_id: str) -> str:
    try:
        return await service.span(doc_id, None, None, lambda span: str(span["text"]))
    except NotFound as error:
        raise ResourceNotFoundError(str(error)) from error
    except Exception as error:
        raise ResourceError(explained(error)[1]) from error


def _answered(answer: Answer) -> AnswerResult:
    return AnswerResult.model_validate(answer_record(answer))


def _held(documents: list[dict[str, Any]]) -> HeldDocuments:
    return HeldDocuments(documents=[HeldDocument.model_validate(one) for one in documents])


def _listed(value: Several) -> list[str] | None:
    return [value] if isinstance(value, str) else value


def _filters(
    authority: Several, kind: Several, issuer: Several, start: str | None, end: str | None
) -> WantedFilters:
    given = {"authority": authority, "kind": kind, "issuer": issuer, "from": start, "to": end}
    return WantedFilters.model_validate(given)
