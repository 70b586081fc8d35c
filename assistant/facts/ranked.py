"""Which of several authorities has the highest grades, by those that each of them was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.facts.grades import grade_name
from assistant.rendering.grammar import listed
from index.query.judgements import judgement_names
from index.types import JUDGEMENT_KEYS, Grade, Inspection

_BEST_FIRST = list(Grade)
_NAMES = {one.key: one.name for one in judgement_names()}
_Grades = tuple[int, ...]


def ranked(graded: Mapping[str, Inspection | None], keys: Sequence[str] = ()) -> str:
    """Return whose grades are highest and lowest, and on what they differ; empty where fewer than
    two have a judgement in common.

    Those of one are higher than another's where none is lower and one is higher: a weak judgement
    is not made up for by a strong one.

    Args:
        graded: the inspection of each authority of which the grades are compared.
        keys: the judgements that are compared; all where none is given.
    """
    events = {name: one for name, one in graded.items() if one and one.judgements}
    among = [key for key in JUDGEMENT_KEYS if key in keys or not keys]
    keys = [key for key in among if all(one.judgement(key) for one in events.values())]
    if len(events) < 2 or not keys:
        return ""
    groups: dict[_Grades, list[str]] = {}
    for name, event in events.items():
        given = (event.judgement(key) for key in keys)
        groups.setdefault(tuple(_place(one.grade) for one in given if one), []).append(name)
    if len(groups) == 1:
        return f"The grades for {listed([_NAMES[key] for key in keys])} are the same."
    best = [of for of in groups if all(_no_lower(of, other) for other in groups)]
    worst = [of for of in groups if all(_no_lower(other, of) for other in groups)]
    said = [f"highest: {listed(groups[of])}" for of in best]
    said += [f"lowest: {listed(groups[of])}" for of in worst]
    first = "; ".join(said) or "nobody’s are the highest, or the lowest, in every judgement"
    return f"By the grades that each was given – {first}. {_differences(keys, groups)}"


def _differences(keys: Sequence[str], groups: Mapping[_Grades, Sequence[str]]) -> str:
    """Return the judgements on which grades differ, with who has which."""
    told = []
    for n, key in enumerate(keys):
        have: dict[int, list[str]] = {}
        for of, names in groups.items():
            have.setdefault(of[n], []).extend(names)
        if len(have) > 1:
            each = [
                f"{grade_name(_BEST_FIRST[at])} ({listed(sorted(have[at]))})" for at in sorted(have)
            ]
            told.append(f"{_NAMES[key]}: {', '.join(each)}")
    return f"They differ on {'; '.join(told)}."


def _place(grade: Grade) -> int:
    return _BEST_FIRST.index(grade)


def _no_lower(one: _Grades, other: _Grades) -> bool:
    """Whether no grade of one is lower than the other's."""
    return all(a <= b for a, b in zip(one, other, strict=True))
