"""A little assistant over three letters: it finds shared words and quotes the best sentence."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from evals.parts import Parts
from evals.words import words
from index.types import Document, Hit, Identity, Issuer, Kind, Passage, Proven, Query, Results, Span

LETTERS = {
    "stoke.txt": (
        "Stoke-on-Trent",
        date(2023, 11, 8),
        "Most social workers say that their caseloads are manageable. For a minority, they are "
        "too high.\n\n- Adoption work is a strength.\n- Children’s plans are 83% complete.\n",
    ),
    "stockton.txt": (
        "Stockton-on-Tees",
        date(2022, 1, 31),
        "A weekly legal gateway panel has been set up. Workloads are manageable for all staff.\n"
        "Good 25 24%\nGood 25 24%\n",
    ),
    "middlesbrough.txt": (
        "Middlesbrough",
        date(2022, 5, 6),
        "This was the third monitoring visit. Louise Hollick led it.\n",
    ),
}


def documents() -> list[Document]:
    out = []
    for source, (authority, dated, raw) in LETTERS.items():
        text = raw.replace("- ", "")
        start = 0
        identity = Identity(
            doc_id=f"id-{source[:4]}",
            sources=(source,),
            issuer=Proven(Issuer.OFSTED, Span(0, 1)),
            kind=Proven(Kind.FOCUSED_VISIT, Span(0, 1)),
            authority=Proven(authority, Span(start, 1)),
            dated=dated,
            dated_from="published",
        )
        out.append(Document(identity, text, (0,), (), (), "1"))
    return out


class Store:
    def __init__(self):
        self.held = {d.doc_id: d for d in documents()}

    def identities(self):
        return [d.identity for d in self.held.values()]

    def document(self, doc_id):
        return self.held[doc_id]

    def passages(self, passage_ids):
        known = {p.passage_id: p for d in self.held for p in self.passages_of(d)}
        return [known[i] for i in passage_ids]

    def passages_of(self, doc_id):
        document = self.held[doc_id]
        return [
            Passage(
                f"{doc_id}-{n}",
                doc_id,
                document.identity.source,
                *m.span(),
                m.group(),
                "",
                None,
                None,
                (),
            )
            for n, m in enumerate(re.finditer(r"[^\s.][^.\n]*\.?", document.text))
        ]


@dataclass
class Retriever:
    store: Store

    def search(self, question, k=10, filters=None):
        if "explode" in question:
            raise RuntimeError("boom")
        asked = set(words(question))
        scored = sorted(
            (
                (-len(asked & set(words(f"{d.identity.authority_name} {p.text}"))), p.passage_id, p)
                for d in self.store.held.values()
                for p in self.store.passages_of(d.doc_id)
            ),
            key=lambda item: item[:2],
        )
        hits = tuple(
            Hit(p, self.store.document(p.doc_id).identity, float(-score), rank)
            for rank, (score, _, p) in enumerate(scored[:k], start=1)
        )
        return Results(Query(question, question, question, k=k), hits)


@dataclass
class Answerer:
    retriever: Retriever
    asks: list = field(default_factory=list)
    spoil: str = ""
    refuse: str = "python"

    def answer(self, ask):
        self.asks.append(ask)
        if "explode" in ask.question:
            raise RuntimeError("boom")
        standalone = ask.question
        if ask.history and len(words(ask.question)) < 4:
            standalone = f"{ask.history[0].content} {ask.question}"
        if self.refuse in ask.question:
            return Answer(ask.question, Status.OUT_OF_SCOPE, "Not about these documents.")
        best = self.retriever.search(standalone, 1).hits[0]
        passage = best.passage
        quote = passage.text + self.spoil
        cited = Citation(1, best.identity, None, None, "", passage.start, passage.end, quote)
        sentence = AnswerSentence(passage.text, Role.QUOTE, (1,), group=passage.source)
        return Answer(
            ask.question,
            Status.ANSWERED,
            f"{passage.text} [1]",
            (sentence,),
            (cited,),
            standalone=standalone,
            notes=("<b>newest</b>",),
        )

    def stream(self, ask):
        yield self.answer(ask)


def parts_over(store: Store) -> Parts:
    retriever = Retriever(store)
    raw = {source: text for source, (_, _, text) in LETTERS.items()}
    return Parts(retriever, store, Answerer(retriever), {"mode": "words"}, "f" * 8, raw.get)


@pytest.fixture
def parts() -> Parts:
    return parts_over(Store())


@pytest.fixture
def without_answers(parts: Parts) -> Parts:
    return replace(parts, answerer=None)


QUESTIONS = [
    {
        "id": "q1",
        "question": "Are caseloads manageable in Stoke?",
        "category": "single_fact",
        "gold_quotes": [
            ["stoke.txt", "Most social workers say that their caseloads are manageable."],
            ["stoke.txt", "For a minority, they are too high."],
        ],
        "quote_groups": [[0], [1]],
        "facts": ["manageable"],
        "filters": {"authority": "Stoke-on-Trent"},
    },
    {
        "id": "q2",
        "question": "write python <script>alert(1)</script>",
        "category": "unanswerable_out_of_domain",
    },
    {
        "id": "c1",
        "turns": [
            {
                "id": "c1-t1",
                "question": "weekly legal gateway panel Stockton",
                "category": "single_fact",
                "gold_quotes": [["stockton.txt", "A weekly legal gateway panel has been set up."]],
                "nuggets": ["weekly"],
            },
            {
                "id": "c1-t2",
                "question": "who led it?",
                "category": "metadata",
                "gold_quotes": [["middlesbrough.txt", "Louise Hollick led it."]],
                "nuggets": ["Louise Hollick"],
                "standalone_question": "Louise Hollick led what?",
            },
        ],
    },
    {
        "id": "x1",
        "kind": "huge",
        "question": "",
        "repeat": {"text": "adoption ", "times": 50},
        "must_not_contain": ["Traceback"],
    },
]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "little.jsonl", QUESTIONS)


def write_suite(path: Path, lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def write(tmp_path: Path):
    def write_lines(*lines, name="suite.jsonl") -> Path:
        return write_suite(tmp_path / name, lines)

    return write_lines
