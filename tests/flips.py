"""Flip bits of an index, one at a time, and see what a reader is told.

``python -m tests.flips 10000`` does what CI does with a few hundred: after each flip the index is
opened and read whole. What it gives must be what was built, or an error of ours must say that
the index is damaged. Nothing else may come out.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from index.errors import AssistantError
from index.store.collection import Collection
from tests.fakes import HashingEmbedder, builder, corpus

QUESTIONS = ("connected carers are assessed", "visit 3 Torbay", "plans drift")


def built(place):
    """An index of letters in two segments, with a document removed."""
    folder = place / "index"
    builder(folder).build([corpus(place / "letters", range(4))])
    builder(folder).add([corpus(place / "more", range(4, 7))])
    with closing(Collection(folder)) as store:
        gone = store.identities()[1].doc_id
    builder(folder).remove([gone])
    return folder


def readings(folder):
    """Each thing that a reader asks of an index: its name, and how to get it."""
    embed = HashingEmbedder().embed_queries
    with closing(Collection(folder)) as store:
        ids = [identity.doc_id for identity in store.identities()]
        yield "identities", store.identities
        for doc in ids:
            yield f"document {doc}", lambda doc=doc: store.document(doc)
            yield f"passages {doc}", lambda doc=doc: store.passages_of(doc)
        for question in QUESTIONS:
            yield (
                "matching",
                lambda q=question: store.passages([name for name, _ in store.matching(q, 5)]),
            )
            yield (
                "nearest",
                lambda q=question: store.passages(
                    [name for name, _ in store.nearest(embed([q])[0], 5)]
                ),
            )
            yield "writing", lambda q=question: store.writing_of(q)
        for doc in ids:
            names = [passage.passage_id for passage in store.passages_of(doc)]
            yield "tokens", lambda names=names: [part.shape[1] for part in store.get(names)]


def texts(value):
    """All that could be printed of what was read."""
    return repr(value)


def read(folder):
    """What a reader gets, by name; and the errors of ours that it meets."""
    got, told = {}, 0
    asked = readings(folder)
    try:
        for name, ask in asked:
            try:
                got.setdefault(name, []).append(ask())
            except AssistantError:
                told += 1
    except AssistantError:
        told += 1
    return got, told


def flipped(path, choice):
    """Flip one bit of a file; returns what undoes it."""
    raw = path.read_bytes()
    at, bit = choice.randrange(len(raw)), 1 << choice.randrange(8)
    path.write_bytes(raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :])
    return raw, at


def wrong(good, got):
    """Names of what was read and is another text than was built; an order is no text."""
    known = {repr(passage) for value in good.values() for part in value for passage in _each(part)}
    return [
        name
        for name, values in got.items()
        for value in values
        if name not in ("tokens", "writing")
        if any(repr(one) not in known for one in _each(value))
    ]


def _each(value):
    return value if isinstance(value, list | tuple) else [value]


def run(flips, seed, folder):
    """Flip and read; returns what became of each flip, and the flips that must not be."""
    good, told = read(folder)
    assert not told
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    choice, outcomes, bad = random.Random(seed), Counter(), []
    for number in range(flips):
        path = files[number % len(files)]
        raw, at = flipped(path, choice)
        try:
            got, told = read(folder)
            names = wrong(good, got)
            outcomes["wrong" if names else "told" if told else "no harm"] += 1
            bad += [(path.name, at, name) for name in names]
        except Exception as error:  # noqa: BLE001 - what must not happen is counted
            outcomes["unplanned"] += 1
            bad.append((path.name, at, repr(error)[:200]))
        finally:
            path.write_bytes(raw)
    return outcomes, bad


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp())
    try:
        outcomes, bad = run(int(sys.argv[1]), 17, built(place))
        print(dict(outcomes), *bad[:20], sep="\n")  # noqa: T201 - a command of its own
    finally:
        shutil.rmtree(place)
    sys.exit(bool(bad))
