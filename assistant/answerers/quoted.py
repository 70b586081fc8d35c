"""Answer an open question with quotes: of what was read, of each side, or of what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answerers import choose
from assistant.answerers.compose import Composer
from assistant.answerers.decide import Thresholds
from assistant.answerers.outcome import Outcome
from assistant.evidence.finder import EvidenceFinder
from assistant.evidence.reader import Look
from assistant.evidence.slant import slant_of, slanted
from assistant.facts import Corpus, refusals
from assistant.facts.meant import meant
from assistant.question.sides import Side
from assistant.rendering import wording
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.types import Identity, Query

NEAREST = 3
"""Passages shown with a refusal."""


class QuotedAnswer:
    """Makes the outcome of what was read.

    Args:
        corpus: the documents quoted.
        finder: tells which documents mention what is asked of everyone.
        limit: what the reader's probabilities must reach.
    """

    def __init__(self, corpus: Corpus, finder: EvidenceFinder, limit: Thresholds) -> None:
        self._corpus = corpus
        self._finder = finder
        self._limit = limit
        self._composer = Composer(corpus.collection, limit)

    def outcome(
        self,
        status: Status,
        found: Look,
        query: Query,
        allowed: Sequence[Identity],
        missing: str | None,
        sides: Sequence[Side],
    ) -> Outcome:
        """Return the outcome of an open question with its status.

        Args:
            allowed: the documents that its filters let through.
            missing: what it names and nothing is held for.
            sides: the sides that it wants heard.
        """
        nearest = found.hits[:NEAREST]
        if status is Status.OUT_OF_SCOPE:
            helps = found.answers >= self._limit.sure
            return Outcome(status, Draft(), nearest=nearest if helps else ())
        if status is Status.NOT_HELD:
            corpus = self._corpus.filtered(query.filters)
            known = refusals.not_held(query, meant(query, corpus), corpus)
            return Outcome(status, known.draft, nearest=nearest, notes=(f"Not held: {missing}.",))
        if status is Status.NOT_STATED:
            return Outcome(status, Draft(), nearest=nearest)
        if status is Status.PREMISE_CONTRADICTED:
            chosen = choose.contrary(found.evidence, self._limit)
            draft = self._composer.write(Draft(), chosen, found.evidence)
            return Outcome(status, draft)
        if missing is not None:
            evidence = found.naming(query)
            chosen = choose.choose(evidence, replace(query, authorities=()), None, self._limit)
            note = f"No document about {missing} itself is held."
            draft = self._composer.write(Draft(), chosen, evidence)
            return Outcome(status, draft, notes=(note,))
        answered = (
            self._answered_by(sides, found, query)
            if sides
            else self._answered(found, query, allowed)
        )
        quoted = bool(answered.draft.citations)
        return answered if quoted else Outcome(Status.NOT_STATED, Draft(), nearest=nearest)

    def _answered_by(self, sides: Sequence[Side], found: Look, query: Query) -> Outcome:
        """Return what each side says; which of them says nothing is said. Of places that nobody
        named only those are heard that tell of what is asked for, weak or strong.
        """
        if not any(side.named or side.timed for side in sides):
            slant = slant_of(query.question, self._corpus.reader, self._limit.likely)
            found = slanted(found, slant, self._corpus.reader, self._limit.answers)
        chosen, silent = choose.choose_of_sides(found, sides, self._limit)
        draft = self._composer.write(Draft(), chosen, found.evidence)
        lacking = [side.name for side in silent if side.named]
        if lacking:
            return Outcome(Status.PARTIAL, draft, notes=(wording.partly(lacking),))
        others = [side.name for side in silent]
        return Outcome(Status.ANSWERED, draft, notes=(wording.silent(others),) if others else ())

    def _answered(self, found: Look, query: Query, allowed: Sequence[Identity]) -> Outcome:
        """Return what answers, with how many documents hold the words asked about, where all that
        is quoted does: others speak of the matter in other words.
        """
        scan = self._finder.scan(query, allowed)
        chosen = choose.choose(found.evidence, query, scan, self._limit)
        draft = Draft()
        quoted = {item.identity for item in chosen.shown}
        if scan is not None and scan.holding and quoted <= {*scan.holding}:
            draft.frame(scan.sentence())
        self._composer.write(draft, chosen, found.evidence)
        return Outcome(Status.ANSWERED, draft)
