"""All that the reader is trained on, and what is held out, as batches that come in order."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from torch.utils.data import IterableDataset, get_worker_info

from evals.reading import data
from evals.reading.batches import MOST, TOKENS, Batch, collate, grouped
from evals.reading.data import Excerpt
from evals.reading.reports import batched, items, reported, unmarked
from evals.reading.varied import Item, Varied
from index.models.reader_input import InputWriter

T = TypeVar("T")


class Material:
    """All that is trained on, and what is held out.

    Args:
        learnt: names of files that the start has learnt: of each a ``share`` is seen again.
        pairs: a file of ``evals.reading.pairs``, which nobody has marked: teachers say of them.
        without: names of files that are not trained on.
        miscited: teachers say of claims with other citations too.
    """

    def __init__(
        self,
        folder: Path,
        writer: InputWriter,
        whole: bool = False,
        learnt: Collection[str] = (),
        share: float = 1.0,
        pairs: Path | None = None,
        without: Collection[str] = (),
        miscited: bool = False,
    ) -> None:
        found = data.excerpts(*sorted(folder.glob("*excerpts*.jsonl")))
        asked = {
            p.name: [q for q in data.questions(p, found) if not q.excerpt.ours]
            for p in sorted(folder.glob("*questions*.jsonl"))
        }
        claimed = {
            p.name: [c for c in data.claims(p, found) if not c.excerpt.ours]
            for p in sorted(folder.glob("*claims*.jsonl"))
        }
        self.learnt, self.share = frozenset(learnt), share
        self.held_questions = [q for every in asked.values() for q in every if q.excerpt.held_out]
        self.held_claims = [c for every in claimed.values() for c in every if c.excerpt.held_out]
        self.questions = {
            name: [q for q in every if whole or not q.excerpt.held_out]
            for name, every in asked.items()
            if name not in without
        }
        self.claims = {
            name: [c for c in every if whole or not c.excerpt.held_out]
            for name, every in claimed.items()
            if name not in without
        }
        over = {p.name: reported(p, found) for p in sorted(folder.glob("reports*.jsonl"))}
        self.held_reports = [one for every in over.values() for one in every if one.held_out]
        self.reports = {
            name: [one for one in every if whole or not one.held_out]
            for name, every in over.items()
            if name not in without
        }
        self.excerpts = list(found.values())
        self.pairs, self.lists = _unmarked(pairs, found) if pairs else ([], [])
        self.writer, self.miscited = writer, miscited

    def epoch(
        self,
        chance: random.Random,
        part: tuple[int, int] = (0, 1),
        size: tuple[int, int] = (TOKENS, MOST),
    ) -> list[list[Item]]:
        """Return the batches of one pass, each item varied anew, in random order.

        Args:
            part: its number and how many there are: everything is seen once over all of them.
            size: tokens and rows of a batch, at most.
        """
        number, of = part
        varied = Varied(self.writer, self.excerpts, chance)
        asked = [varied.question(q) for q in self._some(self.questions, chance, part)]
        asked += [varied.unmarked(text, where) for text, where in self.pairs[number::of]]
        claims = list(self._some(self.claims, chance, part))
        claimed = [varied.claim(c) for c in claims]
        if self.miscited:
            claimed += [varied.miscited(c) for c in claims]
        found = [group for rows in (asked, claimed) if rows for group in grouped(rows, *size)]
        lists = [items(varied, one) for one in self._some(self.reports, chance, part)]
        lists += [unmarked(varied, text, over) for text, over in self.lists[number::of]]
        found += batched(lists, size[0])
        chance.shuffle(found)
        return found

    def _some(
        self, files: Mapping[str, list[T]], chance: random.Random, part: tuple[int, int]
    ) -> Iterator[T]:
        """Yield a part of what there is in order, and of files learnt before a share."""
        number, of = part
        for name, every in files.items():
            for one in every[number::of]:
                if name not in self.learnt or chance.random() < self.share:
                    yield one


def _unmarked(
    path: Path, of: Mapping[str, Excerpt]
) -> tuple[list[tuple[str, Excerpt]], list[tuple[str, list[Excerpt]]]]:
    """Read questions with an excerpt, and questions with all of a report."""
    reports: dict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in of.values():
        reports[excerpt.report].append(excerpt)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(row["question"], of[row["excerpt"]]) for row in rows if "excerpt" in row]
    return pairs, [(row["question"], reports[row["report"]]) for row in rows if "report" in row]


class Stream(IterableDataset[Batch]):
    """Every batch of every pass; each worker of a loader makes its part of each.

    Args:
        size: tokens and rows of a batch, at most.
    """

    def __init__(
        self, material: Material, epochs: int, seed: int, size: tuple[int, int] = (TOKENS, MOST)
    ) -> None:
        self._material, self._epochs, self._seed, self._size = material, epochs, seed, size

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        part = (worker.id, worker.num_workers) if worker else (0, 1)
        for epoch in range(self._epochs):
            for group in self._material.epoch(self._chance(epoch, part[0]), part, self._size):
                yield collate(group)

    def steps(self, workers: int) -> int:
        """Return how many batches there are, the first part's for every other's."""
        parts = max(workers, 1)
        first = self._material.epoch(self._chance(0, 0), (0, parts), self._size)
        return len(first) * parts * self._epochs

    def _chance(self, epoch: int, part: int) -> random.Random:
        return random.Random(self._seed * 1000 + epoch + part * 1_000_000)
