"""What answers cost: tokens and money a question, as the language model's service counts them."""

from __future__ import annotations

from evals.judged import Judged


def tokens(judged: Judged) -> float | None:
    """Prompt and reply together; unscored without a language model."""
    count = judged.answer.tokens if judged.answer else None
    return None if count is None else float(count)


def cost_usd(judged: Judged) -> float | None:
    """US dollars; unscored where the price is not known."""
    return judged.answer.cost_usd if judged.answer else None
