"""What readers said of answers, as the page keeps it: a JSON object a line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.service.newest import Newest, read_newest
from assistant.types import Status


class Cited(BaseModel):
    """A place that the answer cited."""

    source: str
    quote: str


class Said(BaseModel):
    """What was said of the answer to one question.

    Attributes:
        useful: None where no reader said whether it was.
        status: the answer's, None where there was none.
    """

    model_config = ConfigDict(extra="ignore")

    useful: bool | None
    at: datetime | None = None
    reason: str | None = None
    comment: str = ""
    question: str
    standalone: str = ""
    status: Status | None = None
    cited: list[Cited] = []

    @property
    def asked(self) -> str:
        """The question as it stands without the conversation before it."""
        return (self.standalone or self.question).strip()


def read_verdicts(path: Path) -> Newest[Said]:
    """Return the newest of what readers said."""
    return read_newest([path], Said.model_validate_json)
