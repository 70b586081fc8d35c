"""What a reader has seen after so many words of hits, best first.

hit@k rewards large passages; at equal reading length retrievers with passages of different
sizes can be compared. Words are runs of non-space characters; the passage in which the limit
falls is cut there.
"""

from __future__ import annotations

import re

from evals.judged import Found, Judged, finds

_WORD = re.compile(r"\S+")


def found_within(judged: Judged, limit: int) -> Found:
    """Gold found in each hit that is (partly) shown within the first ``limit`` words."""
    out: list[frozenset[int]] = []
    left = limit
    for hit, whole in zip(judged.result.hits, judged.found, strict=True):
        ends = [m.end() for m in _WORD.finditer(hit.text)]
        if len(ends) <= left:
            out.append(whole)
        elif left:
            part = hit.text[: ends[left - 1]]
            gold = judged.question.gold
            out.append(frozenset(i for i in whole if finds(gold[i], hit, part)))
        left = max(0, left - len(ends))
    return tuple(out)
