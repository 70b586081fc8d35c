"""People that a question names, among those that the heads and feet of held documents name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Identity, Issuer, Mention


def people_of(identity: Identity) -> frozenset[str]:
    """Return who inspected, signed or was written to, without their offices.

    What a council's report was addressed to is a board, and no one.
    """
    correspondents = [identity.signatory]
    if identity.issuer.value is Issuer.OFSTED:
        correspondents.append(identity.addressee)
    return frozenset(
        (
            *(one.value for one in identity.inspectors),
            *(one.value.partition(", ")[0] for one in correspondents if one),
        )
    )


def people_named(text: str, held: Sequence[Identity]) -> tuple[Mention[str], ...]:
    """Return the names as the documents print them, in name order.

    A surname alone is not certain, and none where a sentence begins: "Young people" is no one.
    """
    names = sorted({name for identity in held for name in people_of(identity)})
    found = []
    for name in names:
        surname = name.split()[-1]
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            found.append(Mention(name, name))
        elif len(surname) > 3 and re.search(rf"(?<!^)(?<![.?!] )\b{re.escape(surname)}\b", text):
            found.append(Mention(name, surname, certain=False))
    return tuple(found)
