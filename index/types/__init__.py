"""The nouns of the retrieval half, as frozen values; no I/O, no behaviour beyond lookups.

All offsets are character offsets into ``Document.text``, half-open. Dates are
``datetime.date``. Absent is ``None``: what a text does not say is never guessed. Import them
from here; the modules are for reading.
"""

from index.types.document import (
    Block,
    BlockKind,
    CleanText,
    Document,
    Passage,
    Section,
    SectionKind,
    Sentence,
)
from index.types.identity import (
    JUDGEMENT_KEYS,
    Framework,
    Grade,
    Identity,
    Issuer,
    Judgement,
    Kind,
    Period,
    Proven,
    Recollection,
    ReportedJudgement,
    Span,
)
from index.types.inspection import Improvement, Inspection, InspectionJudgement, Place
from index.types.intent import (
    Area,
    Aspect,
    Counted,
    Gap,
    Intent,
    Leaning,
    NamedBy,
    Sides,
    Slant,
    Telling,
    When,
)
from index.types.query import Evidence, Filters, Hit, Mention, Query, Reading, Results, Understood

__all__ = [
    "JUDGEMENT_KEYS",
    "Area",
    "Aspect",
    "Block",
    "BlockKind",
    "CleanText",
    "Counted",
    "Document",
    "Evidence",
    "Filters",
    "Framework",
    "Gap",
    "Grade",
    "Hit",
    "Identity",
    "Improvement",
    "Inspection",
    "InspectionJudgement",
    "Intent",
    "Issuer",
    "Judgement",
    "Kind",
    "Leaning",
    "Mention",
    "NamedBy",
    "Passage",
    "Period",
    "Place",
    "Proven",
    "Query",
    "Reading",
    "Recollection",
    "ReportedJudgement",
    "Results",
    "Section",
    "SectionKind",
    "Sentence",
    "Sides",
    "Slant",
    "Span",
    "Telling",
    "Understood",
    "When",
]
