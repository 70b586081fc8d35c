"""Measure how much of what answers a language model is shown: ``python -m evals.replies.shown``.

``SUITE@INDEX …``: for every question that must be answered, the share of its gold groups that the
evidence of the prompt holds, at several budgets; no model is called.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.answerers.extractive import ExtractiveAnswerer
from assistant.compose import open_assistant
from assistant.llm.budget import Budget, Prepared
from assistant.llm.litellm_generator import LiteLLMGenerator
from assistant.llm.paragraphs import candidates
from assistant.llm.prompts import load as load_prompts
from assistant.ports import Briefer
from assistant.settings import Settings
from assistant.types import REFUSALS, Ask
from evals.held import from_store
from evals.spans import overlap
from evals.suite.load import load as load_suite
from evals.types import Gold, Question
from index import models
from index.compose import retriever
from index.ports import PassageStore

BUDGETS = (1_000, 2_000, 3_000)
HELD = 0.7
"""Share of a gold quote's characters that must be shown."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="evals.replies.shown", description=__doc__)
    parser.add_argument("suites", nargs="+", help="SUITE@INDEX")
    for named in parser.parse_args(argv).suites:
        suite, _, index = named.partition("@")
        made = open_assistant(Settings(index=Path(index)))
        held = from_store(made.collection, lambda source: None)
        asked = [q for q in load_suite(Path(suite), held).suite.questions if _answerable(q)]
        briefer = ExtractiveAnswerer(
            retriever(made.collection), made.collection, models.trained_reader()
        )
        found = recall(asked, briefer, made.collection)
        sys.stdout.write(json.dumps({"suite": suite, "questions": len(asked), **found}) + "\n")
    return 0


def recall(
    asked: Sequence[Question], briefer: Briefer, store: PassageStore
) -> dict[str, dict[str, object]]:
    """Return, by budget, the mean share of gold groups shown, and the questions lacking any."""
    generator = LiteLLMGenerator("openai/recorded", context_tokens=32_000)
    sums: dict[int, list[float]] = {budget: [] for budget in BUDGETS}
    lacking: dict[int, list[str]] = {budget: [] for budget in BUDGETS}
    for question in asked:
        briefing = briefer.brief(Ask(question.question))
        paragraphs = candidates(briefing, store)
        for budget in BUDGETS:
            fitted = Budget(generator, load_prompts(), 700, budget)
            share = 0.0
            if paragraphs:
                share = _share(question, fitted.fit(briefing, paragraphs))
            sums[budget].append(share)
            if share < 1:
                lacking[budget].append(question.id)
    return {
        str(budget): {"recall": round(sum(s) / len(s), 4), "lacking": lacking[budget]}
        for budget, s in sums.items()
        if s
    }


def _share(question: Question, prepared: Prepared) -> float:
    spans = [(e.identity.doc_id, e.sentence.start, e.sentence.end) for e in prepared.evidence]
    found = [any(_shown(question.gold[n], spans) for n in group) for group in question.groups]
    return sum(found) / len(found)


def _shown(gold: Gold, spans: Sequence[tuple[str, int, int]]) -> bool:
    place = (gold.start, gold.end)
    shared = sum(overlap(place, (start, end)) for doc, start, end in spans if doc == gold.doc_id)
    return shared >= HELD * (gold.end - gold.start)


def _answerable(question: Question) -> bool:
    plain = not question.conversation and not question.hostile
    return plain and bool(question.groups) and REFUSALS.isdisjoint(question.statuses)


if __name__ == "__main__":
    sys.exit(main())
