"""Make packaged int8 encoders trainable: ONNX weights into a torch BERT.

Each ``MatMulInteger`` node bears its parameter's path as its name; a weight is
``((q - zero) * scale)`` transposed. Logits differ from the packaged model's by less than .2
(``evals/LOG.md`` #reader-bases).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from index.models import packaged

BASES = ("ms-marco-minilm", "colbert-small", "bge-small")
"""The packaged encoders that a reader can start from; all have 12 layers of width 384."""
_HEAD = re.compile(r"^(\w+)\.\1\.(\d)")
"""A head's layer, which the export names twice."""
_MARKS = ("_scale", "_zero_point", "_quantized")


def narrow(device: str) -> torch.autocast:
    """Return the context in which states are computed as bfloat16, where that is no slower: on a
    processor without it a product takes ninety times as long.
    """
    able = device != "cpu" or "AVX512" in torch.backends.cpu.get_cpu_capability()
    return torch.autocast(device, dtype=torch.bfloat16, enabled=able)


@dataclass(frozen=True)
class Base:
    """An encoder to train, its tokenizer, and a cross-encoder's passage head where it has one.

    Attributes:
        head: weight (1, 384) and bias (1,) of the packaged classifier.
    """

    encoder: nn.Module
    tokenizer: Tokenizer
    head: tuple[torch.Tensor, torch.Tensor] | None

    @property
    def width(self) -> int:
        """Size of the encoder's states."""
        return int(self.encoder.config.hidden_size)  # type: ignore[union-attr, arg-type]


def load(name: str) -> Base:
    """Return the packaged encoder called ``name``, one of ``BASES``, as torch weights.

    Raises:
        ValueError: its file lacks a weight of the encoder.
    """
    folder = packaged.folder(name)
    state = _state(onnx.load(str(folder / "model.onnx")))
    encoder = BertModel(_config(state), add_pooling_layer=True)
    wanted = {key: state[key] for key in encoder.state_dict() if key in state}
    missing = set(encoder.state_dict()) - set(wanted) - {"embeddings.position_ids"}
    if any(not key.startswith("pooler") for key in missing):
        raise ValueError(f"{folder} lacks {', '.join(sorted(missing))}")
    encoder.load_state_dict(wanted, strict=False)
    head = (
        (state["classifier.weight"], state["classifier.bias"])
        if "classifier.weight" in state
        else None
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Base(encoder, tokenizer, head)


def of(folder: Path) -> Base:
    """Return the encoder and tokenizer of a reader that ``evals.reading.export`` wrote, where the
    packages that carry the bases are not installed.
    """
    inside = {
        name.removeprefix("encoder."): value
        for name, value in exported(folder).items()
        if name.startswith("encoder.")
    }
    encoder = BertModel(_config(inside), add_pooling_layer=True)
    encoder.load_state_dict(inside, strict=False)
    return Base(encoder, Tokenizer.from_file(str(folder / "tokenizer.json")), None)


def exported(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a reader that ``evals.reading.export`` wrote, to go on from: rounded
    to int8 once, which moves a sentence's logit by about .5 (``evals/LOG.md`` #whole-2).
    """
    state = _state(onnx.load(str(folder / "model.onnx")))
    return {_HEAD.sub(r"\1.\2", name): value for name, value in state.items()}


def _config(state: dict[str, torch.Tensor]) -> BertConfig:
    vocabulary, width = state["embeddings.word_embeddings.weight"].shape
    layers = 1 + max(int(key.split(".")[2]) for key in state if key.startswith("encoder.layer."))
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=width // 32,
        intermediate_size=state["encoder.layer.0.intermediate.dense.bias"].shape[0],
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )


def _state(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    arrays = {part.name: numpy_helper.to_array(part) for part in model.graph.initializer}
    state = {
        _short(name): torch.tensor(value)
        for name, value in arrays.items()
        if not name.endswith(_MARKS) and not name.startswith("onnx::")
    }
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith("_quantized"):
            path = node.name.strip("/").replace("_quant", "").replace("/", ".")
            path = path.removesuffix(".MatMul").replace(".Gemm_MatMul", "")
            weight = _plain(arrays, node.input[1].removesuffix("_quantized"))
            state[f"{_short(path)}.weight"] = torch.tensor(weight.T.copy())
    for name in arrays:
        if "embeddings" in name and name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            state[_short(base)] = torch.tensor(_plain(arrays, base))
    return state


def _short(name: str) -> str:
    return name.removeprefix("model.").removeprefix("bert.")


def _plain(arrays: dict[str, NDArray[np.generic]], base: str) -> NDArray[np.float32]:
    quantised = arrays[f"{base}_quantized"].astype(np.float32)
    zero, scale = (arrays[f"{base}{mark}"].astype(np.float32) for mark in _MARKS[1::-1])
    plain: NDArray[np.float32] = (quantised - zero) * scale
    return plain
