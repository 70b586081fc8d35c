"""The nouns of the retrieval half, as frozen values; no I/O, no behaviour beyond lookups.

All offsets are character offsets into ``Document.text``, half-open. Dates are
``datetime.date``. Absent is ``None``: what a text does not say is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Issuer(StrEnum):
    """Who speaks in a document. Only ``OFSTED`` documents are inspectors' own words."""

    OFSTED = "ofsted"
    COUNCIL = "council"
    PRESS = "press"
    OTHER = "other"


class Kind(StrEnum):
    """What sort of document it is."""

    INSPECTION_REPORT = "inspection report"
    FOCUSED_VISIT = "focused visit letter"
    MONITORING_VISIT = "monitoring visit letter"
    ASSURANCE_VISIT = "assurance visit letter"
    JOINT_INSPECTION = "joint inspection letter"
    COUNCIL_REPORT = "council report"
    NEWS_ARTICLE = "news article"
    OTHER = "other"


class Framework(StrEnum):
    """The inspection framework a document was made, or reports, under."""

    SIF = "SIF"
    ILACS_STANDARD = "ILACS standard"
    ILACS_SHORT = "ILACS short"
    ILACS = "ILACS"
    JTAI = "JTAI"


class Grade(StrEnum):
    """A judgement grade; ``ADEQUATE`` was given only before late 2013."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"


JUDGEMENT_KEYS = (
    "overall_effectiveness",
    "impact_of_leaders",
    "help_and_protection",
    "in_care",
    "care_leavers",
    "adoption",
    "leadership_management_governance",
    "lscb",
)
"""The eight judgements, in the order they are printed. The SIF's leadership judgement
(``leadership_management_governance``) is not the ILACS one (``impact_of_leaders``)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of ``Document.text``; ``0 <= start < end <= len(text)``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proven(Generic[T_co]):
    """A value read from a document, with the span that proves it.

    Invariant: ``span`` is None exactly when ``origin`` is ``"sidecar"``.
    """

    value: T_co
    span: Span | None
    origin: Literal["text", "sidecar"] = "text"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade that this document itself gives.

    Attributes:
        key: one of ``JUDGEMENT_KEYS``.
        grade: the grade given.
        heading: the judgement's name as printed.
        span: where heading and grade stand.
    """

    key: str
    grade: Grade
    heading: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReportedJudgement:
    """A grade of another inspection that this document recalls.

    Attributes:
        key: one of ``JUDGEMENT_KEYS``.
        when: the time as printed ("October 2022", "2019"), None where the text gives none.
        span: the sentence that recalls it.
    """

    key: str
    grade: Grade
    when: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Identity:
    """Who wrote what about whom, and when: everything about a document but its text.

    Attributes:
        doc_id: 16 hex digits of the SHA-256 of the file's bytes.
        sources: paths relative to the folder given to ``build``, ``/``-separated, sorted;
            several when the same bytes lie in several places.
        dated: the date to order and filter by; ``dated_from`` says what it is.
    """

    doc_id: str
    sources: tuple[str, ...]
    issuer: Proven[Issuer]
    kind: Proven[Kind]
    title: Proven[str] | None = None
    framework: Proven[Framework] | None = None
    authority: Proven[str] | None = None
    published: Proven[date] | None = None
    visit_start: Proven[date] | None = None
    visit_end: Proven[date] | None = None
    dated: date | None = None
    dated_from: Literal["published", "visit_end", "sidecar"] | None = None
    inspectors: tuple[Proven[str], ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reported_judgements: tuple[ReportedJudgement, ...] = ()
    scope: Proven[str] | None = None
    url: Proven[str] | None = None

    @property
    def source(self) -> str:
        """The first of ``sources``."""
        return self.sources[0]

    @property
    def authority_name(self) -> str | None:
        """The canonical authority name, or None."""
        return self.authority.value if self.authority else None


class BlockKind(StrEnum):
    """What a block is; ``FURNITURE`` (addresses, footers, signatures) is never evidence."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row.

    Attributes:
        start, end: the block's span, without surrounding white space; a printed paragraph
            number ("12.") stands before ``start``.
        heading: the headings above it, outermost first; for a row the table's title and its
            column headings ("Adoption performance", "Judgement | Count | %").
        paragraph: the printed paragraph number, None where there is none.
        level: depth of a heading (1 outermost) or of a list item; 0 otherwise.
    """

    kind: BlockKind
    start: int
    end: int
    heading: tuple[str, ...] = ()
    paragraph: str | None = None
    level: int = 0


class SectionKind(StrEnum):
    """The lists that readers ask for first, complete."""

    IMPROVEMENT = "what needs to improve"
    RECOMMENDATIONS = "recommendations"
    PRIORITY_ACTION = "areas for priority action"


@dataclass(frozen=True, slots=True)
class Section:
    """A typed list of a document.

    Attributes:
        heading: as printed.
        span: heading and items together.
        items: the list items in order, each complete.
    """

    kind: SectionKind
    heading: str
    span: Span
    items: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CleanText:
    """What loading makes of a file's bytes, before anyone asks who wrote it.

    Attributes:
        text, pages, blocks, sections: as in ``Document``.
    """

    text: str
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file, cleaned once, with its identity.

    Attributes:
        text: cleaned text; cleaning only deletes furniture and changes white space.
        pages: offset where each page starts, ascending, first 0; one entry for a file
            without pages.
        blocks: in order, not overlapping; together they cover all of ``text`` but white
            space and paragraph numbers.
        sections: the typed lists found.
        loader_version: version of the loading code that made ``text``.
    """

    identity: Identity
    text: str
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    loader_version: str

    @property
    def doc_id(self) -> str:
        """The identity's ``doc_id``."""
        return self.identity.doc_id


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row: the smallest thing that can be quoted.

    Attributes:
        heading: innermost heading, or a row's table title and columns.
        block: index of the block in ``Document.blocks`` that it belongs to.
        quotable: False for headings and footnotes, which frame evidence but are none.
    """

    start: int
    end: int
    heading: str
    block: int
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: neighbouring whole sentences of one document.

    Invariant: ``text == document.text[start:end]``.

    Attributes:
        page: 1-based page of ``start``, None for a file without pages.
        paragraph: printed number of the paragraph at ``start``, None where there is none.
        sentences: the sentences inside, in order.
    """

    passage_id: str
    doc_id: str
    source: str
    start: int
    end: int
    text: str
    heading: str
    page: int | None
    paragraph: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the caller restricts a question to; empty means everything.

    Attributes:
        authorities, kinds, issuers: any one of each matches.
        from_date, to_date: inclusive; a document matches when its visit or its publication
            falls in the period.
    """

    authorities: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    issuers: tuple[Issuer, ...] = ()
    from_date: date | None = None
    to_date: date | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """Something that a question names, with the words that said so.

    Attributes:
        words: the question's own words.
        certain: False where the words could mean something else or were misspelt.
    """

    value: T_co
    words: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, inclusive at both ends; None is open."""

    start: date | None
    end: date | None


class Wanted(StrEnum):
    """What sort of answer a question wants; ``OPEN`` is whatever the passages say."""

    ADDRESSEE = "addressee"
    SIGNATORY = "signatory"
    INSPECTOR_COUNT = "inspector count"
    INSPECTORS = "inspectors"
    PUBLISHED = "published"
    VISITED = "visited"
    GRADED_SO = "graded so"
    GRADE = "grade"
    SCOPE = "scope"
    IMPROVEMENTS = "improvements"
    MENTIONS = "mentions"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what was understood from it.

    Attributes:
        question: as asked.
        topic: the question without the held authorities it names.
        subject: the topic without the times it names.
        k: number of hits wanted, >= 1.
        filters: set by the caller, always obeyed.
        authorities, periods, kinds, people: named in the question.
        wanted: the sort of answer it asks for.
        order: ``"newest"`` or ``"oldest"`` where the question asks for the latest or first.
        terms: glossary expansions used for lexical search.
        respelt: document words taken for words that were misspelt.
    """

    question: str
    topic: str
    subject: str
    k: int = 10
    filters: Filters = field(default_factory=Filters)
    authorities: tuple[Mention[str], ...] = ()
    periods: tuple[Mention[Period], ...] = ()
    kinds: tuple[Mention[Kind], ...] = ()
    people: tuple[Mention[str], ...] = ()
    wanted: Wanted = Wanted.OPEN
    order: Literal["newest", "oldest"] | None = None
    terms: tuple[Mention[str], ...] = ()
    respelt: tuple[Mention[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        score: higher is better, always.
        rank: from 1.
        parts: what the score was made of, by name.
    """

    passage: Passage
    identity: Identity
    score: float
    rank: int
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotable sentence of a hit, with its score for the question (higher is better)."""

    identity: Identity
    passage: Passage
    sentence: Sentence
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gives: what was understood, and the hits, best first."""

    query: Query
    hits: tuple[Hit, ...]
