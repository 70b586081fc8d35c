"""Export a trained reader to one int8 ONNX file: ``python -m evals.reading.export TRAINED OUT``.

Weights are rounded a row at a time, activations as they come. ``OUT`` gets ``model.onnx``,
``tokenizer.json`` and ``figures.json``. Embeddings are in int8 too, so that the file is a quarter
of the weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from evals.reading import base, data, study
from evals.reading.model import ReaderModel
from index import models
from index.models.heads import Heads
from index.models.reader import TrainedReader

QUESTIONS_EVERY = 60
"""Every so many lines of the data are the sample that the file is held to."""
_OUTPUTS = ["answers", "contradicts", "belongs", "passage", "supported"]
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
        "belongs": {1: "sentences"},
    }
    write(_Row(model), example, (_INPUTS, _OUTPUTS), axes, out)
    tokenizer.save(str(out / "tokenizer.json"))  # type: ignore[attr-defined]


def write(
    model: nn.Module,
    example: tuple[torch.Tensor, ...],
    names: tuple[Sequence[str], Sequence[str]],
    axes: dict[str, dict[int, str]],
    out: Path,
) -> None:
    """Write a model as ``model.onnx`` in int8.

    Args:
        example: an input, with ``names`` of the inputs and outputs and the ``axes`` that vary.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model.eval(),
            example,
            str(plain),
            input_names=names[0],
            output_names=names[1],
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


def recorded(out: Path) -> dict[str, object]:
    """Return what the exported file scores on a fixed sample, which a test holds it to."""
    reader = TrainedReader(Heads(models.embedder(models.DEFAULT_EMBEDDER)), out)
    with tempfile.TemporaryDirectory() as folder:
        asked = _sample("questions.jsonl", Path(folder), QUESTIONS_EVERY)
        return {"reading": study.reading(data.DATA / "excerpts.jsonl", asked, reader)}


def _sample(name: str, folder: Path, every: int) -> Path:
    lines = (data.DATA / name).read_text(encoding="utf-8").splitlines()
    out = folder / name
    out.write_text("\n".join(lines[::every]), encoding="utf-8")
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """Export the training named on the command line, with its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="folder that evals.reading.train wrote")
    parser.add_argument("out", type=Path)
    args = parser.parse_args(argv)
    figures = json.loads((args.trained / "figures.json").read_text(encoding="utf-8"))
    start = base.load(figures["base"])
    model = ReaderModel(start)
    model.load_state_dict(torch.load(args.trained / "model.pt", weights_only=True))
    export(model, start.tokenizer, args.out)
    told = figures | {"sample": recorded(args.out)}
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
