import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.markers import Drafted, ReplyReader

REPLY = """**Stoke**
- Children are safe [1]. Plans are good. [2, 3] Staff (IROs) visit e.g. weekly.[1][4]
"Practice is strong." [1–3] See ![x](http://evil/a?b) <b>now</b> or http://e.com/x [5](http://z) ok.
1. Dr. Smith wrote 2.5% [evidence 12]
[1] A leading mark.

Sources:
A tail [3"""
SENTENCES = [
    Drafted("Children are safe.", (1,)),
    Drafted("Plans are good.", (2, 3)),
    Drafted("Staff (IROs) visit e.g. weekly.", (1, 4)),
    Drafted('"Practice is strong."', (1, 2, 3)),
    Drafted("See x now or ok.", (5,)),
    Drafted("Dr. Smith wrote 2.5%", (12,)),
    Drafted("A leading mark.", (1,)),
    Drafted("A tail", ()),
]


def read(pieces) -> list[Drafted]:
    reader, sentences = ReplyReader(), []
    for piece in pieces:
        sentences += reader.feed(piece)
        assert re.search(r"\[\d|\[$|//", reader.pending) is None
    return sentences + reader.finish()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_the_pieces_make_no_difference(size):
    assert read(REPLY[at : at + size] for at in range(0, len(REPLY), size)) == SENTENCES


@given(st.lists(st.integers(1, 30), max_size=60))
def test_no_way_of_cutting_makes_a_difference(sizes):
    pieces, at = [], 0
    for size in [*sizes, len(REPLY)]:
        pieces.append(REPLY[at : at + size])
        at += size
    assert read(pieces) == SENTENCES


@given(st.text(alphabet="ab [1],]<>(.!\n*#-", max_size=60))
def test_any_text_can_be_read_in_any_pieces(text):
    whole = ReplyReader()
    expected = whole.feed(text) + whole.finish()
    reader, found = ReplyReader(), []
    for character in text:
        found += reader.feed(character)
    assert found + reader.finish() == expected


def test_a_sentence_is_given_when_the_next_begins():
    reader = ReplyReader()
    assert reader.feed("One is here.") == []
    assert reader.pending == "One is here."
    assert reader.feed(" [1]") == []
    assert reader.feed(" T") == [Drafted("One is here.", (1,))]
    assert reader.pending == "T"


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)),
        ("[1,2; 3]", (1, 2, 3)),
        ("[4 and 2]", (4, 2)),
        ("[2-4]", (2, 3, 4)),
        ("[^7]", (7,)),
        ("[1-999]", tuple(range(1, 22))),
        ("[sic]", ()),
        ("[1][1]", (1,)),
    ],
)
def test_forms_of_markers(marker, numbers):
    assert read([f"So it is {marker}."])[0].numbers == numbers


@pytest.mark.parametrize("piece", ["[", "[1", "](", "<a", "a:/", ".", "!", "**", "[a](", "x. "])
def test_a_reply_that_never_ends_a_line_is_read_in_proportion_to_its_length(piece):
    """Each of these took minutes, by backtracking, where it now takes about a second."""
    text = (piece * 300_000)[:300_000]
    began = time.process_time()
    reader = ReplyReader()
    reader.feed(text)
    reader.finish()
    reader = ReplyReader()
    for character in text[:20_000]:
        reader.feed(character)
        assert isinstance(reader.pending, str)
    assert time.process_time() - began < 15
