from __future__ import annotations

import pytest

from index.query.places import twin_named


@pytest.mark.parametrize(
    ("text", "stands", "twin"),
    [
        (
            "is it the same next door in the North?",
            "West Northamptonshire",
            "North Northamptonshire",
        ),
        ("and west", "East Sussex", "West Sussex"),
        ("and in the west?", "West Northamptonshire", None),
        ("is wests list any different", "North Northamptonshire", "West Northamptonshire"),
        ("and the north?", "Stockton-on-Tees", None),
        ("were children placed far away?", "West Northamptonshire", None),
    ],
)
def test_a_twin_is_named_by_its_side_alone(text: str, stands: str, twin: str | None) -> None:
    found = twin_named(text, stands)
    assert [m.value for m in found] == ([twin] if twin else [])
