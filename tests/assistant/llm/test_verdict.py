import pytest

from assistant.llm.verdict import FirstLine
from assistant.types import Status


@pytest.mark.parametrize("size", [1, 3, 400])
@pytest.mark.parametrize(
    ("reply", "status", "lacking", "rest"),
    [
        ("ANSWERED\nYes. [1]", Status.ANSWERED, "", "\nYes. [1]"),
        ("**Answered.** Yes. [1]", Status.ANSWERED, "", "Yes. [1]"),
        ("\n\nPARTLY: what it cost\nIt did. [2]", Status.PARTIAL, "what it cost", "\nIt did. [2]"),
        ("NOT STATED", Status.NOT_STATED, "", ""),
        ("otherwise\nNo. [3]", Status.PREMISE_CONTRADICTED, "", "\nNo. [3]"),
        ("Partlying is no word. [1]", Status.ANSWERED, "", "Partlying is no word. [1]"),
        ("No tag at all. [1]\nMore. [2]", Status.ANSWERED, "", "No tag at all. [1]\nMore. [2]"),
        ("", Status.ANSWERED, "", ""),
        ("x" * 500, Status.ANSWERED, "", "x" * 500),
    ],
)
def test_the_first_line_says_what_the_model_decides(reply, status, lacking, rest, size):
    first = FirstLine()
    text = "".join(first.feed(reply[at : at + size]) for at in range(0, len(reply), size))
    assert text + first.finish() == rest
    assert (first.status, first.lacking) == (status, lacking)
