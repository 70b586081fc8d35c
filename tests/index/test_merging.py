import math
import random

import pytest

from index.store import merging
from index.store.manifest import SegmentEntry
from tests.contracts.stores import SETTINGS


def entry(name, passages, documents=(), removed=()):
    return SegmentEntry(name, {}, tuple(documents), tuple(removed), passages)


@pytest.fixture
def joins(monkeypatch):
    """Sizes of the segments joined, join by join; nothing is written."""
    told = []

    def joined(folder, entries, settings):
        told.append(sorted(one.passages for one in entries))
        return entry(f"joined-{len(told)}", sum(told[-1]))

    monkeypatch.setattr(merging, "_joined", joined)
    return told


def test_few_segments_are_left_apart(joins):
    held = tuple(entry(f"{n}", 5) for n in range(8))
    assert merging.merged(None, held, SETTINGS) == held
    assert joins == []


def test_large_segments_are_left_as_they_are(joins):
    large = [entry(f"large-{n}", 100_000) for n in range(12)]
    small = [entry(f"{n}", 5) for n in range(8)]
    assert merging.merged(None, (*large, *small), SETTINGS) == (*large, *small)
    found = merging.merged(None, (*large, *small, entry("new", 1)), SETTINGS)
    assert found[:12] == tuple(large)
    assert joins == [[1, *[5] * 8]]


def test_the_segments_of_a_build_become_one(joins):
    held = tuple(entry(f"{n}", 2300 + n) for n in range(440))
    assert [one.passages for one in merging.merged(None, held, SETTINGS)] == [sum(joins[0])]
    assert len(joins[0]) == 440


def test_a_large_segment_that_was_mostly_removed_counts_as_small(joins):
    documents = [f"{n}" for n in range(100)]
    mostly_gone = entry("large", 200_000, documents, documents[:98])
    held = (mostly_gone, *(entry(f"{n}", 900) for n in range(8)))
    merging.merged(None, held, SETTINGS)
    assert joins == [[900] * 8 + [200_000]]


def test_a_document_is_copied_few_times_while_a_collection_grows(joins):
    choice, held, added = random.Random(1), (), 0
    for n in range(5000):
        size = choice.randint(10, 130)
        added += size
        held = merging.merged(None, (*held, entry(f"new-{n}", size)), SETTINGS)
        assert sum(one.passages < merging.LARGE_PASSAGES for one in held) <= 8
    assert sum(one.passages for one in held) == added
    assert sum(map(sum, joins)) / added < math.log2(5000)
