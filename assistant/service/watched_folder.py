"""Follow a folder while it is served: what is added, changed or removed there, is so in the index.

It is looked at every few seconds, and read once two looks in a row found the same: a file that is
still being copied is left alone. What came from it is remembered beside the index, so that what is
removed while nothing is served leaves the index at the next start.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from assistant.rendering.grammar import count
from assistant.service.index_writer import IndexWriter
from assistant.settings import Settings
from index.building import files
from index.building.builder import Report
from index.errors import AssistantError, UsageError
from index.store.manifest import Problem

EVERY_S = 2.0
_AGAIN_AFTER_S = 30.0
"""Pause after what failed; the index is as it was meanwhile."""
_OF_A_LOOK = 10
"""Looks at a large folder take time: the pause is at least this many times as long."""
_log = logging.getLogger(__name__)


class WatchedFolder:
    """Brings the index in line with one folder; documents from elsewhere stay as they are.

    Args:
        folder: what is followed.
        index: what is written to.
        memory: the file in which its sources are remembered.
        tell: told in a sentence what was done.
    """

    def __init__(
        self, folder: Path, index: IndexWriter, memory: Path, tell: Callable[[str], None]
    ) -> None:
        self._folder = check_folder(folder)
        self._disk = self._folder.stat().st_dev
        self._index = index
        self._memory = memory
        self._tell = tell
        self._last: Mapping[str, object] | None = None
        self._read: Mapping[str, object] | None = None
        self._sources = self._remembered()
        self._problems: dict[str, str] = {}

    def follow(self) -> None:
        """Look at the folder for ever; what fails is told in the log, and tried again."""
        failed = ""
        while True:
            began = time.monotonic()
            pause_s = EVERY_S
            try:
                self.look()
                failed = ""
            except Exception as error:  # noqa: BLE001  # whatever it is, the folder is followed on
                known = isinstance(error, AssistantError)
                if str(error) != failed:
                    _log.warning(
                        "%s: not followed now: %s", self._folder, error, exc_info=not known
                    )
                failed, pause_s = str(error), _AGAIN_AFTER_S
            time.sleep(max(pause_s, _OF_A_LOOK * (time.monotonic() - began)))

    def look(self) -> None:
        """Look once; bring the index in line where the folder is as it was at the last look.

        Raises:
            AssistantError: the folder is gone, its ``metadata.csv`` cannot be read, or the index
                cannot be written; the index is as it was.
        """
        before, (self._last, readable) = self._last, self._seen()
        if self._last != before or (self._last == self._read and not self._lacking()):
            return
        self._bring(readable)
        self._read = self._last

    def _seen(self) -> tuple[dict[str, object], set[str]]:
        """Return what tells that a file is another, by source; and which are worth reading."""
        found = files.scan([check_folder(self._folder)])
        if self._sources and not found and self._folder.stat().st_dev != self._disk:
            raise UsageError(
                f"{self._folder} is empty, and on another disk than before: what was in it stays "
                "in the index. Is it mounted?"
            )
        return {one.source: _state(one) for one in found}, {
            one.source for one in found if one.supported
        }

    def _lacking(self) -> bool:
        """Say whether what came from the folder was taken out of the index by another."""
        held = {one.doc_id for one in self._index.identities()}
        return not held.issuperset(doc_id for doc_id in self._sources.values() if doc_id)

    def _bring(self, readable: Collection[str]) -> None:
        owners = {source: one.doc_id for one in self._index.identities() for source in one.sources}
        left = {
            source
            for source, doc_id in self._sources.items()
            if source not in readable and owners.get(source, doc_id) == doc_id
        }
        report = self._index.update(self._folder, left)
        problems = {one.source: one.reason for one in report.problems if self._is_ours(one)}
        held = {
            source: doc_id
            for doc_id, one in report.manifest.documents.items()
            for source in one.sources
            if source in readable
        }
        self._sources = dict.fromkeys((*(self._last or ()), *problems), "") | held
        self._remember()
        self._say(report, problems)

    def _is_ours(self, one: Problem) -> bool:
        """Say whether a problem is of a file here, or of a ``metadata.csv`` here."""
        return one.source in (self._last or ()) or str(self._folder) in one.reason

    def _say(self, report: Report, problems: dict[str, str]) -> None:
        if report.added or report.removed:
            self._tell(
                f"{self._folder}: {count(report.added, 'document')} read, "
                f"{report.removed} removed or replaced"
            )
        for source, reason in problems.items():
            if self._problems.get(source) != reason:
                _log.warning("%s: %r: %s", self._folder, source, reason)
        self._problems = problems

    def _remembered(self) -> dict[str, str]:
        """Return the sources that came from this folder, with their ``doc_id`` where held."""
        with suppress(FileNotFoundError):
            try:
                known = json.loads(self._memory.read_text(encoding="utf-8"))
                if known["folder"] == str(self._folder):
                    return dict(known["sources"])
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(
                    f"{self._memory} cannot be read ({error!r}): delete it; documents that were "
                    "removed from the folder meanwhile then stay in the index until 'assistant "
                    "index remove'"
                ) from error
        return {}

    def _remember(self) -> None:
        known = {"folder": str(self._folder), "sources": self._sources}
        beside = self._memory.with_name(f".{self._memory.name}.new")
        try:
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(known, indent=1), encoding="utf-8")
            beside.replace(self._memory)
        except OSError as error:
            raise AssistantError(
                f"{self._memory} cannot be written ({error.strerror}): make room on the disk"
            ) from error


def watched_folder(
    folder: Path, settings: Settings, index: IndexWriter, tell: Callable[[str], None]
) -> WatchedFolder:
    """Return what follows ``folder``; see ``WatchedFolder``.

    Raises:
        UsageError: it is no folder, or what is remembered of it cannot be read.
    """
    memory = settings.index.with_name(f"{settings.index.name}-watched.json")
    return WatchedFolder(folder, index, memory, tell)


def check_folder(folder: Path) -> Path:
    """Return a folder's whole path.

    Raises:
        UsageError: it does not exist, or is a file.
    """
    if folder.is_dir():
        return folder.absolute()
    fault = "is no folder" if folder.exists() else "does not exist"
    raise UsageError(f"{folder} {fault}: name a folder of documents to be followed")


def _state(found: files.Found) -> object:
    row = sorted((found.sidecar or {}).items())
    with suppress(OSError):
        about = found.path.stat()
        return about.st_mtime_ns, about.st_size, about.st_ino, row, found.fault
    return row, found.fault
