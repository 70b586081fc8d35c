"""The tools for inspections as events: the list, and the four views made of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from assistant.service.programs import Service
from assistant.service.replies import KnownInspection, KnownInspections, ViewResult

Authority = Annotated[str, Field(description="a local authority")]


@dataclass(frozen=True)
class InspectionTools:
    """The tools as MCP calls them.

    Attributes:
        told: what tells a caller of errors that they can mend.
    """

    service: Service
    told: Callable[[], AbstractContextManager[None]]

    async def list_inspections(
        self,
        authority: Annotated[list[str], Field(description="only these local authorities")] = [],  # noqa: B006  # never changed
    ) -> KnownInspections:
        """List the inspections and visits that the letters tell of or recall, with grades."""
        with self.told():
            return await self.service.inspections(authority, _listed)

    async def timeline(self, authority: Authority) -> ViewResult:
        """Show an authority's inspections in order, with grades and points for improvement."""
        return await self._view("timeline", authority=authority)

    async def changes(
        self,
        authority: Authority,
        from_id: Annotated[str | None, Field(description="the earlier inspection_id")] = None,
        to_id: Annotated[str | None, Field(description="the later inspection_id")] = None,
    ) -> ViewResult:
        """Show what changed between two full inspections: grades, points gone, new, said again."""
        return await self._view("changes", authority=authority, from_id=from_id, to_id=to_id)

    async def compare(
        self,
        authorities: Annotated[list[str], Field(description="two to twelve of them")],
        topic: Annotated[str | None, Field(description="what each letter says of this")] = None,
    ) -> ViewResult:
        """Show local authorities side by side: grades, points, what each letter says of a topic."""
        return await self._view("compare", authorities=authorities, topic=topic)

    async def brief(
        self, name: Annotated[str, Field(description="a local authority, or a doc_id")]
    ) -> ViewResult:
        """Sum up the newest letter about an authority, or one document, in its own sentences."""
        return await self._view("brief", name=name)

    async def _view(self, kind: str, **wanted: Any) -> ViewResult:
        with self.told():
            return await self.service.view(kind, wanted, ViewResult.model_validate)


def _listed(records: list[dict[str, Any]]) -> KnownInspections:
    return KnownInspections(inspections=[KnownInspection.model_validate(one) for one in records])
