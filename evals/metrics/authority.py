"""Wrong-authority rate: of the first five passages, the share that is about another authority.

For questions that name exactly one authority (``filters.authority``). A passage whose document
names no authority is not counted as another's; where no passage names one, the question is
unscored.
"""

from __future__ import annotations

from evals.judged import Judged

FIRST = 5


def wrong_authority(judged: Judged) -> float | None:
    """Share from 0 to 1, lower is better."""
    named = judged.question.authority
    first = judged.result.hits[:FIRST]
    if named is None or not any(hit.authority for hit in first):
        return None
    wrong = [h for h in first if h.authority and h.authority.casefold() != named.casefold()]
    return len(wrong) / len(first)
