"""What a saved answer claims: these words stand there; read from any format, judged by none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.evidence.verbatim import fold
from index.types import Identity


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of an answer's list of sources, as far as the file says it.

    Attributes:
        doc_id: empty where the entry names the file alone.
        start, end: the place named, None where none is.
        source, authority: as named, None where the format has no such field or it is empty.
        line: the whole entry where it is one line of text; it must name file and authority.
        stated: what else the format says of the document, by field; absent is left out.
    """

    doc_id: str
    start: int | None = None
    end: int | None = None
    source: str | None = None
    authority: str | None = None
    line: str | None = None
    stated: Mapping[str, str] = field(default_factory=dict)

    def names(self, identity: Identity) -> bool:
        """Say whether this is a name for the document: its file, and its authority."""
        own = identity.authority_name
        if self.line is not None:
            fields = f"; {fold(self.line)};"
            held = any(f"; {fold(source)};" in fields for source in identity.sources)
            return held and (own is None or f"; {fold(own)};" in fields)
        return (self.source is None or self.source in identity.sources) and (
            self.authority is None or self.authority == own
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """Words given as a quotation, with what they are said to be taken from.

    Attributes:
        answer: the answer's id where it has one, else its number from 1.
        numbers: of the references given beside the words, in order.
        references: the answer's sources by number.
        label: the letter's heading that the words stand under, empty without one.
        whole: whether the words are all of the place cited; else they may be part of it.
        listed: whether it counts as a quote of the answer; others only repeat one, and are
            told of where they fail.
    """

    answer: str
    words: str
    numbers: tuple[int, ...] = ()
    references: Mapping[int, Reference] = field(default_factory=dict)
    label: str = ""
    whole: bool = True
    listed: bool = True
