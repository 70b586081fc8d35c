"""Make batches of tensors out of the rows of questions and claims."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from evals.reading.varied import Item

TOKENS, MOST = 3000, 24
"""Tokens of a batch, padding included, and rows: short ones would else be learnt in few steps."""
EVEN = 8
"""Rows are padded to a multiple of this, which a GPU's kernels want."""


@dataclass
class Batch:
    """Tensors of some items, padded; all are claims or all are questions.

    Attributes:
        targets: ``answers``, ``contradicts``, ``belongs`` and ``listed`` of shape (batch,
            sentences), ``passage`` and ``supported`` of shape (batch,); what nobody has marked
            is nan.
        held: bool, shape (batch, sentences): there is such a sentence.
        of: of each row, which question over a report it is of; 0 for none.
    """

    inputs: dict[str, torch.Tensor]
    targets: dict[str, torch.Tensor]
    held: torch.Tensor
    claims: bool
    of: tuple[int, ...] = ()

    def to(self, device: torch.device) -> Batch:
        """Return the batch on ``device``."""
        inputs, targets = (
            {name: tensor.to(device, non_blocking=True) for name, tensor in part.items()}
            for part in (self.inputs, self.targets)
        )
        return Batch(inputs, targets, self.held.to(device, non_blocking=True), self.claims, self.of)


def grouped(items: list[Item], tokens: int = TOKENS, most: int = MOST) -> list[list[Item]]:
    """Group items of like length into batches of at most ``tokens`` and ``most`` rows."""
    order = sorted(range(len(items)), key=lambda n: len(items[n].row.ids))
    groups: list[list[int]] = [[]]
    for n in order:
        size = len(groups[-1])
        if size and (size == most or (size + 1) * len(items[n].row.ids) > tokens):
            groups.append([])
        groups[-1].append(n)
    return [[items[n] for n in group] for group in groups]


def collate(items: list[Item]) -> Batch:
    """Pad items into tensors."""
    longest = -(-max(len(item.row.ids) for item in items) // EVEN) * EVEN
    most = max(item.sentences for item in items) or 1
    ids, types, mask = (torch.zeros(len(items), longest, dtype=torch.long) for _ in range(3))
    spans = torch.zeros(len(items), most, longest)
    cited = torch.zeros(len(items), longest)
    for at, item in enumerate(items):
        size = len(item.row.ids)
        ids[at, :size] = torch.tensor(item.row.ids)
        types[at, :size] = torch.tensor(item.row.types)
        mask[at, :size] = 1
        owners = torch.tensor(item.row.owners)
        tokens = (owners >= 0).nonzero().squeeze(1)
        spans[at, owners[tokens], tokens] = 1
        cited[at, tokens] = types[at, tokens].float()
    held = spans.any(-1)
    spans = spans / spans.sum(-1, keepdim=True).clamp(min=1)
    cited = cited / cited.sum(-1, keepdim=True).clamp(min=1)
    inputs = {
        "input_ids": ids,
        "token_type_ids": types,
        "attention_mask": mask,
        "spans": spans,
        "cited": cited,
    }
    of = tuple(item.of for item in items)
    return Batch(inputs, _targets(items, most), held, items[0].claim, of)


def _targets(items: list[Item], most: int) -> dict[str, torch.Tensor]:
    found = {
        name: torch.full((len(items), most), torch.nan)
        for name in ("answers", "contradicts", "belongs", "listed")
    }
    found |= {name: torch.full((len(items),), torch.nan) for name in ("passage", "supported")}
    for name, tensor in found.items():
        for at, item in enumerate(items):
            value = getattr(item, name)
            if isinstance(value, list):
                tensor[at, : len(value)] = torch.tensor(value)
            elif value is not None:
                tensor[at] = value
    return found
