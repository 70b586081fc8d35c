"""Sign people in with a password, and know them again by their session for eight hours.

Knows no page and no request. Sessions are in memory.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.auth.accounts import Accounts
from assistant.auth.login_attempts import TooManyTriesError, Tries
from assistant.errors import TooBusyError
from assistant.service.limiter import Limiter

LASTS_S = 8 * 3600
_MOST_SESSIONS = 10
"""Devices that one person may be signed in on; the oldest is signed out first."""
_HASHED_AT_ONCE = 2
_MOST_WAITING = 32
"""Passwords that may wait to be compared; each takes a core for 50 ms and 16 MB."""


@dataclass(frozen=True, slots=True)
class _Session:
    """Who is signed in, until when, and the account's mark at that time."""

    name: str
    until_s: float
    mark: str


class Sessions:
    """Who is signed in.

    A session ends with its hours, and when its account is removed or gets another password.

    Args:
        accounts: of those who may.
        clock: seconds, never going back.
        tries: slows down whoever guesses.
    """

    def __init__(
        self,
        accounts: Accounts,
        clock: Callable[[], float] = time.monotonic,
        tries: Tries | None = None,
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._tries = tries or Tries(clock)
        self._sessions: dict[str, _Session] = {}
        self._hashing = Limiter(_HASHED_AT_ONCE, _MOST_WAITING)

    def name(self, token: str) -> str | None:
        """Return whose session ``token`` is, None where it is none (any more)."""
        session = self._sessions.get(token)
        if session is None:
            return None
        ended = session.until_s <= self._clock()
        if ended or self._accounts.mark(session.name) != session.mark:
            self._sessions.pop(token, None)
            return None
        return session.name

    def end(self, token: str) -> None:
        """Sign out."""
        del self._sessions[token]

    async def sign_in(self, name: str, password: str, address: str) -> str | None:
        """Return the token of a new session, None where name and password do not belong together.

        Args:
            address: where it is tried from.

        Raises:
            TooManyTriesError: too many are tried at once.
        """
        async with self._tries.turn(name, address):
            mark = await self._checked(name, password)
            if mark is None:
                self._tries.was_wrong(name, address)
        return None if mark is None else self._begun(name, mark)

    async def _checked(self, name: str, password: str) -> str | None:
        """Return the account's mark, None where these do not belong together; hash in a thread."""

        def compared() -> str | None:
            return self._accounts.mark(name) if self._accounts.check(name, password) else None

        try:
            return await self._hashing.run(compared)
        except TooBusyError as error:
            raise TooManyTriesError from error

    def _begun(self, name: str, mark: str) -> str:
        now_s = self._clock()
        self._sessions = {t: s for t, s in self._sessions.items() if s.until_s > now_s}
        mine = [token for token, session in self._sessions.items() if session.name == name]
        for oldest in mine[: max(0, len(mine) - _MOST_SESSIONS + 1)]:
            del self._sessions[oldest]
        token = secrets.token_urlsafe(32)
        self._sessions[token] = _Session(name, now_s + LASTS_S, mark)
        return token
