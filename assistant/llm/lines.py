"""Writes evidence as numbered lines for a model, each with whose words it is and when.

Evidence is data: it is fenced, and what could pass for our own markers or fence is defused.
"""

from __future__ import annotations

import re

from index.types import Evidence, Identity, Issuer

_FENCE = re.compile(r"<\s*/?\s*(evidence|question)\s*>", re.IGNORECASE)
_MARKER = re.compile(r"\[(\d[\d\s,–-]*)\]")
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules|prompt)\b"
    r"|\bsystem prompt\b|\bnew instructions\b|\byou are (?:now |no longer )?an? (?:ai|assistant|"
    r"chatbot|language model)\b|\b(?:respond|reply|answer|output) (?:only )?(?:with|exactly)\b"
    r"|^\s*(?:system|assistant|user)\s*:",
    re.IGNORECASE | re.DOTALL,
)


def line(number: int, item: Evidence) -> str:
    """One numbered line: "[1] Stoke-on-Trent · Ofsted focused visit letter · 8 Nov 2023: …"."""
    heading = f" · under “{item.sentence.heading}”" if item.sentence.heading else ""
    return defused(f"{label(item.identity)}{heading}: {item.text}", f"[{number}] ")


def label(identity: Identity) -> str:
    """Who wrote what and when, in one line."""
    issuer, kind = identity.issuer.value, identity.kind.value.value
    whose = f"Ofsted {kind}" if issuer is Issuer.OFSTED else f"{kind}, not Ofsted's own words"
    when = f"{identity.dated.day} {identity.dated:%b %Y}" if identity.dated else "undated"
    return " · ".join((identity.authority_name or "no authority named", whose, when))


def defused(text: str, marker: str = "") -> str:
    """Fold ``text`` into one line that holds neither a marker nor our fence."""
    plain = _MARKER.sub(r"(\1)", _FENCE.sub(r"(\1)", text))
    return marker + " ".join(plain.split())


def instructs(item: Evidence) -> bool:
    """Say whether a sentence speaks to a computer rather than to a director."""
    return bool(_INSTRUCTS.search(item.text))
