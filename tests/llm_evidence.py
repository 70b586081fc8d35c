"""Evidence made by hand from sentences of the five seeds, with a briefer, store and checker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.ports import Briefing
from assistant.types import Answer, AnswerSentence, Ask, Citation, Role, Status
from index.errors import NotFound
from index.store.lexical import terms
from index.types import (
    Evidence,
    Hit,
    Identity,
    Issuer,
    Kind,
    Passage,
    Proven,
    Query,
    Reading,
    Sentence,
    Span,
)

SPAN = Span(0, 1)


def identity(
    doc_id: str, issuer: Issuer, kind: Kind, authority: str, published: date | None
) -> Identity:
    return Identity(
        doc_id=doc_id,
        sources=(f"{doc_id}.txt",),
        issuer=Proven(issuer, SPAN),
        kind=Proven(kind, SPAN),
        authority=Proven(authority, SPAN),
        published=Proven(published, SPAN) if published else None,
        dated=published,
        dated_from="published" if published else None,
    )


STOCKTON = replace(
    identity("a", Issuer.OFSTED, Kind.FOCUSED_VISIT, "Stockton-on-Tees", date(2022, 1, 31)),
    visit_start=Proven(date(2021, 12, 7), SPAN),
    visit_end=Proven(date(2021, 12, 8), SPAN),
)
ARTICLE = identity("b", Issuer.PRESS, Kind.NEWS_ARTICLE, "Stockton-on-Tees", None)
COUNCIL = identity("c", Issuer.COUNCIL, Kind.COUNCIL_REPORT, "Stockton-on-Tees", date(2016, 9, 28))
STOKE = identity("d", Issuer.OFSTED, Kind.FOCUSED_VISIT, "Stoke-on-Trent", date(2023, 11, 8))
MIDDLESBROUGH = replace(
    identity("e", Issuer.OFSTED, Kind.MONITORING_VISIT, "Middlesbrough", date(2022, 5, 6)),
    inspectors=(Proven("Louise Hollick", SPAN), Proven("Nick Stacey", SPAN)),
)

TO_IMPROVE = "What needs to improve in this area of social work practice?"


def evidence(who: Identity, text: str, heading: str = "", start: int = 1000) -> Evidence:
    sentence = Sentence(start, start + len(text), heading, 0)
    passage = Passage(
        passage_id=f"{who.doc_id}-{start:05d}",
        doc_id=who.doc_id,
        source=who.source,
        start=start,
        end=start + len(text),
        text=text,
        heading=heading,
        page=2,
        paragraph="7",
        sentences=(sentence,),
    )
    return Evidence(who, passage, sentence, text, 1.0)


def scored(
    who: Identity, score: float, start: int = 0, text: str = "They do well.", **more: float
) -> Evidence:
    """A sentence with what the reader says of it."""
    return replace(evidence(who, text, start=start), score=score, **more)


CARERS = (
    evidence(
        STOCKTON,
        "The timeliness and quality of the assessment of regulation 24 carers.",
        TO_IMPROVE,
    ),
    evidence(
        MIDDLESBROUGH,
        "There are a small number of children placed with family members who have not been "
        "formally assessed and approved as connected foster carers.",
    ),
    evidence(
        STOKE,
        "As a result, more children are achieving security and stability through permanence at "
        "home with their parents, with connected carers or foster carers and through adoption.",
    ),
    evidence(ARTICLE, "This practice has not improved, and procedures have remained unclear."),
    evidence(
        COUNCIL,
        "Of the 104 Inspections to date, only 27 Local Authorities have received a Good or Better "
        "overall Judgement and only three Local Authorities have received an Outstanding "
        "Judgement for Care Leavers.",
    ),
    evidence(
        STOKE,
        "Since the last standard inspection in October 2022, when the overall effectiveness of "
        "the service was judged to be requires improvement to be good, senior leaders have "
        "maintained a focus on planning and achieving permanence for children.",
        start=3000,
    ),
    evidence(
        STOCKTON,
        "When children live with connected carers, assessments of their suitability are not "
        "always completed before children are placed.",
        start=3000,
    ),
    evidence(
        COUNCIL,
        "The local authority should satisfy itself that all placements where children and young "
        "people are placed with connected persons and private fostering are appropriate, and "
        "that all carers are assessed under the relevant regulation.",
        start=3000,
    ),
    evidence(
        MIDDLESBROUGH,
        "This was the third monitoring visit since the local authority was judged inadequate in "
        "January 2020.",
        start=3000,
    ),
    evidence(
        STOCKTON, "Children’s services have received significant financial investment.", start=5000
    ),
)
"""In a prompt they stand by letter, newest first: see ``NUMBERED``."""
NUMBERED = tuple(CARERS[n] for n in (2, 5, 1, 8, 0, 6, 9, 4, 7, 3))
"""Numbers 1 to 10 in a prompt."""


class WordChecker:
    """Accepts a claim most of whose telling words stand in what it cites."""

    def supports(self, claim, head, sentences, cited):
        told = set(terms(" ".join([head, *(sentences[n] for n in cited)])))
        said = terms(claim)
        return 0.9 if said and sum(word in told for word in said) >= 0.7 * len(said) else 0.1


class FixedStore:
    """Holds the passages of some evidence (``PassageStore``)."""

    def __init__(self, evidence: tuple[Evidence, ...] = ()) -> None:
        self._evidence = evidence or CARERS

    def identities(self):
        return list({e.identity.doc_id: e.identity for e in self._evidence}.values())

    def document(self, doc_id):
        raise NotFound(doc_id)

    def passages(self, passage_ids):
        return [e.passage for e in self._evidence if e.passage.passage_id in passage_ids]

    def passages_of(self, doc_id):
        return [e.passage for e in self._evidence if e.identity.doc_id == doc_id]


def reading(item: Evidence, rank: int, answers: float = 1.0) -> Reading:
    """What a reader says of a passage of one sentence."""
    hit = Hit(item.passage, item.identity, 1.0, rank)
    return Reading(hit, (answers,) * len(item.passage.sentences), (0.0,), (0.0,), answers)


@dataclass(frozen=True)
class FixedBriefer:
    """Hands out the same evidence and extractive answer for every question."""

    evidence: tuple[Evidence, ...] = CARERS
    status: Status = Status.ANSWERED

    def brief(self, ask: Ask) -> Briefing:
        return Briefing(
            ask,
            ask.question,
            Query(ask.question, ask.question, ask.question),
            self.extractive(ask.question),
            tuple(reading(item, rank) for rank, item in enumerate(self.evidence, start=1)),
        )

    def extractive(self, question: str = "") -> Answer:
        first = self.evidence[0] if self.evidence else CARERS[0]
        quote = first.text
        return Answer(
            question=question,
            status=self.status,
            text=f"“{quote}” [1]",
            sentences=(AnswerSentence(quote, Role.QUOTE, (1,)),),
            citations=(
                Citation(
                    1, first.identity, 1, "3", "", first.sentence.start, first.sentence.end, quote
                ),
            ),
            notes=("Newest document held: 8 Nov 2023.",),
            index_fingerprint="f" * 8,
        )
