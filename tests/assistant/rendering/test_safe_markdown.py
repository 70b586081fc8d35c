import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.http.openai_text import said
from assistant.rendering.draft import markdown
from assistant.rendering.safe_markdown import as_markdown, unmarked
from assistant.schema import answer_record
from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from tests.web_fakes import HOSTILE, identity

HARMFUL = {"image", "link_open", "html_inline", "html_block"}


def answer(words, title="Focused visit"):
    who = identity(title=title)
    sentence = AnswerSentence(words, Role.QUOTE, (1,), group=f"Stockton {words}")
    citation = Citation(1, who, None, None, "Heading", 0, len(words), words)
    text = markdown([sentence], [citation])
    return Answer("q", Status.ANSWERED, text, (sentence,), (citation,))


def tokens(text):
    return [
        inner
        for token in MarkdownIt("commonmark", {"html": True}).parse(text)
        for inner in (token, *(token.children or ()))
    ]


@pytest.mark.parametrize(
    "words",
    [
        HOSTILE,
        "![x](http://evil.example/x.png)",
        "![x][1] and [1]",
        "[1]: http://evil.example/x.png",
        "<http://evil.example/>",
        "&lt;img src=x&gt;",
    ],
)
def test_nothing_of_a_letter_is_fetched_or_linked(words):
    made = answer(words, title=words)
    for text in (
        answer_record(made)["text"],
        said(made),
        as_markdown(Answer("q", Status.ANSWERED, words)),
    ):
        assert not HARMFUL & {token.type for token in tokens(text)}, text


@given(st.text(alphabet="ab *_`~<>[]()!#&;:/.\\-+=1|", max_size=40))
def test_escaped_words_are_read_as_they_stand(words):
    words = " ".join(words.split())
    read = tokens(f"- “{unmarked(words)}”")
    assert "".join(token.content for token in read if token.type == "text") == f"“{words}”"


def test_what_needs_no_escape_stays_as_it_is():
    made = answer("R&D costs £3,000 (5%) in 2021_22 [sic].")
    assert as_markdown(made) == made.text
