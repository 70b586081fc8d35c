"""Inspectors that a question names, among those that held documents name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Identity, Mention


def people_named(text: str, held: Sequence[Identity]) -> tuple[Mention[str], ...]:
    """Return the names as the documents print them, in name order.

    A surname alone is not certain, and none where a sentence begins: "Young people" is no one.
    """
    names = sorted({person.value for identity in held for person in identity.inspectors})
    found = []
    for name in names:
        surname = name.split()[-1]
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            found.append(Mention(name, name))
        elif len(surname) > 3 and re.search(rf"(?<!^)(?<![.?!] )\b{re.escape(surname)}\b", text):
            found.append(Mention(name, surname, certain=False))
    return tuple(found)
