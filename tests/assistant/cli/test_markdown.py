"""An answer in the terminal: what a letter says stands there word for word, markup or not."""

import pytest

from assistant.cli.markdown import as_plain
from assistant.rendering.safe_markdown import unmarked


@pytest.mark.parametrize(
    "letter",
    [
        "![x](https://example.org/x.png) was seen by inspectors",
        "[see here](https://example.org) for more",
        "<img src=x> and <b>bold</b> and &amp; too",
        "*good* and **outstanding** and _weak_ and __all__",
        "`code` and ~~struck~~ and \\ and \\*",
        "# Heading",
        "> quoted",
        "- item",
        "1. first",
        "| a | b |",
        "[1]: https://example.org",
        "www.example.org and user_name_here",
    ],
)
def test_a_letters_markup_is_shown_word_for_word(letter):
    assert as_plain(unmarked(letter)) == letter
    assert as_plain(f"- “{unmarked(letter)}” \\[1]") == f"- “{letter}” [1]"
