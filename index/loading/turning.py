"""Pages whose text is turned: where a point stands for who reads the text upright."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """How the text of a page is turned.

    Attributes:
        quarters: quarter turns of its lines with the clock, 0 to 3; 3 for lines that go up.
        page_width, page_height: of the page as stored, points.
    """

    quarters: int
    page_width: float
    page_height: float

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.page_width if self.quarters % 2 else self.page_height

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """Return a stored point as it is read, from the bottom left."""
        if self.quarters == 3:
            return y, self.page_width - x
        if self.quarters == 2:
            return self.page_width - x, self.page_height - y
        if self.quarters == 1:
            return self.page_height - y, x
        return x, y
