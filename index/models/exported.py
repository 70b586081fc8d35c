"""Any model that sentence-transformers loads, exported once to ONNX and then run without torch.

sentence-transformers owns the model: its files, prompts and pooling. What it exported does the
encoding, four to six times as fast here with the same vectors (evals/LOG.md #exported-1). A model
whose parts cannot be exported, or that would give other vectors, is left to sentence-transformers.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.models import packaged
from index.models.onnx import OnnxModel
from index.models.sentence_transformer import SentenceTransformerEmbedder, fingerprint_of
from index.ports import Embedder, Vectors

CACHE = Path.home() / ".cache" / "inspection-assistant" / "models"
LEAST_COSINE = 0.9999
"""An export that differs by more from what sentence-transformers gives is not used."""
_FACTS = "embedder.json"
_SAMPLES = ("Children wait.", "Leaders know this service well, and act on what they learn. " * 9)
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")


class ExportedEmbedder:
    """An exported model (``Embedder``); ``name`` and ``fingerprint`` are the original's."""

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        self.name = name
        self.fingerprint = fingerprint
        self.dim = int(facts["dim"])
        self.max_tokens = int(facts["max_tokens"])
        self._pooling = facts["pooling"]
        self._prompts = facts["prompts"]
        self._model = OnnxModel(folder, self.max_tokens)

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``, special ones included, before any cutting."""
        return len(self._model.tokenize([text])[0])

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32, shape (n, dim), rows of unit L2 norm."""
        return self._embed([self._prompts["document"] + text for text in texts], progress)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As ``embed_passages``, with the model's query prompt where it has one."""
        return self._embed([self._prompts["query"] + text for text in texts], None)

    def _embed(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> Vectors:
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for n, hidden in self._model.run(self._model.tokenize(texts), progress=progress):
            pooled = hidden[0] if self._pooling == "cls" else hidden.mean(axis=0)
            out[n] = pooled / np.linalg.norm(pooled)
        return out


def embedder(name: str, cache: Path = CACHE) -> Embedder:
    """Return the model called ``name``, exported where it can be.

    Args:
        name: ``"minilm"``, a folder, or a hub name.
        cache: where exports are kept.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    place = packaged.folder(name) if name in packaged.NAMES else Path(name)
    if place.is_dir():
        fingerprint = fingerprint_of(name, place)
        if (cache / fingerprint[:16] / _FACTS).is_file():
            return ExportedEmbedder(cache / fingerprint[:16], name, fingerprint)
    original = SentenceTransformerEmbedder(name)
    try:
        return _exported(original, cache / original.fingerprint[:16])
    except Exception:  # noqa: BLE001  # whatever an architecture's export fails with
        return original


def _exported(original: SentenceTransformerEmbedder, folder: Path) -> Embedder:
    if not (folder / _FACTS).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            made = Path(temporary) / "model"
            made.mkdir()
            _export(original.model, made)
            _check(original, ExportedEmbedder(made, original.name, original.fingerprint))
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    return ExportedEmbedder(folder, original.name, original.fingerprint)


def _check(original: Embedder, export: Embedder) -> None:
    for ours, theirs in (
        (export.embed_passages(_SAMPLES), original.embed_passages(_SAMPLES)),
        (export.embed_queries(_SAMPLES), original.embed_queries(_SAMPLES)),
    ):
        if float((ours * theirs).sum(axis=1).min()) < LEAST_COSINE:
            raise ValueError("the export gives other vectors")


def _export(model: Any, folder: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and what else ``ExportedEmbedder`` must know."""
    import torch

    transformer, pooling = model[0], model[1]
    encoding = transformer.tokenizer(list(_SAMPLES), padding=True, return_tensors="pt")
    names = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in encoding]

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = transformer.auto_model

        def forward(self, *inputs: Any) -> Any:
            return self.inner(**dict(zip(names, inputs, strict=True))).last_hidden_state

    axes = {name: {0: "texts", 1: "tokens"} for name in [*names, "hidden"]}
    inputs, path = tuple(encoding[name] for name in names), str(folder / "model.onnx")
    with warnings.catch_warnings():  # of the exporter's own making
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Hidden().eval(), inputs, path, input_names=names, output_names=["hidden"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    transformer.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    facts = {
        "dim": model.get_embedding_dimension(),
        "max_tokens": model.max_seq_length,
        "pooling": pooling.pooling_mode,
        "prompts": _prompts(model),
    }
    (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _prompts(model: Any) -> dict[str, str]:
    known = {name: text for name, text in model.prompts.items() if text}
    default = known.get(model.default_prompt_name or "", "")
    document = next((known[name] for name in _DOCUMENT_PROMPTS if name in known), default)
    return {"query": known.get("query", default), "document": document}
