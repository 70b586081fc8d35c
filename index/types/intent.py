"""What sort of answer a question wants, and what sort of thing a sentence tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What sort of answer a question wants; read by the intent head of the reader's encoder."""

    OPEN = "open"
    """What the documents say on a matter."""
    YES_NO = "yes_no"
    """Whether something is so."""
    WHY = "why"
    """The cause of something."""
    FIGURE = "figure"
    """A number that a document prints ("how many children are looked after?")."""
    POINTS = "points"
    """The points for improvement, recommendations or priorities, as a list."""
    WHO = "who"
    """A person: who inspected, who signed, who was written to, who somebody is."""
    WHEN = "when"
    """The day of a visit, letter or judgement."""
    GRADE = "grade"
    """A judgement: how something was rated."""
    LOOKED_AT = "looked_at"
    """What an inspection or visit looked at, and how it was made."""
    VISITS = "visits"
    """Which inspections or visits there were, and how many."""
    COUNT = "count"
    """How many, or which, authorities or documents of all that are held."""
    TIMELINE = "timeline"
    """An authority's inspections in order."""
    CHANGES = "changes"
    """What changed from one inspection to the next, as a whole."""
    COMPARE = "compare"
    """Two or more authorities side by side."""
    BRIEF = "brief"
    """A summary of a letter or an authority ("how is it doing?", "is it any good?")."""
    HELD = "held"
    """Which documents or authorities there are to ask about."""
    RESHAPE = "reshape"
    """The last answer in another form ("shorter", "as a table", "just the negatives")."""
    TASK = "task"
    """Work beyond quoting: draft, advise, predict, judge who is worst."""
    CHAT = "chat"
    """Greetings, thanks, and questions about the assistant itself."""
    OUTSIDE = "outside"
    """A question that no document about children's services could answer."""


class Leaning(StrEnum):
    """What a question takes from the one before it; read by the reader's encoder."""

    NOTHING = "nothing"
    """It is whole: it names its own place and matter, or asks of everything."""
    PLACE = "place"
    """It has a matter of its own; place, letter or time are those of before."""
    TOPIC = "topic"
    """It needs the matter of before, maybe with another place or time ("and in Kent?", "why?")."""
    ANSWER = "answer"
    """It points at the answer shown ("who wrote that?", "the second one")."""


class Aspect(StrEnum):
    """What a question after a person or a number is after; read by a head over the question."""

    INSPECTORS = "inspectors"
    """Who inspected."""
    TEAM = "team"
    """How many inspectors there were."""
    VISITS = "visits"
    """How many inspections or visits there have been."""
    SIGNATORY = "signatory"
    """Who signed or wrote a letter."""
    ADDRESSEE = "addressee"
    """To whom a letter was sent."""
    DIRECTOR = "director"
    """Who directed children's services."""
    COPIED_TO = "copied_to"
    """Who got a copy."""
    OTHER = "other"
    """Whatever else the text says of people and numbers."""


class When(StrEnum):
    """Which inspection a follow-up means, seen from the one talked about; read by a head."""

    SAME = "same"
    """The same, or none in particular."""
    NEXT = "next"
    """The one after it ("had they fixed it when Ofsted came back?")."""
    PREVIOUS = "previous"
    """The one before it ("was that already so the time before?")."""
    NEWEST = "newest"
    """The newest that there is ("and today?")."""
    SINCE = "since"
    """All from then on ("did it ever get better?")."""


class NamedBy(StrEnum):
    """Whether a question names its inspection by what that gave; read by a head."""

    NO = "no"
    """By a time, or not at all; or it asks for a grade."""
    GRADE = "by_grade"
    """By the grade that it gave ("the inspection that called Kent inadequate")."""
    FALL = "by_fall"
    """By a grade lost ("when they slipped from good")."""
    RISE = "by_rise"
    """By a grade gained ("the inspection that lifted Hull out of inadequate")."""


class Sides(StrEnum):
    """Which sides a question wants heard; read by a head over the question."""

    ONE = "one"
    """One answer suffices."""
    TIMES = "times"
    """How one matter stood at different times ("then and now", "since", "has it improved?")."""
    PLACES = "places"
    """Several or all places on one matter ("which councils …", "how do the three compare?")."""


class Slant(StrEnum):
    """Whether a question asks for one side of a matter; read by a head over the question."""

    WEAK = "weak"
    """What does not work."""
    STRONG = "strong"
    """What works."""
    ANY = "any"
    """Whatever the documents say."""


class Area(StrEnum):
    """Which judged area a question asks about as a whole; read by a head over the question."""

    NONE = "none"
    """None: a part of one, a matter that cuts across them, or all of the services."""
    HELP = "help_and_protection"
    """Children who need help and protection."""
    CARE = "in_care"
    """Children in care."""
    LEAVERS = "care_leavers"
    """Care leavers."""
    LEADERSHIP = "leadership"
    """Leaders, under whichever framework."""
    ADOPTION = "adoption"
    """Adoption, judged until 2017."""
    BOARD = "board"
    """The safeguarding board, judged until 2017."""


class Counted(StrEnum):
    """What a question counts, or asks for all of; read by a head over the question."""

    SAID = "said"
    """Letters or councils of which something is said."""
    LISTED = "listed"
    """Lists of points for improvement or recommendations that have something."""
    GRADES = "grades"
    """Grades given."""
    OTHER = "other"
    """Visits, documents, inspections, people."""


class Telling(StrEnum):
    """What a sentence of a letter or report tells; read by a head over the sentence."""

    STRENGTH = "strength"
    """What works, or works better."""
    CONCERN = "concern"
    """What does not work, or hampers."""
    MIXED = "mixed"
    """Both, neither outweighing the other."""
    POINT = "point"
    """A point for improvement, recommendation or priority."""
    GRADE = "grade"
    """A judgement."""
    FACT = "fact"
    """Neither praise nor criticism: a figure, an arrangement, what happened."""
    NO_FINDING = "no_finding"
    """How the visit was made, what grades mean, greetings, contents."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two words of a question.

    Attributes:
        start, end: where what stands before it ends, and what stands after it begins.
        apart: probability that each of the two asks for something of its own.
    """

    start: int
    end: int
    apart: float
