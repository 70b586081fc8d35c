import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.thinking import Spoken

REPLY = "<think>What of [1]? <b>\n</think>Less < more, <THINKING>no</thinking> so. [1] <thin"
SPOKEN = "Less < more,  so. [1] <thin"


def heard(pieces) -> str:
    spoken = Spoken()
    return "".join([*(spoken.feed(piece) for piece in pieces), spoken.finish()])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_what_is_thought_aloud_is_left_out_whatever_the_pieces(size):
    assert heard(REPLY[at : at + size] for at in range(0, len(REPLY), size)) == SPOKEN


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "a ", ">", "</"]), max_size=12))
def test_no_way_of_cutting_makes_a_difference(parts):
    whole = "".join(parts)
    assert heard(whole) == heard([whole])


def test_what_cannot_be_a_tag_is_not_held_back():
    spoken = Spoken()
    assert spoken.feed("Children <b") == "Children <b"
    assert spoken.feed(" and <thi") == " and "
    assert spoken.feed("ngs") == "<things"


def test_a_thought_without_an_end_is_no_reply():
    assert heard(["<think>never", " done"]) == ""
