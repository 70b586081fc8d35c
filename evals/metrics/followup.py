"""Follow-up retention: of the follow-ups that can be found, those found in conversation.

A follow-up counts when its standalone wording finds gold in the first five passages; it scores
1 when the turn itself, with the system's own earlier answers as history, finds gold in the
first five too. What is lost is lost by misunderstanding, not by searching.
"""

from __future__ import annotations

from evals.judged import Judged

FIRST = 5


def retention(judged: Judged) -> float | None:
    """Applies to later turns whose standalone wording finds gold."""
    standalone = judged.standalone_found
    if standalone is None or not judged.question.gold or not any(standalone[:FIRST]):
        return None
    return float(any(judged.found[:FIRST]))
