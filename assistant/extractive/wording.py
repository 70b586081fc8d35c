"""The fixed sentences of an answer, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.extractive.labels import short
from assistant.types import Status
from index.types import Identity

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
LATER = "Ofsted may have published later reports."


def held_for(identities: Sequence[Identity], names: Iterable[str]) -> str:
    """What is held for the authorities named, or which authorities are held."""
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
    """The newest document held for each authority cited; None where none is dated."""
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
    parts = "; ".join(f"{name}, {short(latest[name])}" for name in names if name)
    return f"Newest document held: {parts}. {LATER}"


def later_held(identities: Sequence[Identity], cited: Sequence[Identity]) -> str | None:
    """That a later document is held about an authority cited, None where there is none."""
    parts = []
    for name in dict.fromkeys(i.authority_name for i in cited if i.authority_name):
        shown = [i for i in cited if i.authority_name == name]
        last = max((i.dated for i in shown if i.dated), default=None)
        undated = any(i.dated is None for i in shown)
        later = [
            i
            for i in identities
            if i.authority_name == name
            and i.dated
            and i not in shown
            and (last is None if undated and last is None else bool(last and i.dated > last))
        ]
        if later:
            latest = max(later, key=lambda i: (i.dated, i.doc_id))
            parts.append(f"a later document is held for {name}: {short(latest)}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else None
