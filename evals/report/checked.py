"""What checking a suite found, for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from evals.suite.load import Loaded


def as_text(loaded: Loaded) -> str:
    """Return faults by line, then what the suite holds."""
    lines = [f"{'warning' if f.warning else 'error'}: {f}" for f in loaded.faults]
    counts = _counts(loaded)
    lines.append(
        f"{loaded.suite.name}: {counts['questions']} questions and turns, "
        f"{counts['conversations']} conversations, {counts['hostile']} hostile inputs, "
        f"{counts['gold_quotes']} gold quotes, {counts['no_overlap']} sharing no word with them"
    )
    lines += [f"  {name}: {n}" for name, n in _categories(loaded).items()]
    lines.append(f"sha256 {loaded.suite.sha256}")
    lines.append(f"{len(loaded.errors)} errors, {len(loaded.faults) - len(loaded.errors)} warnings")
    return "\n".join(lines)


def as_json(loaded: Loaded) -> dict[str, Any]:
    """Return the same as an object."""
    return {
        "suite": loaded.suite.name,
        "sha256": loaded.suite.sha256,
        "ok": not loaded.errors,
        **_counts(loaded),
        "categories": _categories(loaded),
        "stale": loaded.stale,
        "faults": [
            {"file": f.file, "line": f.line, "message": f.message, "warning": f.warning}
            for f in loaded.faults
        ],
    }


def _counts(loaded: Loaded) -> dict[str, int]:
    questions = loaded.suite.questions
    return {
        "questions": len(questions),
        "conversations": len({q.conversation for q in questions} - {None}),
        "hostile": sum(1 for q in questions if q.hostile),
        "gold_quotes": sum(len(q.gold) for q in questions),
        "no_overlap": sum(1 for q in questions if q.no_overlap),
    }


def _categories(loaded: Loaded) -> dict[str, int]:
    return dict(sorted(Counter(q.category for q in loaded.suite.questions).items()))
