"""The typed lists of a document: what needs to improve, recommendations, priority action."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Block, BlockKind, Section, SectionKind, Span

_HEADINGS = (
    (
        SectionKind.PRIORITY_ACTION,
        re.compile(
            r"^(areas? for )?(priority|immediate)( and (priority|immediate))? actions?\b", re.I
        ),
    ),
    (SectionKind.RECOMMENDATIONS, re.compile(r"^(the )?(key )?recommendations?\b", re.I)),
    (
        SectionKind.IMPROVEMENT,
        re.compile(
            r"^what (does|do|needs?|must|should)\b.*\bimprove|^areas? (for|of|that need|requiring) "
            r"(improvement|development)|^what needs to improve|^improvements? needed",
            re.I,
        ),
    ),
)

_NONE_FOUND = re.compile(r"\b(did not (find|identify) any|no|not any) areas? for\b", re.I)
"""What stands in place of a list where there is nothing to list."""

_OTHER_PART = re.compile(r"\b(strengths?|progress since|summary|information about)\b", re.I)
"""Headings that end a list which has sub-headings of its own depth."""

_MOST_PARAGRAPHS = 3
_SHORT = 45
"""Words: more paragraphs than ``_MOST_PARAGRAPHS`` are a list only where each is this short."""


def section_kind(heading: str) -> SectionKind | None:
    """Return the kind of list that a heading announces, or None."""
    for kind, pattern in _HEADINGS:
        if pattern.search(heading.strip()):
            return kind
    return None


def sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Find the typed lists; a heading with nothing to list under it makes none."""
    found = []
    for index, block in enumerate(blocks):
        heading = text[block.start : block.end]
        kind = section_kind(heading) if block.kind is BlockKind.HEADING else None
        if kind is None:
            continue
        members = _members(text, blocks, index)
        items = _listed(members) or _paragraphs(text, members, kind)
        items = [item for item in items if not _NONE_FOUND.search(text[item.start : item.end])]
        if items:
            span = Span(block.start, items[-1].end)
            found.append(Section(kind, heading, span, tuple(items)))
    return tuple(found)


def _members(text: str, blocks: Sequence[Block], head: int) -> list[Block]:
    """Return the paragraphs and items under a heading, to the end of its list.

    The next heading of its depth or the next typed one ends it, and so does a plain paragraph
    after the first item; a sub-heading ("Children looked after", "Within three months:") not.
    """
    level = _deepest_end(text, blocks, head)
    members: list[Block] = []
    begun = False
    for index in range(head + 1, len(blocks)):
        block = blocks[index]
        words = text[block.start : block.end]
        if block.kind is BlockKind.HEADING and (
            block.level <= level or section_kind(words) or _ends_part(words, block, blocks[head])
        ):
            break
        if block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            continue
        plain = block.kind is BlockKind.PARAGRAPH and not block.paragraph
        if plain and begun and not words.endswith(":"):
            break
        begun = begun or _is_item(block)
        members.append(block)
    return members


def _deepest_end(text: str, blocks: Sequence[Block], head: int) -> int:
    """Return the depth of the headings that end a list: its own, or one less.

    A heading that stands right below the list's own, in the same depth, is a sub-heading: then
    so are the others of this depth.
    """
    level = blocks[head].level
    after = blocks[head + 1] if head + 1 < len(blocks) else None
    if after is None or after.kind is not BlockKind.HEADING or after.level != level:
        return level
    words = text[after.start : after.end]
    return level if section_kind(words) or _OTHER_PART.search(words) else level - 1


def _ends_part(words: str, block: Block, head: Block) -> bool:
    return block.level <= head.level and bool(_OTHER_PART.search(words))


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.ITEM or block.paragraph is not None


def _listed(members: Sequence[Block]) -> list[Span]:
    """Take numbered paragraphs with the bullets under them, or the bullets where none is numbered.

    A single numbered paragraph before bullets introduces them. An item that leads in to
    sub-items runs to the last of them: it is one thing to improve.
    """
    bullets = [block for block in members if block.kind is BlockKind.ITEM]
    numbered = [block for block in members if block.kind is BlockKind.PARAGRAPH and block.paragraph]
    if len(numbered) > 1 or not bullets:
        bullets_are_sub = True
        listed = [block for block in members if _is_item(block)]
    else:
        bullets_are_sub = False
        listed = bullets
    items: list[Span] = []
    for block in listed:
        sub = block.kind is BlockKind.ITEM and (bullets_are_sub or block.level > 1)
        if sub and items:
            items[-1] = Span(items[-1].start, block.end)
        else:
            items.append(Span(block.start, block.end))
    return items


def _paragraphs(text: str, members: Sequence[Block], kind: SectionKind) -> list[Span]:
    """Take plain paragraphs that stand as the list, where what is to improve is one thing."""
    if kind is SectionKind.RECOMMENDATIONS:
        return []
    longest = max((len(text[one.start : one.end].split()) for one in members), default=0)
    if len(members) > _MOST_PARAGRAPHS and longest > _SHORT:
        return []
    return [
        Span(block.start, block.end)
        for block in members
        if not text[block.start : block.end].endswith(":")
    ]
