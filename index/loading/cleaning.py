"""The common road from a reader's paragraphs to clean text, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence

from index.loading.assemble import assemble
from index.loading.furniture import mark_furniture
from index.loading.headings import find_headings
from index.loading.hyphens import wrapped_words
from index.loading.outline import outline
from index.loading.paras import Para
from index.types import CleanText


def clean(paras: Sequence[Para], pages: int = 1) -> CleanText:
    """Mark furniture and headings, give each paragraph its place, and write the text.

    Args:
        paras: in reading order, none of them empty.
        pages: pages of the file, 1 for a file without pages.
    """
    words = wrapped_words(paras)
    return assemble(outline(find_headings(mark_furniture(paras))), pages, words)
