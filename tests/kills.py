"""Kill a writer at chance moments, and see that readers find the old index or the new one, whole.

``python -m tests.kills 100`` kills half so many updates and half so many first builds; a few are
killed with the other slow tests.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from index.errors import IndexMissing
from index.store import manifest, segment
from index.store.collection import Collection
from tests.fakes import HashingEmbedder, builder, corpus

ROOT = Path(__file__).parents[1]
QUESTIONS = ("connected carers are assessed", "visit 7 Torbay", "plans drift", "Pre-birth babies")
UPDATES = """
import os, sys
from pathlib import Path
from tests.fakes import ReadHere, builder
import index.building.builder, index.building.preparing
index.building.builder.LoadingProcess = ReadHere
os.fsync = lambda handle: None  # what a process wrote outlives it
index.building.preparing.BATCH_DOCUMENTS = 2
for line in sys.stdin:
    folder, letters = line.rstrip("\\n").split("\\t")
    process = os.fork()
    if not process:
        builder(folder).build([Path(letters)])
        os._exit(0)
    print(process, flush=True)
    print(os.waitpid(process, 0)[1], flush=True)
"""


class Updates:
    """A process that updates an index in children of its own, which can be killed."""

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-c", UPDATES],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(self, folder, letters, kill_after_s=None):
        """Update once; returns the seconds that it took."""
        self._process.stdin.write(f"{folder}\t{letters}\n")
        self._process.stdin.flush()
        child, begun = int(self._process.stdout.readline()), time.monotonic()
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        assert status == 0 or (kill_after_s is not None and status == signal.SIGKILL)
        return time.monotonic() - begun


def contents(folder):
    """All that a reader can see of an index."""
    store = Collection(folder)
    embed = HashingEmbedder().embed_queries
    seen = {
        "documents": {i.doc_id: store.document(i.doc_id) for i in store.identities()},
        "passages": {i.doc_id: store.passages_of(i.doc_id) for i in store.identities()},
        "tokens": {
            p.passage_id: store.get([p.passage_id])[0].tolist()
            for i in store.identities()
            for p in store.passages_of(i.doc_id)
        },
        "nearest": [store.nearest(embed([q])[0], 12) for q in QUESTIONS],
        "matching": [store.matching(q, 12) for q in QUESTIONS],
        "words": store.words,
        "fingerprints": (store.manifest.corpus_fingerprint, store.manifest.index_fingerprint),
    }
    store.close()
    return seen


def verified(folder):
    held = manifest.read(folder)
    return [fault for entry in held.segments for fault in segment.verify(folder, entry)]


def fresh(tmp_path, letters):
    folder = tmp_path / f"fresh-{time.monotonic_ns()}"
    builder(folder).build([letters])
    return contents(folder)


def state(folder):
    """All that a reader can see, None where there is no index yet."""
    try:
        return contents(folder)
    except IndexMissing:
        return None


def killed(kills, begun, place):
    """Kill so many updates of an index, or builds of none; returns how often readers saw which,
    and what they must not have seen.
    """
    old, new = corpus(place / "old", range(6)), corpus(place / "new", range(3, 33))
    folder, backup = place / "index", place / "backup"
    folder.mkdir()
    if begun:
        builder(folder).build([old])
    states = {"old": state(folder), "new": fresh(place, new)}
    shutil.copytree(folder, backup)
    moments, outcomes, bad = random.Random(begun), Counter(), []
    with Updates() as updates:
        whole_s = updates.run(folder, new)
        for kill in range(kills):
            shutil.rmtree(folder)
            shutil.copytree(backup, folder)
            updates.run(folder, new, whole_s * 2 * moments.random())
            seen = state(folder)
            outcome = next((name for name, one in states.items() if one == seen), "another")
            outcomes[outcome] += 1
            if outcome == "another" or (seen is not None and verified(folder)):
                bad.append(f"kill {kill}: {outcome}")
            if kill % 10 == 0:  # what the machine does beside it may slow it down
                whole_s = max(whole_s, updates.run(folder, new))
                if contents(folder) != states["new"]:
                    bad.append(f"kill {kill}: the next update is not whole")
    return outcomes, bad


if __name__ == "__main__":
    bad = []
    for begun in (True, False):
        with tempfile.TemporaryDirectory() as place:
            outcomes, more = killed(int(sys.argv[1]) // 2, begun, Path(place))
        bad += more
        sys.stdout.write(f"{'updates' if begun else 'builds'}: {dict(outcomes)}\n")
    sys.stdout.write("".join(f"{one}\n" for one in bad))
    sys.exit(bool(bad))
