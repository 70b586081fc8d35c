import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages.sentences import sentences, split
from index.types import BlockKind
from tests.fakes import document

TEXT = st.text(alphabet=st.sampled_from("aB1 .!?\n\"'”(£…"), max_size=80)


def cut(text):
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("She asked no. 4 and Dr. Jones.", ["She asked no. 4 and Dr. Jones."]),
        ("The answer was no. They left.", ["The answer was no.", "They left."]),
        ("Teams, i.e. Leeds, grew. It is so.", ["Teams, i.e. Leeds, grew.", "It is so."]),
        ("Ms J. Smith came. She saw.", ["Ms J. Smith came.", "She saw."]),
        ("1. The council should act. 2. It must.", ["1. The council should act.", "2. It must."]),
        ("It was so in 2019. In 2020 not.", ["It was so in 2019.", "In 2020 not."]),
        ("“It is good.” Staff agree.", ["“It is good.”", "Staff agree."]),
        ("About 2.5 per cent. £3 more.", ["About 2.5 per cent.", "£3 more."]),
        ("a half. of it", ["a half. of it"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences_of_running_text(text, expected):
    assert cut(text) == expected


@given(TEXT)
def test_spans_cover_all_but_white_space_in_order(text):
    spans = split(text)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(flat)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(part == part.strip() and part for part in cut(text))


def test_each_sentence_lies_in_its_block():
    parts = [
        (BlockKind.HEADING, "Main findings"),
        (BlockKind.PARAGRAPH, "One thing. Another thing."),
        (BlockKind.ROW, "Outstanding. 2 2%"),
        (BlockKind.FURNITURE, "Piccadilly Gate. Store Street."),
    ]
    made = document(parts)
    found = sentences(made)
    assert [made.text[s.start : s.end] for s in found] == [
        "Main findings",
        "One thing.",
        "Another thing.",
        "Outstanding. 2 2%",
        "Piccadilly Gate.",
        "Store Street.",
    ]
    assert [s.block for s in found] == [0, 1, 1, 2, 3, 3]
    assert [s.quotable for s in found] == [False, True, True, True, False, False]
    assert [s.heading for s in found] == ["", *["Main findings"] * 5]


def test_a_heading_that_gives_a_grade_can_be_quoted():
    made = document([(BlockKind.HEADING, "Overall effectiveness: requires improvement")])
    assert [s.quotable for s in sentences(made)] == [True]


def test_a_cross_reference_in_brackets_is_no_finding():
    clean = document([(BlockKind.PARAGRAPH, text) for text in ("It is weak.", "(Recommendation)")])
    quotable = [clean.text[s.start : s.end] for s in sentences(clean) if s.quotable]
    assert quotable == ["It is weak."]


def test_a_long_text_without_paragraphs_is_cut_in_linear_time():
    text = "This is a sentence of a long text. " * 20_000
    assert len(split(text)) == 20_000
