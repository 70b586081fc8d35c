"""Which short lines are headings, and how deep; needs no fonts, uses them where there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.loading.paras import Para, Role
from index.types import BlockKind

MAX_WORDS = 18
_KNOWN = re.compile(
    r"^(headline findings|main findings|findings and evaluation of progress|findings"
    r"|what (needs|does|do) .*improve.*|areas? (covered by|for|of|requiring) .*"
    r"|recommendations?|key strengths?|strengths|background|context|summary( of .*)?|introduction"
    r"|conclusions?|next steps|overview|executive summary|the local authority has .* strengths"
    r"|the (experiences?|impact|effectiveness) .*|experiences? .*|leadership, management .*"
    r"|information about .*|section \d.*|inspection judgements? .*|what the inspection .*"
    r"|how well .*|appendix.*|annex.*|contents|priority and immediate action)\W*$",
    re.I,
)
_VERB = re.compile(
    r"\b([Ii]s|[Aa]re|[Ww]as|[Ww]ere|has|have|had|will|can|should|must|may|does|did|[Rr]equires"
    r"|needs|said)\b"
)
_SENTENCE_END = re.compile(r"[.;,!…]['’\"”)\]]*\d{0,2}$")
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "need", "of", "on", "or"}
    | {"over", "per", "that", "the", "their", "to", "up", "who", "with"}
)


def find_headings(paras: Sequence[Para]) -> list[Para]:
    """Mark headings, and sentences that stand as one, among paragraphs of unknown kind.

    A line such as "The judgement for adoption is good" is a finding that can be quoted, so it
    stays a paragraph; where it opens a part of its own it also frames what is below it.
    """
    marked: list[Para] = []
    for index, para in enumerate(paras):
        after = paras[index + 1] if index + 1 < len(paras) else None
        if para.kind is None and is_heading_like(para, after):
            text = para.text
            if _VERB.search(text) and not _KNOWN.match(text) and not text.endswith("?"):
                subject = bool(marked) and marked[-1].kind is not BlockKind.HEADING
                role = Role.SUBJECT if subject and _short(after) else Role.PLAIN
                para = replace(para, kind=BlockKind.PARAGRAPH, role=role)
            else:
                para = replace(para, kind=BlockKind.HEADING)
        marked.append(para)
    return _levels(marked)


def _short(para: Para | None) -> bool:
    return para is not None and len(para.text.split()) <= 6


def is_heading_like(para: Para, after: Para | None) -> bool:
    """Say whether a lone line is short, unpunctuated, and either titled or followed by body."""
    text = para.text
    words = text.split()
    limit = MAX_WORDS * 2 if text.isupper() else MAX_WORDS
    if not para.alone or para.number or not words or len(words) > limit or "\n" in text:
        return False
    if _SENTENCE_END.search(text) or text.endswith((":", "-", "–")) or not text[0].isupper():
        return False
    if _KNOWN.match(text) or text.isupper():
        return True
    if after is None or (after.kind is BlockKind.ROW and "\n" in after.text):
        return False
    if text.endswith("?"):
        return len(words) <= 14
    return titled(words) or _is_body(after)


def titled(words: Sequence[str]) -> bool:
    """Say whether the words that carry meaning start with capitals."""
    strong = [word for word in words if word.strip("(‘“'\"").lower() not in _SMALL]
    capital = sum(word.strip("(‘“'\"")[:1].isupper() for word in strong)
    return bool(strong) and capital / len(strong) > 0.7


def _is_body(para: Para) -> bool:
    """Say whether a paragraph can be what a heading announces."""
    if para.kind in (BlockKind.ITEM, BlockKind.HEADING, BlockKind.ROW):
        return True
    return para.kind is None and (len(para.text.split()) > 8 or bool(_KNOWN.match(para.text)))


def _levels(paras: Sequence[Para]) -> list[Para]:
    """Give headings without a level one: capitals 1, others 2, those that recur one more.

    Where the format marks headings, the others are one level below the last marked one.
    """
    heads = [para for para in paras if para.kind is BlockKind.HEADING and not para.level]
    seen = Counter(para.text.casefold() for para in heads)
    capitals = any(para.text.isupper() for para in heads)
    levelled: list[Para] = []
    marked = 0
    for para in paras:
        if para.level or not (para.kind is BlockKind.HEADING or para.role is Role.SUBJECT):
            marked = para.level if para.kind is BlockKind.HEADING else marked
            levelled.append(para)
            continue
        shouted = para.text.isupper()
        level = 1 if shouted or not capitals else 2
        level = marked + 1 if marked else level
        recurs = seen[para.text.casefold()] > 1 and not shouted
        level += recurs and para.kind is BlockKind.HEADING
        levelled.append(replace(para, level=level))
    return levelled
