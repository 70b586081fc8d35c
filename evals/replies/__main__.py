"""Measure the written path with recorded replies: ``python -m evals.replies SUITE… --index DIR``.

Asks the questions of suites that have a reply, through the product as it is, and prints one JSON
object of figures. Prompts that have no reply are written to ``--missing``, for someone to answer
from the prompt alone; ``--add PROMPTS REPLIES --name NAME`` records such replies: one object a
line, ``{"id", "prompt"}`` and ``{"id", "reply"}``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.compose import open_assistant
from assistant.settings import Settings
from assistant.types import Answer, Ask, Role, Status
from evals.held import Held, from_store
from evals.judged import Judged, judge
from evals.metrics import citations, required_facts, status
from evals.replies.recorded import FOLDER, Replies, line, load, record
from evals.replies.server import Playback, serving
from evals.run import observe
from evals.run.record import Result
from evals.suite.load import load as load_suite
from evals.types import Question

MODEL = "openai/recorded"
CONTEXT = 16_000
FIGURES: dict[str, Callable[[Judged], float | None]] = {
    "status": status.accepted,
    "refused_right": status.refusal_recall,
    "refused_wrong": status.false_refusal,
    "first_citation": citations.first_right,
    "citation_precision": citations.precision,
    "complete": citations.all_groups,
    "facts": required_facts.fact_recall,
}


@dataclass(frozen=True)
class Asked:
    """A question with its answer."""

    question: Question
    answer: Answer
    judged: Judged


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="evals.replies", description=__doc__)
    parser.add_argument("suites", nargs="*", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".assistant/index"))
    parser.add_argument("--missing", type=Path, help="file for the prompts without a reply")
    parser.add_argument("--add", nargs=2, type=Path, metavar=("PROMPTS", "REPLIES"))
    parser.add_argument("--name", default="replies", help="name of the file that --add writes")
    args = parser.parse_args(argv)
    if args.add:
        prompts, replies = args.add
        return _add(prompts, replies, FOLDER / f"{args.name}.jsonl")
    playback = Playback(Replies(load()))
    asked: list[Asked] = []
    with serving(playback) as address:
        settings = Settings(
            index=args.index, model=MODEL, api_base=address, context_tokens=CONTEXT, retries=0
        )
        made = open_assistant(settings)
        held = from_store(made.collection, lambda source: None)
        for suite in args.suites:
            for question in load_suite(suite, held).suite.questions:
                if not question.conversation and not question.hostile:
                    asked.append(_ask(question, made.answerer.answer, held))
    if args.missing:
        rows = [{"id": f"{n:03d}", "prompt": p} for n, p in enumerate(playback.missing)]
        args.missing.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    sys.stdout.write(json.dumps(figures(asked, playback), indent=1) + "\n")
    return 0


def figures(asked: Sequence[Asked], playback: Playback) -> dict[str, object]:
    """Return the figures over the questions that a reply was played for."""
    played = [one for one in asked if one.answer.prompt_sha256 and not _lost(one.answer)]
    written = [one for one in played if one.answer.model == MODEL]
    found: dict[str, object] = {
        "played": len(playback.played),
        "missing": len(playback.missing),
        "fell_back": len(played) - len(written),
    }
    for name, figure in FIGURES.items():
        values = [v for one in played if (v := figure(one.judged)) is not None]
        found[name] = round(sum(values) / len(values), 3) if values else None
    sentences = [s for one in written for s in one.answer.sentences if s.role is Role.ANSWER]
    marked = [s.text for s in sentences if not s.supported]
    found["sentences"], found["marked"] = len(sentences), marked
    found["declined"] = sorted(
        one.question.id
        for one in written
        if one.answer.status is Status.NOT_STATED and Status.ANSWERED in one.question.statuses
    )
    return found


def _lost(answer: Answer) -> bool:
    """Return whether the extractive answer stands in because no reply is recorded."""
    return answer.model != MODEL and any("does not know that model" in n for n in answer.notes)


def _ask(question: Question, answer: Callable[[Ask], Answer], held: Held) -> Asked:
    said = answer(Ask(question.question))
    result = Result(question.id, question.question, (), None, observe.given(said, held), None)
    return Asked(question, said, judge(question, result))


def _add(prompts: Path, replies: Path, target: Path) -> int:
    asked = {row["id"]: row["prompt"] for row in _rows(prompts)}
    records = [record(asked[row["id"]], row["reply"]) for row in _rows(replies)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line(one)}\n" for one in records))
    return 0


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines() if text]


if __name__ == "__main__":
    sys.exit(main())
