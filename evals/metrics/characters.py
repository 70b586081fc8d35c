"""Character precision and recall of evidence against gold spans (LegalBench-RAG, Pipitone 2024).

precision = characters retrieved that are gold / characters retrieved
recall = gold characters retrieved / gold characters
Overlapping spans count once. Equivalent quotes need not all be shown: in each group the quote
that is covered best (by share, then the shorter) stands for the group, in recall only.
"""

from __future__ import annotations

from collections.abc import Iterable

from evals.judged import Judged
from evals.run.record import Cited, FoundPassage
from evals.spans import Pair, common, length, merged

FIRST = 5


def hit_precision(judged: Judged) -> float | None:
    """Return the precision of the first five passages."""
    return _precision(judged, judged.result.hits[:FIRST])


def hit_recall(judged: Judged) -> float | None:
    """Recall of the first five passages."""
    return _recall(judged, judged.result.hits[:FIRST])


def citation_precision(judged: Judged) -> float | None:
    """Return the precision of everything cited; unscored without citations."""
    return _precision(judged, judged.answer.citations) if judged.answer else None


def citation_recall(judged: Judged) -> float | None:
    """Recall of everything cited."""
    return _recall(judged, judged.answer.citations) if judged.answer else None


def _precision(judged: Judged, shown: Iterable[FoundPassage | Cited]) -> float | None:
    spans = _by_document(shown)
    if not judged.question.gold or not spans:
        return None
    gold: dict[str, list[Pair]] = {}
    for one in judged.question.gold:
        gold.setdefault(one.doc_id, []).append((one.start, one.end))
    right = sum(common(places, merged(gold.get(doc, []))) for doc, places in spans.items())
    return right / sum(length(places) for places in spans.values())


def _recall(judged: Judged, shown: Iterable[FoundPassage | Cited]) -> float | None:
    if not judged.question.groups:
        return None
    spans = _by_document(shown)
    covered, total = 0, 0
    for group in judged.question.groups:
        gold = [judged.question.gold[i] for i in group]
        parts = [
            (common([(g.start, g.end)], spans.get(g.doc_id, [])), g.end - g.start) for g in gold
        ]
        best = max(parts, key=lambda part: (part[0] / max(1, part[1]), -part[1]))
        covered, total = covered + best[0], total + best[1]
    return covered / total if total else None


def _by_document(shown: Iterable[FoundPassage | Cited]) -> dict[str, list[Pair]]:
    spans: dict[str, list[Pair]] = {}
    for one in shown:
        spans.setdefault(one.doc_id, []).append((one.start, one.end))
    return {doc_id: merged(places) for doc_id, places in spans.items()}
