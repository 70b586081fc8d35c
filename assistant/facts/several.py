"""One answer where one event is meant, each labelled where several are, a choice where many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant
from assistant.facts.naming import question_about, short_name
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.types import Inspection

MOST = 5
"""Single-valued answers that are given side by side; more ask which is meant."""


def several(
    able: Sequence[Inspection],
    about: Meant,
    corpus: Corpus,
    write: Callable[[Draft, Inspection], None],
    lacking: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    everywhere: bool = False,
) -> FactAnswer:
    """Return the answer of the events that give one, the newest first.

    Several inspections that a question did not choose between make it ambiguous: up to five are
    answered, each labelled; of more, the newest of each authority, or only the choices.

    Args:
        able: events that give what is asked.
        write: writes one event's lines.
        lacking: what of that which is asked the documents do not give, one sentence each.
        notes: what must be said beside the answer.
        everywhere: every place is asked after.
    """
    newest = list(reversed(able))
    draft = Draft()
    if (about.settled and (about.named or everywhere)) or len(newest) == 1:
        for event in newest:
            write(draft, event)
        lacking = (*_missing(about), *lacking)
        status = Status.PARTIAL if lacking else Status.ANSWERED
        return FactAnswer(status, draft, (*lacking, *notes))
    choices = _choices(newest, about)
    firsts: dict[str, Inspection] = {}
    for event in newest:
        firsts.setdefault(event.authority, event)
    shown = newest if len(newest) <= MOST else list(firsts.values())
    if len(shown) <= MOST:
        for event in shown:
            write(draft, event)
    return FactAnswer(Status.AMBIGUOUS, draft, (*lacking, *notes), choices)


def _missing(about: Meant) -> list[str]:
    return [f"Nothing is held, and nothing recalled, of: {one}." for one in about.missing]


def _choices(newest: Sequence[Inspection], about: Meant) -> tuple[str, ...]:
    if about.named and len(about.authorities) == 1:
        return tuple(f"the {short_name(event)}" for event in newest)
    names = tuple(sorted({event.authority for event in newest}))
    return names if len(names) > 1 else tuple(question_about(event) for event in newest)
