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

from evals.reading import data
from evals.reading.batches import without_authority
from index import models

BESIDE, ELSEWHERE = 2, 3
"""Passages of the same authority, and of others, beside each question."""


def pairs(folder: Path, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield each question that is trained on with the passages nearest to it in meaning."""
    found = data.excerpts(*sorted(folder.glob("*excerpts*.jsonl")))
    ours = [e for e in found.values() if not e.ours and not e.held_out]
    embedder, chance = models.embedder(models.DEFAULT_EMBEDDER), random.Random(seed)
    said = [f"{e.heading}: {' '.join(e.sentences)}" for e in ours]
    vectors = embedder.embed_passages(said)
    asked = {
        q.text: q
        for path in sorted(folder.glob("*questions*.jsonl"))
        for q in data.questions(path, found)
        if not q.excerpt.ours and not q.excerpt.held_out
    }
    texts = [without_authority(q.text, q.excerpt.authority) for q in asked.values()]
    near = np.argsort(-(embedder.embed_queries(texts) @ vectors.T))[:, :80]
    for question, text, order in zip(asked.values(), texts, near, strict=True):
        own = question.excerpt
        rest = [ours[n] for n in order if ours[n].excerpt_id != own.excerpt_id]
        same = [e for e in rest if e.authority == own.authority][:BESIDE]
        others = [e for e in rest[: 4 * ELSEWHERE] if e.authority != own.authority]
        chosen = chance.sample(others, min(ELSEWHERE, len(others)))
        yield from ({"question": question.text, "excerpt": e.excerpt_id} for e in same)
        yield from ({"question": text, "excerpt": e.excerpt_id} for e in chosen)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pairs to the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=data.DATA)
    args = parser.parse_args(argv)
    with args.out.open("w", encoding="utf-8") as out:
        for pair in pairs(args.data):
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
