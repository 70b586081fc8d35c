"""Deletes from an HTML page what its reader does not see, or sees struck through.

Menus, scripts and forms; what a style hides, written at the element or in the page's own style
sheet; struck-out words; and the marks of footnotes, which would join the figure before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template nav footer aside form svg iframe button select "
        "input textarea object canvas audio video head dialog del s strike ",
    )
)
_HIDES = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0*)?(?=;|!|$)"
    r"|font-size:0(?:px|pt|em|rem|%)?(?=;|!|$)|(?:left|top|right|text-indent|margin-left):-\d{3,}"
    r"|clip:rect\(0|clip:rect\(1px|text-decoration(?:-line)?:[^;]*line-through)"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_FOR_SCREEN_READERS = re.compile(r"(?:^|-)visually-hidden$|^sr-only$")
"""Class names of the usual style sheets, which a saved page does not bring along."""

_MARK = re.compile(r"\[?(?:\d{1,3}|[*†‡§]+)\]?")
_MAX_RULES = 2000


def drop_unseen(soup: BeautifulSoup) -> None:
    """Delete all that a reader of the page does not see."""
    for tag in (*_by_style_sheet(soup), *soup.find_all(_is_unseen)):
        if not tag.decomposed:
            tag.decompose()


def _is_unseen(tag: Tag) -> bool:
    style = re.sub(r"\s", "", str(tag.get("style") or "")).lower()
    classes = tag.get_attribute_list("class")
    return (
        tag.name in _DROPPED
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_HIDES.search(style))
        or any(_FOR_SCREEN_READERS.search(str(one)) for one in classes)
        or (tag.name == "sup" and bool(_MARK.fullmatch(tag.get_text().strip())))
    )


def _by_style_sheet(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield what rules of the page's own style sheets hide."""
    sheets = "\n".join(tag.get_text() for tag in soup.find_all("style"))
    for number, rule in enumerate(_RULE.finditer(_COMMENT.sub("", sheets))):
        if number < _MAX_RULES and _HIDES.search(re.sub(r"\s", "", rule[2]).lower()):
            with suppress(SelectorSyntaxError, NotImplementedError):
                yield from soup.select(rule[1].strip())
