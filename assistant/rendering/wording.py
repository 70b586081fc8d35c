"""The fixed sentences of an answer, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.rendering.grammar import listed
from assistant.rendering.names import short
from assistant.types import Status
from index.types import Filters, Identity, Query

BY_HAND = "given by hand"
"""What stands behind a value that a person gave, and not the text."""
SAID = {
    Status.NOT_STATED: "The documents we hold do not say.",
    Status.NOT_HELD: "We do not hold that.",
    Status.PREMISE_CONTRADICTED: "The letter says otherwise:",
    Status.AMBIGUOUS: "Which authority?",
    Status.OUT_OF_SCOPE: (
        "That is outside these documents. This assistant answers questions about what "
        "inspectors wrote about children's services."
    ),
    Status.INVALID: "Please type a question about the inspection letters that are held.",
}
STATUS_WORDS: dict[Status, str] = {
    Status.PARTIAL: "Part of this is not in the documents",
    Status.NOT_STATED: "Not in the documents",
    Status.NOT_HELD: "Not held",
    Status.PREMISE_CONTRADICTED: "The documents say otherwise",
    Status.AMBIGUOUS: "More than one is held",
    Status.OUT_OF_SCOPE: "Not a question about these documents",
    Status.INVALID: "No question to read",
}
"""The label on an outcome other than ``ANSWERED``."""

STATUS_SENTENCES: dict[Status, str] = {
    Status.NOT_STATED: "The documents we hold do not say.",
    Status.NOT_HELD: "We do not hold that.",
    Status.AMBIGUOUS: "Which authority or inspection do you mean?",
    Status.OUT_OF_SCOPE: "This tool answers only from the inspection documents it holds.",
    Status.INVALID: "Please type a question about the inspections.",
}
"""What is said where the answerer itself gave no sentence."""
WHICH_INSPECTION = "Which inspection, visit or letter?"
"""Said with ``AMBIGUOUS`` in place of ``SAID`` where the authority is clear."""
IN_OTHER_WORDS = (
    "None of the words searched for stands in what is quoted here: it is what comes nearest in "
    "meaning."
)
"""Said first where a search is answered in other words than its own."""
LATER = "Ofsted may have published later reports."


def nearest_title(quoted: bool) -> str:
    """Return what stands over the nearest places, of a refusal or beside what is quoted."""
    if quoted:
        return "Nearest places where nothing surely answers. They may not be about your question."
    return "Nearest places in the documents. These do not answer your question."


def said(status: Status, filters: Filters) -> str | None:
    """Return what is said first of a status, None where nothing is: of documents that were chosen,
    that these do not say.
    """
    if status is Status.NOT_STATED and filters:
        return "The documents that were chosen do not say."
    return SAID.get(status)


def who_holds(filters: Filters) -> str:
    """Return ``We hold``, or that it is what was chosen of it that holds something."""
    return "The documents that were chosen hold" if filters else "We hold"


def nothing_held(names: Sequence[str], filters: Filters) -> str:
    """Return that nothing is held about what a question names, of all or of what was chosen."""
    return f"{who_holds(filters)} nothing about {listed(list(names))}."


def unwritten(words: Sequence[str], status: Status, filters: Filters) -> str:
    """Return which words searched for no document asked writes, before what is quoted all the same
    or after what is said where nothing is.
    """
    verb = "stands" if len(words) == 1 else "stand"
    nowhere = f"{listed([f'“{word}”' for word in words])} {verb} nowhere in the documents asked."
    if status is Status.NOT_STATED:
        return f"{said(status, filters)} {nowhere}"
    return f"{nowhere} What is quoted here comes nearest in meaning."


def unknown_then(names: Sequence[str]) -> str:
    """Return that no inspection is known of places at the times that a question names, and that
    others are quoted.
    """
    return f"We know of no inspection or visit of {listed(list(names))}. What follows is of others."


def partly(lacking: Sequence[str]) -> str:
    """Return what of a question the documents do not answer."""
    return f"Part of this is not in the documents: {', '.join(lacking)}."


def silent(sides: Sequence[str], near: bool) -> str:
    """Return which of the sides that were heard say nothing, as far as can be told.

    Args:
        near: what comes nearest there is shown, apart from the answer.
    """
    shown = " What comes nearest there is shown apart." if near else ""
    return f"Nothing that surely answers was found in: {'; '.join(sides)}.{shown}"


def held_for(identities: Sequence[Identity], names: Iterable[str]) -> str:
    """Return what is held for the authorities named, or which authorities are held."""
    wanted = set(names)
    own = [identity for identity in identities if identity.authority_name in wanted]
    if own:
        parts = [
            f"for {name}: {'; '.join(short(i) for i in own if i.authority_name == name)}"
            for name in sorted({i.authority_name or "" for i in own})
        ]
        return f"We hold {'. '.join(parts)}."
    have = sorted({i.authority_name for i in identities if i.authority_name})
    if not have:
        return f"We hold {len(identities)} documents."
    shown = ", ".join(have[:8]) + (f" and {len(have) - 8} more" if len(have) > 8 else "")
    return f"We hold {len(identities)} documents, about {shown}."


def newest(identities: Sequence[Identity], cited: Sequence[Identity]) -> str | None:
    """The newest document held for each authority cited, and whether it is later than those cited;
    None where none is dated.
    """
    latest: dict[str, Identity] = {}
    for identity in identities:
        name = identity.authority_name
        if name is None or identity.dated is None:
            continue
        if name not in latest or (latest[name].dated or identity.dated) < identity.dated:
            latest[name] = identity
    names = list(dict.fromkeys(i.authority_name for i in cited if i.authority_name in latest))
    if not names:
        return None
    parts = "; ".join(
        f"{name}, {short(latest[name])}{_later(latest[name], cited)}" for name in names if name
    )
    return f"Newest document held: {parts}. {LATER}"


def read_as(query: Query) -> str:
    """Return what misspelt and plain words were taken for (``“children” instead of “kids”``)."""
    from index.query.plain import reworded  # loads numpy, which --help does without

    taken = (*query.respelt, *reworded(query.topic))
    return listed([f"“{mention.value}” instead of “{mention.words}”" for mention in taken])


def _later(newest: Identity, cited: Sequence[Identity]) -> str:
    own = [identity for identity in cited if identity.authority_name == newest.authority_name]
    as_new = any(identity.dated == newest.dated for identity in own)
    return "" if as_new else " (later than what is quoted here)"
