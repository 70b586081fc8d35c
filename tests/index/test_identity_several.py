"""Files that hold several letters are told from those that name others."""

import pytest

from index.building.documents import load
from index.building.files import Found
from index.errors import LoadError
from index.identity import letters_in
from index.loading import read

LETTER = """Focused visit to {place} local authority children's services

Inspection dates: {dates}

This letter summarises the findings of the visit.

{finding}
"""
LEEDS = LETTER.format(place="Leeds", dates="1 and 2 May 2024", finding="Care is good.")
YORK = LETTER.format(place="York", dates="7 and 8 June 2024", finding="Plans drift.")
LATER = LETTER.format(place="Leeds", dates="3 and 4 June 2025", finding="Care is better.")


@pytest.mark.parametrize(("text", "number"), [
    (LEEDS, 1),
    (LEEDS + "\n" + YORK, 2),
    (LEEDS + "\n" + LATER, 2),
    (LEEDS + "\n" + LEEDS, 1),
    (LEEDS + "\nInspectors compared it with the focused visit to York in 2023.\n", 1),
    (LEEDS + "\nFocused visit to York local authority children's services\n\nis on our site.\n", 1),
])  # fmt: skip
def test_letters_are_counted_by_heading_and_day(text, number):
    assert len(letters_in(read(text.encode(), "a.txt"))) == number


def test_a_file_of_several_letters_is_refused_by_name(tmp_path):
    path = tmp_path / "both.txt"
    path.write_text(LEEDS + "\n" + YORK, encoding="utf-8")
    with pytest.raises(LoadError, match=r"both\.txt: holds 2 letters .*Leeds.*York"):
        load(Found(path, path.name, None))


def test_letters_of_the_trade_hold_one_each(seeds, shared):
    for path in (*sorted(seeds.glob("*.txt")), *sorted((shared / "letters").glob("*_20*.pdf"))):
        if "blackpool" not in path.name:
            assert len(letters_in(read(path.read_bytes(), path.name))) <= 1, path.name
