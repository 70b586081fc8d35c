"""Indexes of given vectors and texts, in one segment or several, for the port suites."""

import numpy as np

from index.store import manifest, segment
from index.store.collection import Collection
from index.store.manifest import Held, Manifest, Settings
from index.types import BlockKind, Passage, Sentence
from tests.fakes import document, identity

SETTINGS = Settings("1", "1", "{}", "given", "f", "given", "e")


def doc_id(number):
    return f"{number:016x}"


def given_index(folder, rows, cuts=(), removed=()):
    """An open index whose passages are ``rows``: (document number, vector, text, tokens).

    Args:
        cuts: document numbers that begin a new segment.
        removed: document numbers with a tombstone.
    """
    groups, current = [], []
    for row in rows:
        if row[0] in cuts and current and current[-1][0] != row[0]:
            groups.append(current)
            current = []
        current.append(row)
    groups.append(current)
    gone = tuple(doc_id(number) for number in removed)
    entries = [
        segment.write(folder, f"s-{n}", given_data(group))
        for n, group in enumerate(groups)
        if group
    ]
    numbers = sorted({row[0] for row in rows})
    whole = Manifest(
        SETTINGS,
        tuple(entries),
        {doc_id(n): Held((f"{n}.txt",), "c") for n in numbers},
    )
    folder.mkdir(exist_ok=True)
    manifest.write(folder, manifest.without(whole, frozenset(gone)))
    return Collection(folder)


def given_data(rows):
    """Documents, passages and vectors of ``rows``, as a segment takes them."""
    documents, passages = [], []
    for number in sorted({row[0] for row in rows}):
        texts = [row[2] for row in rows if row[0] == number]
        made = document([(BlockKind.PARAGRAPH, text) for text in texts], identity(doc_id(number)))
        documents.append(made)
        passages += [_passage(made, n) for n in range(len(texts))]
    dim = len(rows[0][1])
    return segment.SegmentData(
        documents=documents,
        passages=passages,
        texts=[row[2] for row in rows],
        vectors=np.array([row[1] for row in rows], dtype=np.float32).reshape(-1, dim),
        tokens=[row[3] for row in rows],
        token_dim=rows[0][3].shape[1],
    )


def _passage(made, number):
    block = made.blocks[number]
    return Passage(
        passage_id=f"{made.doc_id}-{number:04d}",
        doc_id=made.doc_id,
        source="letter.txt",
        start=block.start,
        end=block.end,
        text=made.text[block.start : block.end],
        heading="",
        page=None,
        paragraph=None,
        sentences=(Sentence(block.start, block.end, "", number),),
    )
