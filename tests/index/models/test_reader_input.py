from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from index.models.reader_input import MAX_TOKENS, NO_SENTENCE, InputWriter

WORDS = ["[CLS]", "[SEP]", "[UNK]", "q", "h", *(f"w{n}" for n in range(9))]


@pytest.fixture(scope="module")
def writer() -> InputWriter:
    vocabulary = {word: n for n, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return InputWriter(tokenizer)


def test_a_row_holds_question_header_and_sentences(writer: InputWriter) -> None:
    (row,) = writer.windows("q q", "h", ["w0 w1", "w2"])
    assert [WORDS[n] for n in row.ids] == [
        "[CLS]",
        "q",
        "q",
        "[SEP]",
        "h",
        "w0",
        "w1",
        "w2",
        "[SEP]",
    ]
    assert row.owners == [NO_SENTENCE] * 5 + [0, 0, 1] + [NO_SENTENCE]
    assert row.types == [0] * 4 + [1] * 5


def test_what_a_claim_does_not_cite_has_the_questions_segment(writer: InputWriter) -> None:
    (row,) = writer.windows("q", "h", ["w0", "w1", "w2"], {1})
    assert row.types == [0, 0, 0, 1, 0, 1, 0, 1]


def test_a_long_passage_is_read_in_windows_that_lose_no_sentence(writer: InputWriter) -> None:
    sentences = [" ".join(["w1"] * 100) for _ in range(12)]
    rows = writer.windows("q", "h", sentences)
    assert len(rows) == 3
    assert all(len(row.ids) <= MAX_TOKENS for row in rows)
    held = [owner for row in rows for owner in dict.fromkeys(row.owners) if owner != NO_SENTENCE]
    assert held == list(range(12))


def test_one_sentence_longer_than_a_row_is_read_to_the_rows_end(writer: InputWriter) -> None:
    (row,) = writer.windows("q", "h", [" ".join(["w1"] * 1000)])
    assert len(row.ids) == MAX_TOKENS
    assert row.ids[-1] == WORDS.index("[SEP]")


def test_of_a_question_too_long_the_end_is_read(writer: InputWriter) -> None:
    (row,) = writer.windows(" ".join(["w0"] * 500 + ["w8"]), "", ["w1"])
    assert WORDS[row.ids[row.types.index(1) - 2]] == "w8"


def test_nothing_to_read_is_one_row(writer: InputWriter) -> None:
    (row,) = writer.windows("", "", [])
    assert [WORDS[n] for n in row.ids] == ["[CLS]", "[SEP]", "[SEP]"]


def test_lone_surrogates_are_read(writer: InputWriter) -> None:
    assert writer.tokens("\ud800 w1")[-1] == WORDS.index("w1")
