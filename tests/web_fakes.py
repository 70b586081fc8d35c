"""Small real stand-ins for the page's parts, over the five seeds."""

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.facts import Corpus
from assistant.types import Answer, AnswerSentence, Ask, Citation, Role, Status
from index.errors import GenerationFailed, NotFound
from index.inspections import link
from index.passages.sentences import split
from index.types import (
    Block,
    BlockKind,
    Document,
    Hit,
    Identity,
    Issuer,
    Kind,
    Mention,
    Passage,
    Proven,
    Query,
    Span,
    Telling,
)

SEEDS = Path(__file__).parents[1] / "seeds"
_LONGEST_S = 120
_LOOK_EVERY_S = 0.2
_HERE = Span(0, 1)
_KNOWN = {
    "000": (
        "Focused visit to Stockton-on-Tees local authority children's services",
        Issuer.OFSTED,
        Kind.FOCUSED_VISIT,
        "Stockton-on-Tees",
        date(2022, 1, 31),
        date(2021, 12, 7),
        date(2021, 12, 8),
    ),
    "001": (
        "Decline in effectiveness at Stockton-on-Tees",
        Issuer.PRESS,
        Kind.NEWS_ARTICLE,
        "Stockton-on-Tees",
        None,
        None,
        None,
    ),
    "002": (
        "Report to Health and Wellbeing Board",
        Issuer.COUNCIL,
        Kind.COUNCIL_REPORT,
        "Stockton-on-Tees",
        date(2016, 9, 28),
        date(2016, 5, 23),
        date(2016, 6, 16),
    ),
    "003": (
        "Focused visit to Stoke-on-Trent children's services",
        Issuer.OFSTED,
        Kind.FOCUSED_VISIT,
        "Stoke-on-Trent",
        date(2023, 11, 8),
        date(2023, 10, 4),
        date(2023, 10, 5),
    ),
    "004": (
        "Monitoring visit to Middlesbrough children's services",
        Issuer.OFSTED,
        Kind.MONITORING_VISIT,
        "Middlesbrough",
        date(2022, 5, 6),
        date(2022, 3, 29),
        date(2022, 3, 30),
    ),
}


def proven(value):
    return None if value is None else Proven(value, _HERE)


def identity(
    doc_id="d" * 16,
    source="letter.txt",
    title="Focused visit",
    issuer=Issuer.OFSTED,
    kind=Kind.FOCUSED_VISIT,
    authority="Stockton-on-Tees",
    published=None,
    start=None,
    end=None,
):
    return Identity(
        doc_id=doc_id,
        sources=(source,),
        issuer=Proven(issuer, _HERE),
        kind=Proven(kind, _HERE),
        title=proven(title),
        authority=proven(authority),
        published=proven(published),
        visit_start=proven(start),
        visit_end=proven(end),
        dated=published or end,
        dated_from="published" if published else "visit_end" if end else None,
    )


def document(text, who):
    """A document whose blocks are its paragraphs; a short line without a stop is a heading."""
    blocks = []
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        words = match.group().rstrip()
        kind = BlockKind.PARAGRAPH
        if len(words) < 60 and words[-1] not in ".,;:" and blocks:
            kind = BlockKind.HEADING
        if words.startswith("- "):
            kind = BlockKind.ITEM
        blocks.append(Block(kind, match.start(), match.start() + len(words), level=1))
    return Document(who, text, (0,), tuple(blocks), (), "fake")


class FakeStore:
    """Documents in memory."""

    def __init__(self, documents):
        self._documents = {d.doc_id: d for d in documents}

    def identities(self):
        return [d.identity for d in self._documents.values()]

    def document(self, doc_id):
        if doc_id not in self._documents:
            raise NotFound(f"No document {doc_id!r} is held. See `assistant documents`.")
        return self._documents[doc_id]

    def identity(self, doc_id):
        return self.document(doc_id).identity

    @property
    def inspections(self):
        return link(self.identities())

    def passages(self, passage_ids):
        return []

    def passages_of(self, doc_id):
        return []


class NothingRead:
    """A reader that nothing answers."""

    def read(self, question, hits):
        return []

    def matter(self, question, some=False):
        return "connected carers" if "connected carers" in question else ""

    def tells(self, heading, sentences):
        return [dict.fromkeys(Telling, 0.0) for _ in sentences]


def corpus(store) -> Corpus:
    """What a store holds as events."""
    return Corpus(store, NothingRead())


def seed_store() -> FakeStore:
    documents = []
    for path in sorted(SEEDS.glob("*.txt")):
        doc_id = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        title, issuer, kind, authority, published, start, end = _KNOWN[path.name[:3]]
        who = identity(doc_id, path.name, title, issuer, kind, authority, published, start, end)
        documents.append(document(path.read_text("utf-8"), who))
    return FakeStore(documents)


HOSTILE = (
    "<script>window.owned=1</script><img src=x onerror='window.owned=1'>"
    "<svg onload='window.owned=1'></svg>{{window.owned=1}}${window.owned=1}`"
    "![x](http://evil.example/x.png)[y](javascript:window.owned=1)</template></textarea>"
    "<iframe src='http://evil.example/'></iframe>\"'&"
)


def hostile_store() -> FakeStore:
    """One letter whose every field and sentence tries to be markup."""
    who = identity(
        source=f"{HOSTILE}.txt", title=HOSTILE, authority=HOSTILE, published=date(2022, 1, 31)
    )
    text = f"A heading\n\nThe connected carers {HOSTILE} are late.\n\n{HOSTILE}\n\nThe end."
    return FakeStore([document(text, who)])


def label(who: Identity) -> str:
    when = who.dated.strftime("%d %b %Y").lstrip("0") if who.dated else "undated"
    name = {
        Issuer.PRESS: "news article telling of an Ofsted inspection",
        Issuer.COUNCIL: "council report",
    }
    return (
        f"{who.authority_name} · {name.get(who.issuer.value, 'Ofsted ' + who.kind.value)}, {when}"
    )


class FakeAnswerer:
    """Quotes every sentence that holds the longest words of the question.

    ``slow_s`` is the pause before each group. Some questions give other outcomes on purpose:
    ones that begin with "crash", "fail", "rating", "budget", "partly" or hold nothing readable;
    one that begins with "endless" stays at its first group until it is closed.
    """

    def __init__(self, store, slow_s=0.0, model="extractive"):
        self._store, self._slow_s, self._model = store, slow_s, model

    def answer(self, ask: Ask) -> Answer:
        return list(self.stream(ask))[-1]

    def stream(self, ask: Ask) -> Iterator[Answer]:
        question = ask.question.strip()
        if question.startswith("crash"):
            raise RuntimeError("secret internals")
        if question.startswith("fail"):
            raise GenerationFailed("The model at http://127.0.0.1:1 does not answer. Start it.")
        if not re.search(r"\w", question):
            yield Answer(ask.question, Status.INVALID, "")
        elif question.startswith("rating"):
            yield self._ambiguous(ask)
        elif question.startswith("budget"):
            yield self._refusal(ask)
        elif question.startswith("endless"):
            yield from self._endless(ask)
        else:
            yield from self._grouped(ask)

    def _grouped(self, ask):
        words = [w for w in re.findall(r"\w+", ask.question.lower()) if len(w) > 5]
        wanted = "connected" if "connected" in words else (words or ["children"])[0][:60]
        frame = AnswerSentence(f"Searched for: {wanted}. Newest first.", Role.FRAME)
        sentences, citations = [frame], []
        for doc in sorted(
            (self._store.document(i.doc_id) for i in self._store.identities()),
            key=lambda d: d.identity.dated or date.min,
            reverse=True,
        ):
            found = [(s, e) for s, e in split(doc.text) if wanted in doc.text[s:e].lower()][:5]
            for nth, (start, end) in enumerate(found):
                quote = doc.text[start:end]
                number = len(citations) + 1
                citations.append(Citation(number, doc.identity, None, None, "", start, end, quote))
                sentences.append(
                    AnswerSentence(
                        " ".join(quote.split()),
                        Role.QUOTE,
                        (number,),
                        True,
                        label(doc.identity),
                        nth > 2,
                    )
                )
            time.sleep(self._slow_s)
            yield self._made(ask, sentences, citations)
        if not citations:
            yield self._refusal(ask)

    def _endless(self, ask):
        first = next(self._grouped(ask))
        for _ in range(int(_LONGEST_S / _LOOK_EVERY_S)):
            yield first
            time.sleep(_LOOK_EVERY_S)

    def _made(self, ask, sentences, citations):
        if self._model != "extractive":
            sentences = [
                AnswerSentence("Assessments are often late.", Role.ANSWER, (1,)),
                AnswerSentence("Everything is <b>fine</b>.", Role.ANSWER, (), False),
                *sentences,
            ]
        stockton = Mention("Stockton-on-Tees", "Stockton")
        named = (stockton,) if "stockton" in ask.question.lower() else ()
        return Answer(
            ask.question,
            Status.PARTIAL if ask.question.startswith("partly") else Status.ANSWERED,
            "\n".join(s.text for s in sentences),
            tuple(sentences),
            tuple(citations),
            model=self._model,
            notes=(
                "Newest document held: Stoke-on-Trent 8 Nov 2023. "
                "Ofsted may have published later reports.",
            ),
            query=Query(
                ask.question, ask.question, ask.question, filters=ask.filters, authorities=named
            ),
        )

    def _refusal(self, ask):
        doc = self._store.document(self._store.identities()[0].doc_id)
        start, end = doc.blocks[-3].start, doc.blocks[-3].end
        passage = Passage(
            "p1",
            doc.doc_id,
            doc.identity.source,
            start,
            end,
            doc.text[start:end],
            "",
            None,
            None,
            (),
        )
        return Answer(
            ask.question,
            Status.NOT_STATED,
            "The documents we hold do not say.",
            nearest=(Hit(passage, doc.identity, 1.0, 1),),
            notes=("Held for Stockton-on-Tees: council report 28 Sep 2016; letter 31 Jan 2022.",),
        )

    def _ambiguous(self, ask):
        answer = Answer(ask.question, Status.AMBIGUOUS, "Which authority?")
        return replace(answer, choices=("Middlesbrough", "Stockton-on-Tees", "Stoke-on-Trent"))
