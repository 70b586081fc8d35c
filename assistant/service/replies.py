"""What the HTTP and MCP interfaces return, as types: the command line's objects, field by field."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Understood(BaseModel):
    """Filters set by the caller and what the question names; days as ISO text."""

    model_config = ConfigDict(populate_by_name=True)

    authorities: list[str]
    from_: str | None = Field(alias="from")
    to: str | None
    kinds: list[str]


class _Ranked(BaseModel):
    rank: int
    score: float
    passage_id: str


class _OfDocument(BaseModel):
    """What ``assistant.schema.document_fields`` gives."""

    doc_id: str
    source: str
    title: str | None
    issuer: str
    kind: str
    authority: str | None
    published: str | None
    dated: str | None


class _Placed(BaseModel):
    """What ``assistant.schema.place_fields`` gives."""

    page: int | None
    paragraph: str | None
    heading: str | None
    start: int
    end: int


class FoundHit(_Placed, _OfDocument, _Ranked):
    """A passage found, best first: ``text`` is the document's text from ``start`` to ``end``."""

    text: str


class SearchResult(BaseModel):
    """The object of ``assistant search --json``."""

    question: str
    query: Understood
    hits: list[FoundHit]


class AnswerLine(BaseModel):
    """One sentence of an answer, with the numbers of the citations that it rests on."""

    text: str
    role: str
    citations: list[int]
    supported: bool
    group: str | None
    more: bool


class _Numbered(BaseModel):
    number: int


class _Visited(BaseModel):
    """What ``assistant.schema.visit_fields`` gives."""

    visit_start: str | None
    visit_end: str | None
    url: str | None


class Cited(_Placed, _Visited, _OfDocument, _Numbered):
    """The exact place that a sentence rests on: ``quote`` stands there word for word."""

    quote: str


class AnswerResult(BaseModel):
    """The object of ``assistant ask --json``; a refusal is a ``status``, not an error."""

    question: str
    status: str
    text: str
    sentences: list[AnswerLine]
    citations: list[Cited]
    nearest: list[FoundHit]
    choices: list[str]
    notes: list[str]
    query: Understood | None
    standalone: str
    model: str
    index_fingerprint: str
    prompt_sha256: str | None
    elapsed_ms: float
    tokens: int | None
    cost_usd: float | None


class Recalled(BaseModel):
    """A grade of another inspection that a document recalls."""

    judgement: str
    grade: str
    when: str | None
    start: int
    end: int


class HeldDocument(BaseModel):
    """One object of ``assistant documents --json``; ``proof`` maps fields to their places."""

    doc_id: str
    source: str
    title: str | None
    issuer: str
    kind: str
    framework: str | None
    authority: str | None
    published: str | None
    visit_start: str | None
    visit_end: str | None
    dated: str | None
    dated_from: str | None
    inspectors: list[str]
    judgements: dict[str, str | None]
    reported_judgements: list[Recalled]
    scope: str | None
    url: str | None
    signatory: str | None
    addressee: str | None
    copied_to: str | None
    visit_number: int | None
    passages: int
    sources: list[str]
    proof: dict[str, Any]


class HeldDocuments(BaseModel):
    """A list of documents, where a list alone cannot be returned."""

    documents: list[HeldDocument]


class InspectionPlace(BaseModel):
    """A stretch of a document's text that recalls an inspection."""

    doc_id: str
    start: int
    end: int


class InspectionGrade(InspectionPlace):
    """A grade that an inspection gave; ``recalled`` where not its own report says so, ``by_hand``
    where a person gave it.
    """

    grade: str
    recalled: bool
    by_hand: bool


class InspectionPoint(InspectionPlace):
    """A point for improvement, complete."""

    text: str


class KnownInspection(BaseModel):
    """One object of ``assistant inspections --json``."""

    model_config = ConfigDict(populate_by_name=True)

    inspection_id: str
    authority: str
    kind: str
    framework: str | None
    from_: str | None = Field(alias="from")
    to: str | None
    when: str | None
    number: int | None
    documents: list[str]
    recalled_by: list[InspectionPlace]
    judgements: dict[str, InspectionGrade]
    inspectors: list[str]
    improvements: list[InspectionPoint]
    scope: str | None
    notes: list[str]


class KnownInspections(BaseModel):
    """A list of inspections, where a list alone cannot be returned."""

    inspections: list[KnownInspection]


class ViewCell(BaseModel):
    """One cell of a table, with the numbers of the citations that it rests on."""

    text: str
    citations: list[int]


class ViewTable(BaseModel):
    """A table: every row has a cell a column."""

    title: str
    columns: list[str]
    rows: list[list[ViewCell]]


class ViewResult(BaseModel):
    """The object of ``assistant timeline``, ``changes``, ``compare`` or ``brief --json``: what
    all have, and beside it what each has of its own.
    """

    model_config = ConfigDict(extra="allow")

    title: str
    tables: list[ViewTable]
    citations: list[Cited]
    notes: list[str]


class TextSpan(BaseModel):
    """The object of ``assistant show --json``: a document's text from ``start`` to ``end``."""

    doc_id: str
    source: str
    sources: list[str]
    text: str
    pages: list[int]
    start: int
    end: int
