"""A paragraph of a PDF while lines are still being added to it; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.loading.lines import Line
from index.loading.paras import Role
from index.types import BlockKind


@dataclass
class Draft:
    """The lines of one paragraph so far, and their texts without bullet and number.

    Attributes:
        hang: where its second line starts, points; None before there is one.
    """

    lines: list[Line]
    number: str | None = None
    marker: str | None = None
    hang: float | None = None
    kind: BlockKind | None = None
    role: Role = Role.PLAIN
    texts: list[str] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line so far."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """What it says so far, for looking at."""
        return " ".join(self.texts)

    def add(self, line: Line, text: str) -> None:
        """Add a line."""
        self.lines.append(line)
        self.texts.append(text)
        if self.hang is None:
            self.hang = line.left
