"""Sixty questions on who, when, which grade and how many, with the event that each means.

Written from the documents alone, before any answer was looked at: half about inspections whose
documents are held, a third about inspections that are only recalled, a sixth about neither. The
last eight are on what a letter's head and foot say; they were written after seeing answers.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.facts import answer_from_facts
from assistant.types import Role
from index.types import Intent
from index.understanding import understand

QUESTIONS = [
    json.loads(line)
    for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
]
TODAY = date(2026, 11, 25)


def ask(question, intent, corpus):
    query = understand(question, corpus.collection.identities(), today=TODAY)
    return answer_from_facts(question, query, Intent(intent), corpus)


def said(answer):
    """Everything that an answer says: its sentences, and then its notes."""
    return " ".join([*(s.text for s in answer.draft.sentences), *answer.notes])


def cited(answer):
    """The sources that the answer's sentences rest on."""
    return {citation.identity.source for citation in answer.draft.citations}


def faults(row, answer):
    """What is wrong with an answer, in words; empty where nothing is."""
    status = answer.status.value if answer else "none"
    out = [] if status in row["status"] else [f"status {status}"]
    if answer is None:
        return out
    words = " ".join(said(answer).split()).casefold()
    out += [f"lacks {text!r}" for text in row["says"] if text.casefold() not in words]
    answering = [s for s in answer.draft.sentences if s.role is not Role.FRAME]
    told = " ".join(s.text for s in answering).casefold()
    out += [f"WRONG {text!r}" for text in row["never"] if text.casefold() in told]
    others = cited(answer) - set(row["cites"])
    out += [f"WRONG source {other}" for other in sorted(others) if row["cites"]]
    return out


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['id']} {row['question']}")
def test_question_is_answered_from_the_event_it_means(row, request):
    name = {"seeds": "seed_corpus", "all": "whole_corpus"}[row["corpus"]]
    corpus = request.getfixturevalue(name)
    assert not faults(row, ask(row["question"], row["intent"], corpus))


def test_every_citation_is_verbatim(seed_corpus):
    for row in QUESTIONS:
        answer = ask(row["question"], row["intent"], seed_corpus)
        for citation in answer.draft.citations if answer else ():
            text = seed_corpus.collection.document(citation.identity.doc_id).text
            assert citation.quote == text[citation.start : citation.end]
