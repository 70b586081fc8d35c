"""nDCG@10: DCG of the ranking / DCG of the best one possible.

DCG@10 = sum over positions i ≤ 10 of gain(i) / log2(i + 1), gain 1 for a relevant position
(Järvelin and Kekäläinen 2002; trec_eval's ``ndcg_cut_10``). Passages have no fixed set of
relevant ones, since every retriever cuts its own, so gold groups are ranked: a passage stands
for each group that it is the first to find (several groups take several positions), and for
one position without gain when it finds nothing new.
"""

from __future__ import annotations

from math import log2

from evals.judged import Judged

DEPTH = 10


def ranking(judged: Judged) -> list[str]:
    """List ids in order: ``g<n>`` for a gold group, a passage's place for nothing new."""
    seen: set[int] = set()
    out: list[str] = []
    for place, found in enumerate(judged.found, start=1):
        groups = enumerate(judged.question.groups)
        new = [n for n, group in groups if n not in seen and found.intersection(group)]
        seen.update(new)
        out += [f"g{n}" for n in new] or [f"p{place}"]
    return out


def ndcg(judged: Judged) -> float | None:
    """nDCG@10 over gold groups; does not apply to questions without gold."""
    groups = len(judged.question.groups)
    if not groups:
        return None
    gains = (name.startswith("g") for name in ranking(judged)[:DEPTH])
    gained = sum(gain / log2(i + 1) for i, gain in enumerate(gains, start=1))
    return gained / sum(1 / log2(i + 1) for i in range(1, min(DEPTH, groups) + 1))
