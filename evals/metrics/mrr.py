"""Reciprocal rank: 1 / rank of the first passage that finds any gold quote, 0 if none does.

Source: Voorhees 1999 (TREC-8 question answering); trec_eval's ``recip_rank``. Its mean is MRR.
"""

from __future__ import annotations

from evals.judged import Judged


def reciprocal_rank(judged: Judged) -> float | None:
    """Over all passages searched for; does not apply to questions without gold."""
    if not judged.question.gold:
        return None
    ranks = (rank for rank, found in enumerate(judged.found, start=1) if found)
    return 1 / next(ranks, float("inf"))
