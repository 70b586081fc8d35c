from datetime import date, timedelta

import pytest

from assistant.rendering import wording
from assistant.rendering.labels import short
from tests.web_fakes import identity

TO_COME = "(a day still to come: the date in the document cannot be right)"


def dated(day, doc_id="d" * 16):
    return identity(doc_id=doc_id, published=day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 11, 8), "focused visit letter, 8 November 2023"),
        (date.today(), None),
        (None, "focused visit letter, undated"),
        (date(2099, 12, 31), f"focused visit letter, 31 December 2099 {TO_COME}"),
        (date.today() + timedelta(days=1), TO_COME),
    ],
)
def test_a_day_still_to_come_is_said_to_be_one(day, said):
    shown = short(dated(day))
    assert said is None or (shown == said if said != TO_COME else shown.endswith(said))
    assert (TO_COME in shown) == (day is not None and day > date.today())


@pytest.mark.parametrize("quoted", [0, 1])
def test_a_letter_of_the_future_is_never_the_newest_without_a_word(quoted):
    held = [dated(date(2022, 1, 31), "a" * 16), dated(date(2099, 12, 31), "b" * 16)]
    note = wording.newest(held, [held[quoted]])
    assert note is not None
    assert TO_COME in note
    assert TO_COME in wording.held_for(held, ["Stockton-on-Tees"])
