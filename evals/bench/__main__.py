"""Measures and prints, one figure a line; judges nothing and fails nothing."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

SECTIONS = ("embedding", "loading", "scale", "latency")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections chosen."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--letters", type=Path, metavar="DIR", help="folder of PDF letters")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, with commas between")
    parser.add_argument("--million", action="store_true", help="also a million passages")
    chosen = parser.parse_args(arguments)
    sections = chosen.only.split(",")
    if unknown := set(sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}: choose from {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory() as place:
        for line in _lines(sections, chosen.letters, chosen.million, Path(place)):
            print(line, flush=True)


def _lines(
    sections: Sequence[str], letters: Path | None, million: bool, place: Path
) -> Iterator[object]:
    real = place / "real"
    if "embedding" in sections:
        from evals.bench.embedding import embedding

        yield from embedding(letters)
    if "loading" in sections:
        from evals.bench.loading import loading

        yield from loading(letters)
    if "scale" in sections:
        from evals.bench.scale import ARCHIVE, scale

        yield from scale(real, letters, [ARCHIVE, 100_000, *([1_000_000] if million else [])])
    if "latency" in sections:
        from evals.bench import corpus
        from evals.bench.latency import latency
        from index.compose import builder

        if not real.exists():
            builder(real).build(corpus.folders(letters))
        yield from latency(real)


if __name__ == "__main__":
    main()
