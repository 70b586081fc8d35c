"""Markdown as plain text in wrapped lines: the words and their order stay, the marks go."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.cli.output import plain, wrapped

_BREAKS = {"softbreak": " ", "hardbreak": " "}


def as_plain(text: str) -> str:
    """Return paragraphs apart, list items with a dash or their number, headings on a line alone."""
    blocks: list[str] = []
    lists: list[str] = []
    begins_item = False
    for token in _parser().parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("  ")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1] = f"{token.info}. " if token.info else "- "
            begins_item = True
        elif token.type in ("inline", "fence", "code_block"):
            blocks.append(_block(token, lists, begins_item))
            begins_item = False
    return _spaced(blocks)


@cache
def _parser() -> MarkdownIt:
    # HTML is text here: it must be seen, not dropped.
    return MarkdownIt("commonmark", {"html": False})


def _block(token: Token, lists: list[str], begins_item: bool) -> str:
    hanging = "".join(" " * len(mark) for mark in lists)
    if token.type != "inline":
        lines = plain(token.content).rstrip("\n").splitlines()
        return "\n".join(hanging + line for line in lines)
    mark = lists[-1] if lists and begins_item else ""
    first = hanging[: len(hanging) - len(mark)] + mark
    return wrapped(_words(token), first, hanging)


def _words(token: Token) -> str:
    return "".join(_BREAKS.get(child.type, child.content) for child in token.children or ())


def _spaced(blocks: list[str]) -> str:
    """Join blocks: items of a list follow each other, others stand apart."""
    out = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        close = _is_item(block) and before
        out += ("\n" if close else "\n\n") + block
    return out.strip("\n")


def _is_item(block: str) -> bool:
    start = block.lstrip().split(" ", 1)[0]
    return start == "-" or (start.endswith(".") and start[:-1].isdigit())
