"""Fits the projection of token vectors: ``python -m evals.fit_projection FOLDER …``.

An uncentred SVD over the token vectors of all passages under the folders; the first columns
keep most of their length. Writes ``index/data/colbert_projection.npy``; every index made
before is then rebuilt. The shipped one is of ``seeds`` and the sample letters
(evals/LOG.md #tokens-1).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index import models
from index.building import files
from index.building.documents import load
from index.errors import LoadError
from index.models.colbert import ColbertEncoder
from index.passages import chunking

OUT = Path(__file__).parents[1] / "index" / "data" / "colbert_projection.npy"


def main() -> None:
    """Read the folders, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--dim", type=int, default=96)
    given = parser.parse_args()
    moments = np.zeros((384, 384))
    for hidden in ColbertEncoder().hidden(list(_texts(given.folders))):
        moments += hidden.astype(np.float64).T @ hidden
    _, vectors = np.linalg.eigh(moments)
    np.save(OUT, np.ascontiguousarray(vectors[:, ::-1][:, : given.dim], dtype=np.float32))


def _texts(folders: list[Path]) -> Iterator[str]:
    """Yield what is indexed of every passage under the folders."""
    count = models.embedder(models.DEFAULT_EMBEDDER).count_tokens
    for found in files.scan(folders):
        try:
            document = load(found)
        except LoadError:
            continue  # the build reports such files; they cannot help a fit
        for passage in chunking.passages(document, count, chunking.ChunkSettings()):
            yield chunking.embedded_text(document.identity, passage)


if __name__ == "__main__":
    main()
