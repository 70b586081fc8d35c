"""What of an inspection a question after a person or a figure is after: read, not matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from assistant.facts.corpus import Corpus
from assistant.facts.reading import chances


class Aspect(StrEnum):
    """What a letter's head and foot, or a report's front, say; ``OTHER`` stands in the text."""

    INSPECTORS = "inspectors"
    TEAM = "team"
    VISITS = "visits"
    SIGNATORY = "signatory"
    ADDRESSEE = "addressee"
    DIRECTOR = "director"
    COPIED_TO = "copied_to"
    OTHER = "other"


STATEMENTS: Mapping[str, Sequence[str]] = {
    Aspect.INSPECTORS: (
        "The Ofsted inspectors who inspected and visited were Jane Smith and John Brown.",
        "Ofsted sent the inspectors Jane Smith and John Brown, who came to look at the council's "
        "services.",
        "The inspection team was led by Jane Smith, the lead inspector (HMI).",
    ),
    Aspect.TEAM: (
        "The number of inspectors was eight; there were two of them on the visit.",
        "The inspection team had eight inspectors; two people came from Ofsted.",
    ),
    Aspect.VISITS: (
        "There have been three inspections and visits.",
        "Ofsted has inspected and visited the council three times.",
    ),
    Aspect.SIGNATORY: (
        "The letter was signed by Jane Smith, who put her name to it.",
        "Jane Smith wrote the letter; the letter is from her.",
        "The report's author and contact officer is Jane Smith.",
    ),
    Aspect.ADDRESSEE: (
        "The letter was addressed to John Brown.",
        "John Brown received the letter, which Ofsted sent to him.",
        "The report was presented to the council's board.",
    ),
    Aspect.DIRECTOR: (
        "John Brown is the director of children's services (DCS).",
        "John Brown is in charge: he runs the council's children's services, and is the boss.",
    ),
    Aspect.COPIED_TO: (
        "The letter was copied to the Department for Education.",
        "A copy (cc) of the letter was also sent to the department; others received copies.",
    ),
    Aspect.OTHER: (
        "Managers and social workers do this work for children.",
        "Mary Jones chairs the safeguarding board; she is the lead member.",
        "Councillor Mary Jones is the lead member for children's services.",
        "Staff told inspectors so.",
        "Partners and agencies provide, approve and oversee this service.",
        "Inspectors praised and criticised this work.",
        "Inspectors examined 250 children's files, and held 80 meetings.",
        "The council looks after 594 children, and has 120 foster carers.",
        "There are 40 social workers with 18 children each on their caseload.",
        "The service made 900 referrals, and 80% of assessments were in time.",
        "27 authorities were good, out of 104 that have been inspected.",
    ),
}


LEAST = 0.005
"""Probability of a count of inspectors below which another count is asked for ("how many contacts
were taken?")."""


def aspect_of(question: str, corpus: Corpus) -> Aspect:
    """Return what is asked after: that whose statement answers the question best."""
    if not corpus.identities:
        return Aspect.OTHER
    found = chances(corpus.statements, question, corpus.identities[0], STATEMENTS)
    best = max(found, key=lambda name: found[name])
    another = best == Aspect.TEAM and found[best] < LEAST
    return Aspect.OTHER if another else Aspect(best)
