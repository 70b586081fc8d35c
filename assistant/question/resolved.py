"""What a question made whole is, and how one is told from the one before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.types import CitedBefore
from index.types import Leaning, Query, Slant, When


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made whole.

    Attributes:
        question: what it means on its own, in words.
        query: what was understood of it, including what earlier turns lend it.
        doc_ids: documents that it points to, empty where it points to none.
        leaning: what it took from the turn before.
        said: the words that tell what sort of answer is wanted, where these are not all of
            ``question``: "what went wrong by 2019?" after "was it good?" asks for no grade.
        typed: the words as they were typed; of another form of an answer, those of its question.
        cited: what the answer before cited, where it took anything from that turn.
        short: probability that a short answer is asked for.
        slant: the side that the last answer is asked for again of ("just the weak bits").
        search: the matter of a short search, which asks nothing more of it; empty of all else.
    """

    question: str
    query: Query
    doc_ids: frozenset[str] = frozenset()
    leaning: Leaning = Leaning.NOTHING
    said: str = ""
    typed: str = ""
    cited: tuple[CitedBefore, ...] = ()
    slant: Slant | None = None
    short: float = 0.0
    search: str = ""


Understand = Callable[[str], Query]
Leans = Callable[[str, str], Mapping[Leaning, float]]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a question is told from the one before it.

    Attributes:
        understand: reads a question alone, with the filters that hold for it.
        leans: how likely it takes what from the one before it.
        when: how likely it means which inspection, seen from the one talked about.
        moved: a query at the inspection that it means, seen from what was quoted, by document.
        then: whether its places were inspected at the times of a query.
        counts: whether it asks for a number.
        reshapes: whether it asks for the last answer in another form.
        sided: whether it asks for one side of what was shown, and names no matter of its own.
        slant: the side that it asks for, strong or weak.
        compares: whether it asks for places side by side.
        everywhere: whether it asks which places there are of all.
        here: whether it is about one place, so that one it does not name is the one before.
        times: whether it sets several times side by side.
        tells: whether it tells alone what sort of answer is wanted.
        graded: whether it asks for grades or visits of the inspections talked about, and not for
            those of what the question before it is about.
        anchored: a query that takes nothing from before, at the inspection that its time means.
    """

    understand: Understand
    leans: Leans
    when: Callable[[str, str], Mapping[When, float]]
    moved: Callable[[Query, When, frozenset[str]], Query]
    then: Callable[[Query], bool]
    counts: Callable[[str], bool]
    reshapes: Callable[[str], bool]
    sided: Callable[[str], bool]
    slant: Callable[[str], Slant]
    compares: Callable[[str], bool]
    everywhere: Callable[[str], bool]
    here: Callable[[str], bool]
    times: Callable[[str], bool]
    tells: Callable[[str], bool]
    graded: Callable[[str, str], bool]
    anchored: Callable[[Query], Query]
