"""Put questions beside passages that nobody has marked: ``python -m evals.reading.pairs OUT``.

Teachers say of each pair what answers (``evals.reading.distil``). A passage of another authority
is asked without the question's place, since whose words it reads is not the reader's to decide.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.reading import data
from evals.reading.data import Excerpt, Question
from evals.reading.reports import reported
from evals.reading.wordings import without_authority
from index import models

BESIDE, ELSEWHERE = 2, 3
"""Passages of the same authority, and of others, beside each question."""
WHOLE, NEAR = 0.4, 8
"""Share of questions put to all of another report, and how many of the nearest it is one of."""


class Pairing:
    """Questions that are trained on and the excerpts nearest to each in meaning.

    Args:
        folder: of the files that are trained on; what is held out of them is left out.
    """

    def __init__(self, folder: Path, seed: int = 1) -> None:
        found = data.excerpts(*sorted(folder.glob("*excerpts*.jsonl")))
        self._ours = [e for e in found.values() if not e.ours and not e.held_out]
        self._chance = random.Random(seed)
        asked = [
            q for p in sorted(folder.glob("*questions*.jsonl")) for q in data.questions(p, found)
        ]
        asked += [
            one.over[0] for p in sorted(folder.glob("reports*.jsonl")) for one in reported(p, found)
        ]
        self._asked = list({q.text: q for q in asked if self._trained(q.excerpt)}.values())
        self._texts = [without_authority(q.text, q.excerpt.authority) for q in self._asked]

    @staticmethod
    def _trained(excerpt: Excerpt) -> bool:
        return not excerpt.ours and not excerpt.held_out

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield a question with an excerpt, or with a whole report, by their ids."""
        for question, text, near in zip(self._asked, self._texts, self._near(), strict=True):
            rest = [self._ours[n] for n in near if self._ours[n] is not question.excerpt]
            yield from self._beside(question, text, rest)
            if self._chance.random() < WHOLE:
                others = (e.report for e in rest if e.report != question.excerpt.report)
                nearest = list(dict.fromkeys(others))[:NEAR]
                yield {"question": text, "report": self._chance.choice(nearest)}

    def _beside(
        self, question: Question, text: str, rest: list[Excerpt]
    ) -> Iterator[dict[str, str]]:
        own = question.excerpt
        same = [e for e in rest if e.authority == own.authority][:BESIDE]
        others = [e for e in rest[: 4 * ELSEWHERE] if e.authority != own.authority]
        chosen = self._chance.sample(others, min(ELSEWHERE, len(others)))
        yield from ({"question": question.text, "excerpt": e.excerpt_id} for e in same)
        yield from ({"question": text, "excerpt": e.excerpt_id} for e in chosen)

    def _near(self) -> NDArray[np.int64]:
        """The eighty nearest excerpts of each question, shape (questions, 80)."""
        embedder = models.embedder(models.DEFAULT_EMBEDDER)
        said = [f"{e.heading}: {' '.join(e.sentences)}" for e in self._ours]
        alike = embedder.embed_queries(self._texts) @ embedder.embed_passages(said).T
        return np.argsort(-alike)[:, :80]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pairs to the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=data.DATA)
    args = parser.parse_args(argv)
    with args.out.open("w", encoding="utf-8") as out:
        for pair in Pairing(args.data).rows():
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
