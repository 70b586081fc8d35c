"""Export a trained reader to one int8 ONNX file: ``python -m evals.reading.export MODEL.pt OUT``.

Weights are rounded a row at a time, activations as they come; ``OUT`` gets ``model.onnx`` and
``tokenizer.json``. Embeddings stay in int8 too, so that the file is a quarter of the weights.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from evals.reading import base
from evals.reading.model import ReaderModel

_OUTPUTS = ["answers", "contradicts", "passage", "supported", "intents", "leanings"]
_INPUTS = ["input_ids", "token_type_ids", "spans", "cited"]


class _Row(nn.Module):
    """The model as it is run: one row at a time, so that nothing is masked."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        input_ids: torch.Tensor,
        token_type_ids: torch.Tensor,
        spans: torch.Tensor,
        cited: torch.Tensor,
    ) -> tuple[torch.Tensor, ...]:
        scores = self.model(input_ids, token_type_ids, torch.ones_like(input_ids), spans, cited)
        return tuple(getattr(scores, name) for name in _OUTPUTS)


def export(model: ReaderModel, tokenizer: object, out: Path) -> None:
    """Write ``model.onnx`` (int8) and ``tokenizer.json`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    tokens, sentences = 24, 2
    spans = torch.zeros(1, sentences, tokens)
    spans[0, 0, 5:12], spans[0, 1, 12:20] = 1 / 7, 1 / 8
    example = (
        torch.arange(1000, 1000 + tokens).unsqueeze(0),
        torch.zeros(1, tokens, dtype=torch.long),
        spans,
        spans[:, 0],
    )
    axes = {
        "input_ids": {1: "tokens"},
        "token_type_ids": {1: "tokens"},
        "spans": {1: "sentences", 2: "tokens"},
        "cited": {1: "tokens"},
        "answers": {1: "sentences"},
        "contradicts": {1: "sentences"},
    }
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            _Row(model).eval(),
            example,
            str(plain),
            input_names=_INPUTS,
            output_names=_OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            out / "model.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    tokenizer.save(str(out / "tokenizer.json"))  # type: ignore[attr-defined]


def main(argv: Sequence[str] | None = None) -> int:
    """Export what is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", default=base.BASES[0], choices=base.BASES)
    parser.add_argument(
        "--heads-may-lack", action="store_true", help="an earlier training knew fewer heads"
    )
    args = parser.parse_args(argv)
    start = base.load(args.base)
    model = ReaderModel(start)
    model.load_state_dict(torch.load(args.model, weights_only=True), strict=not args.heads_may_lack)
    export(model, start.tokenizer, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
