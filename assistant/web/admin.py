"""What an administrator is shown of the index and of what was asked; makes no page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from assistant.compose import Assistant
from assistant.service.activity import Activity, activity
from assistant.service.audit_log import read_audit
from assistant.service.open_index import passage_counts
from assistant.service.verdicts import Said, read_verdicts
from assistant.settings import Settings
from assistant.web.feedback import NAME
from index.store import manifest

Drafts = Callable[[Iterable[Said]], list[dict[str, object]]]
"""Makes a line of a suite of each question."""


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What is known of the index now.

    Attributes:
        models: what each is for, and its name.
        changed: when it was built or last added to; None where that is not known.
        place: where it is.
        roots: the paths that it was built from.
    """

    documents: int
    passages: int
    models: tuple[tuple[str, str], ...]
    changed: datetime | None
    place: str
    roots: tuple[str, ...]


@dataclass(frozen=True)
class Administration:
    """What the administrator's page is made of.

    Attributes:
        facts: tells of the index.
        kept: the folder in which questions and verdicts were noted.
        drafts: makes draft questions.
        may: whether someone may see the page at this moment.
        for_all: whether everyone may, since nobody signs in; they see the server's paths too.
        text: whether questions may be shown.
    """

    facts: Callable[[], IndexFacts]
    kept: Path
    drafts: Drafts
    may: Callable[[str], bool]
    for_all: bool = False
    text: bool = False
    _reading: Lock = field(default_factory=Lock, init=False)

    def activity(self, today: date) -> Activity:
        """Return what happened in the last days; the logs are read by one at a time."""
        with self._reading:
            return activity(read_audit(self.kept), read_verdicts(self.kept / NAME), today)

    def suite(self, happened: Activity) -> list[str]:
        """Return a draft question a line for what failed; none where no text may be shown."""
        said = (one.said for one in happened.failed) if self.text else ()
        return [json.dumps(draft) for draft in self.drafts(said)]


def open_administration(
    settings: Settings, made: Assistant, may: Callable[[str], bool] | None, drafts: Drafts
) -> Administration:
    """Return what the page shows of ``made``.

    Args:
        may: whether someone may see it, None where everyone may.
        drafts: makes draft questions.
    """
    return Administration(
        facts=lambda: _facts(settings, made),
        kept=settings.kept,
        drafts=drafts,
        may=may or (lambda _who: True),
        for_all=may is None,
        text=settings.audit_text,
    )


def _facts(settings: Settings, made: Assistant) -> IndexFacts:
    held = made.collection.manifest
    in_folder = settings.store == "folder"
    written_ns = manifest.stamp(settings.index)[0] if in_folder else 0
    return IndexFacts(
        documents=len(made.collection.identities()),
        passages=passage_counts(made.collection).total(),
        models=(
            ("Embedder", _name(held.settings.embedder)),
            ("Token encoder", _name(held.settings.token_encoder)),
            ("Language model", settings.model or "none: answers are quotes"),
        ),
        changed=datetime.fromtimestamp(written_ns / 1e9).astimezone() if written_ns else None,
        place=str(made.collection.folder.absolute()) if in_folder else "Milvus",
        roots=held.roots,
    )


def _name(model: str) -> str:
    """Return a model's name without the folder that it lies in here."""
    return Path(model).name if Path(model).is_absolute() else model
