"""Keep and sum up what a panel of readers said of answers: good, acceptable or bad.

A panel file has one JSON object a line: ``question``, ``verdict`` and ``reason``, and what else its
readers noted. Nothing is asked: people, or readers who saw only documents and product, gave the
verdicts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

VERDICTS = ("good", "acceptable", "bad")


@dataclass(frozen=True)
class Verdict:
    """What one reader said of one answer."""

    question: str
    verdict: str
    reason: str


def read(path: Path) -> list[Verdict]:
    """Read a panel file.

    Raises:
        ValueError: a line lacks a field, or its verdict is none of ``VERDICTS``; says where.
    """
    found = []
    for n, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            verdict = Verdict(row["question"], row["verdict"], row.get("reason", ""))
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}, line {n}: no verdict on a question ({error})") from error
        if verdict.verdict not in VERDICTS:
            raise ValueError(
                f"{path}, line {n}: the verdict {verdict.verdict!r} is none of "
                f"{', '.join(VERDICTS)}"
            )
        found.append(verdict)
    return found


def figures(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Return the share of each verdict with its 95 % interval (Wilson 1927)."""
    counted = Counter(verdict.verdict for verdict in verdicts)
    return {
        "questions": len(verdicts),
        **{
            name: {"share": round(counted[name] / max(len(verdicts), 1), 4)}
            | dict(zip(("low", "high"), _wilson(counted[name], len(verdicts)), strict=True))
            for name in VERDICTS
        },
    }


def _wilson(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    if not of:
        return 0.0, 1.0
    share = count / of
    middle = share + z * z / (2 * of)
    spread = z * float(np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)))
    whole = 1 + z * z / of
    return round((middle - spread) / whole, 4), round((middle + spread) / whole, 4)
