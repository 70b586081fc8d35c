"""Which documents a question about identity means: of what place, kind, person and time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.timing import fit
from index.types import Framework, Identity, Query

_ILACS = frozenset((Framework.ILACS, Framework.ILACS_STANDARD, Framework.ILACS_SHORT))
_FRAMEWORKS = (
    (re.compile(r"\bSIF\b|\bsingle inspection framework\b", re.I), frozenset((Framework.SIF,))),
    (re.compile(r"\bILACS\b", re.I), _ILACS),
)


def relevant(held: Sequence[Identity], query: Query) -> list[Identity]:
    """Documents that an identity question is about: those of the authorities named, and of
    them those that fit the kind and time named best; newest first.
    """
    names = {mention.value for mention in query.authorities}
    group = [i for i in held if not names or i.authority_name in names]
    kinds = {mention.value for mention in query.kinds}
    group = [i for i in group if i.kind.value in kinds] or group
    frameworks = _frameworks(query.question)
    group = [i for i in group if i.framework and i.framework.value in frameworks] or group
    people = {mention.value for mention in query.people}
    group = [i for i in group if people & {p.value for p in i.inspectors}] or group
    if query.periods:
        fitting = {i.doc_id: max(fit(i, mention.value) for mention in query.periods) for i in group}
        best = max(fitting.values(), default=0)
        group = [
            i for i in group if fitting[i.doc_id] >= min(best, 0.4) and fitting[i.doc_id] > 0
        ] or group
    group = sorted(
        group, key=lambda i: (i.dated is None, i.dated and -i.dated.toordinal(), i.doc_id)
    )
    if query.order and group:
        dated = [i for i in group if i.dated]
        by_authority: dict[str | None, Identity] = {}
        for identity in dated if query.order == "newest" else reversed(dated):
            by_authority.setdefault(identity.authority_name, identity)
        group = list(by_authority.values()) or group
    return group


def _frameworks(question: str) -> frozenset[Framework]:
    """The frameworks that a question names; none where it names none."""
    named = [frameworks for form, frameworks in _FRAMEWORKS if form.search(question)]
    return frozenset().union(*named)
