"""Conversations kept on the server, each reader's own, for a number of days; knows no HTTP."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import NotKeptError
from assistant.web.conversation_json import MAX_CHARS, kept
from assistant.web.session import Conversation

MAX_TITLE = 120
_SCHEMA = """
create table if not exists conversation (
    owner text not null, id text not null, title text not null, changed text not null,
    exchanges text not null, primary key (owner, id)
) without rowid
"""
_SAVE = """
insert into conversation values (?, ?, ?, ?, ?) on conflict (owner, id)
do update set changed = excluded.changed, exchanges = excluded.exchanges
"""
_ONE = "from conversation where owner = ? and id = ?"
_RESTORE = "insert into conversation values (?, ?, ?, ?, ?) on conflict (owner, id) do nothing"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept conversation, as its owner sees it in a list.

    Attributes:
        title: its first question, or what its owner calls it.
        changed: when it was last asked or answered.
        questions: all that were asked in it, in their order.
    """

    id: str
    title: str
    changed: datetime
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """One deleted conversation, whole.

    Attributes:
        exchanges: the JSON list that was kept.
    """

    id: str
    title: str
    changed: datetime
    exchanges: str


class Conversations:
    """Kept conversations in one SQLite file; a reader reaches only their own.

    Args:
        path: the file; only its owner may read it.
        keep_days: after how many days without a new question one is deleted.
        now: the time, with its zone.
    """

    def __init__(
        self,
        path: Path,
        keep_days: int = 30,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = path
        self._keep = timedelta(days=keep_days)
        self._now = now
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))

    def save(self, owner: str, conversation: Conversation) -> None:
        """Keep a conversation; the oldest exchanges are left out of a very long one.

        Raises:
            NotKeptError: it cannot be written now.
        """
        if not conversation:
            return
        exchanges = [kept(exchange) for exchange in conversation]
        while len(exchanges) > 1 and sum(map(len, exchanges)) > MAX_CHARS // 2:
            del exchanges[0]
        first = conversation[0]
        row = (
            owner,
            first.talk,
            _titled(first.question),
            self._now().isoformat(),
            f"[{','.join(exchanges)}]",
        )
        with self._open() as rows:
            rows.execute(_SAVE, row)

    def listed(self, owner: str) -> list[Kept]:
        """Those of ``owner``, the last changed first."""
        with self._open() as rows:
            found = rows.execute(
                "select id, title, changed, exchanges from conversation where owner = ? "
                "order by changed desc",
                (owner,),
            ).fetchall()
        return [
            Kept(one, title, datetime.fromisoformat(at), _questions(exchanges))
            for one, title, at, exchanges in found
        ]

    def read(self, owner: str, talk: str) -> str | None:
        """The JSON list that was kept, None where ``owner`` has no such conversation."""
        with self._open() as rows:
            found = rows.execute(
                "select exchanges from conversation where owner = ? and id = ?", (owner, talk)
            ).fetchone()
        return str(found[0]) if found else None

    def questions(self, owner: str, talk: str) -> tuple[str, ...]:
        """Return what was asked in a conversation; empty where ``owner`` has no such one."""
        return _questions(self.read(owner, talk) or "[]")

    def rename(self, owner: str, talk: str, title: str) -> bool:
        """Call a conversation by another title; False where ``owner`` has no such one."""
        with self._open() as rows:
            renamed = rows.execute(
                "update conversation set title = ? where owner = ? and id = ?",
                (title[:MAX_TITLE], owner, talk),
            )
        return renamed.rowcount > 0

    def delete(self, owner: str, talks: Sequence[str]) -> list[Deleted]:
        """Delete these conversations of ``owner``; returns those that there were."""
        gone = []
        with self._open() as rows:
            for talk in dict.fromkeys(talks):
                found = rows.execute(f"select title, changed, exchanges {_ONE}", (owner, talk))
                gone += [
                    Deleted(talk, title, datetime.fromisoformat(at), exchanges)
                    for title, at, exchanges in found
                ]
            rows.executemany(f"delete {_ONE}", [(owner, one.id) for one in gone])
        return gone

    def restore(self, owner: str, one: Deleted) -> None:
        """Keep again for ``owner`` what was deleted; what is kept by its id meanwhile stays."""
        changed = min(one.changed.astimezone(UTC), self._now())
        row = (owner, one.id, one.title, changed.isoformat(), one.exchanges)
        with self._open() as rows:
            rows.execute(_RESTORE, row)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file with what is too old deleted; what is deleted is also overwritten.

        Raises:
            NotKeptError: the disk is full, or the file cannot be used otherwise.
        """
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as rows:
                rows.execute("pragma secure_delete = on")
                with rows:
                    rows.execute(_SCHEMA)
                    before = (self._now() - self._keep).isoformat()
                    rows.execute("delete from conversation where changed < ?", (before,))
                    yield rows
        except sqlite3.Error as error:
            raise NotKeptError(f"{self._path}: {error}; see that its disk has room") from error


def _titled(question: str) -> str:
    title = " ".join(question.split()) or "(an empty question)"
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…"


def _questions(exchanges: str) -> tuple[str, ...]:
    kept_by = json.loads(exchanges)  # another version, perhaps, which kept them otherwise
    return tuple(str(one.get("question", "")) for one in kept_by if isinstance(one, dict))
