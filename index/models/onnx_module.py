"""The packaged ONNX weights as a module of a ``SentenceTransformer``, for those who want one.

It fits wherever sentence-transformers is spoken: evaluation suites, Haystack, LangChain. Our
own questions go through ``onnx_embedder``, which needs no torch; a test holds the two to the
same vectors.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Tokenizer

from index.models import packaged
from index.models.onnx import OnnxModel
from index.models.onnx_embedder import QUERY_PROMPT, OnnxEmbedder


class OnnxModule(InputModule):
    """Token vectors by ONNX Runtime; it cannot be trained.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``.
        max_seq_length: tokens read of one text; more is cut off.
    """

    config_keys = ["max_seq_length"]  # noqa: RUF012  # as theirs
    save_in_root = True

    def __init__(self, folder: Path, max_seq_length: int = 512) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # theirs
        self.folder = folder
        self.max_seq_length = max_seq_length
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._model = OnnxModel(folder, max_tokens=max_seq_length)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Padded ``input_ids`` and ``attention_mask``, int64, shape (n, longest)."""
        rows = self._model.tokenize([(prompt or "") + text for text in inputs])
        longest = min(max(map(len, rows), default=0), self.max_seq_length)
        ids = torch.zeros((len(rows), longest), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for n, row in enumerate(rows):
            cut = row if len(row) <= longest else [*row[: longest - 1], row[-1]]
            ids[n, : len(cut)] = torch.tensor(cut)
            mask[n, : len(cut)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add ``token_embeddings``, float32, shape (n, longest, dim), zero where padded."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        ids = [row[:n].tolist() for row, n in zip(features["input_ids"], lengths, strict=True)]
        found = dict(self._model.run(ids))
        width, dim = features["input_ids"].shape[1], found[0].shape[1]
        out = np.zeros((len(ids), width, dim), dtype=np.float32)
        for n, hidden in found.items():
            out[n, : len(hidden)] = hidden
        return {**features, "token_embeddings": torch.from_numpy(out)}

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Copy the weights and the tokenizer."""
        for name in ("model.onnx", "tokenizer.json"):
            shutil.copy(self.folder / name, Path(output_path) / name)
        self.save_config(output_path)

    @classmethod
    def load(  # type: ignore[override]  # from a folder only
        cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any
    ) -> OnnxModule:
        """Load what ``save`` wrote."""
        folder = Path(model_name_or_path) / subfolder
        config = cls.load_config(model_name_or_path, subfolder=subfolder)
        return cls(folder, **config)


def packaged_sentence_transformer(name: str = OnnxEmbedder.name) -> SentenceTransformer:
    """The packaged embedder as a ``SentenceTransformer``: [CLS] pooling, unit vectors, prompts.

    Raises:
        ModelUnavailable: its package is not installed.
    """
    modules = [
        OnnxModule(packaged.folder(name)),
        Pooling(OnnxEmbedder.dim, pooling_mode="cls"),
        Normalize(),
    ]
    prompts = {"query": QUERY_PROMPT, "document": ""}
    return SentenceTransformer(
        modules=cast("list[torch.nn.Module]", modules), prompts=prompts, device="cpu"
    )
