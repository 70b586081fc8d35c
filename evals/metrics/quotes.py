"""Exactness of quotes: citations whose quote is word for word in its file / citations.

Equal after folding white space, quote marks and dashes and nothing else, and equal to the held
text at the offsets given. Citations whose file is not at hand are left out; anything below 1
is a defect.
"""

from __future__ import annotations

from evals.judged import Judged


def exactness(judged: Judged) -> float | None:
    """Unscored where no citation could be checked."""
    if judged.answer is None:
        return None
    checked = [c.exact for c in judged.answer.citations if c.exact is not None]
    return sum(checked) / len(checked) if checked else None
