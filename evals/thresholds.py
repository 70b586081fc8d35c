"""Try thresholds of the decision: ``python -m evals.thresholds NAME=V,V SUITE@INDEX``.

Prints, for each value, the figures that the decision moves; it changes nothing. Readings are kept
from one value to the next, so that a value costs no reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answerers.decide import Thresholds
from assistant.answerers.extractive import ExtractiveAnswerer
from evals.report.terminal import stdout
from evals.variants import columns, measured
from index import models
from index.compose import retriever
from index.models.heads import Heads
from index.models.reader import TrainedReader
from index.store.collection import Collection
from index.types import Hit, Reading

SHOWN = (
    "status", "refusal_recall", "false_refusal", "first_citation", "any_citation@5",
    "citation_precision", "fact_recall",
)  # fmt: skip


class Remembering(TrainedReader):
    """A reader that reads nothing twice."""

    def __init__(self) -> None:
        super().__init__(Heads(models.embedder(models.DEFAULT_EMBEDDER)))
        self._known: dict[tuple[str, str], Reading] = {}

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read what was not read before."""
        lacking = [h for h in hits if (question, h.passage.passage_id) not in self._known]
        for hit, found in zip(lacking, super().read(question, lacking), strict=True):
            self._known[(question, hit.passage.passage_id)] = found
        known = [self._known[(question, hit.passage.passage_id)] for hit in hits]
        return [replace(reading, hit=hit) for reading, hit in zip(known, hits, strict=True)]


def main(argv: Sequence[str] | None = None) -> None:
    """Try what is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("threshold", help="answers=.2,.3,.4")
    parser.add_argument("suites", nargs="+", help="SUITE@INDEX")
    args = parser.parse_args(argv)
    name, values = args.threshold.split("=")
    reader, out = Remembering(), stdout()
    out.print(f"{'':36}" + "".join(f"{title[:12]:>14}" for title in SHOWN))
    for pair in args.suites:
        suite, folder = pair.split("@")
        collection = Collection(Path(folder))
        search = retriever(collection)
        for value in values.split(","):
            limit = replace(Thresholds(), **{name: float(value)})
            answerer = ExtractiveAnswerer(search, collection, reader, None, limit)
            scores = measured(Path(suite), collection, search, answerer)
            out.print(
                f"{Path(suite).stem[:24]:25}{name[:6]}={value:5}" + columns(scores, SHOWN, 14)
            )


if __name__ == "__main__":
    main()
