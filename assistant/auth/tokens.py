"""Bearer tokens in a file: one ``name:hash:scope,scope`` a line; the tokens are not in it.

A token is 256 random bits, so its plain SHA-256 cannot be turned back; a password's could.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.auth.scopes import SCOPES
from index.errors import NotFound, UsageError

_BYTES = 32
_PREFIX = "letters-"


@dataclass(frozen=True, slots=True)
class Token:
    """Whose token it is, the SHA-256 (hex) of it, and what it allows."""

    name: str
    digest: str
    scopes: frozenset[str]


class Tokens:
    """The tokens of one file, read anew when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._held: dict[str, Token] = {}
        self._reread()

    def find(self, secret: str) -> Token | None:
        """Return the token that ``secret`` is, None where it is none."""
        self._reread()
        return self._held.get(_digest(secret))

    def _reread(self) -> None:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
        except OSError as error:
            raise _unreadable(self._path, error) from error
        if stamp != self._stamp:
            self._held = {token.digest: token for token in read_tokens(self._path)}
            self._stamp = stamp


def read_tokens(path: Path) -> list[Token]:
    """Return the tokens of a file, in its order.

    Raises:
        UsageError: it cannot be read, or a line is no token.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    return [_token(line.strip(), path) for line in lines if line.strip()]


def add_token(path: Path, name: str, scopes: Sequence[str]) -> str:
    """Make a token and put its hash into ``path``; one of the same name is replaced.

    Returns:
        The token itself: it cannot be had again.

    Raises:
        UsageError: the name or a scope cannot be used, or the file cannot be read or written.
    """
    if not name or ":" in name or not name.isprintable():
        raise UsageError(f"{name!r}: a name needs printable characters and no colon")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise UsageError(f"--scope {', '.join(unknown)}: choose from {', '.join(SCOPES)}")
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    kept = [t for t in read_tokens(path) if t.name != name] if path.exists() else []
    _write(path, [*kept, Token(name, _digest(secret), frozenset(scopes))])
    return secret


def remove_token(path: Path, name: str) -> None:
    """Take a token out of ``path``; from then on it is refused.

    Raises:
        NotFound: there is none of this name.
    """
    held = read_tokens(path)
    kept = [token for token in held if token.name != name]
    if len(kept) == len(held):
        raise NotFound(f"{path} holds no token {name!r}: 'assistant token list' names them")
    _write(path, kept)


def _write(path: Path, tokens: Collection[Token]) -> None:
    beside = path.with_name(f"{path.name}.new")
    lines = [f"{t.name}:{t.digest}:{','.join(s for s in SCOPES if s in t.scopes)}" for t in tokens]
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path}: the file of tokens cannot be written ({error}): name "
            "another with --tokens or ASSISTANT_TOKENS"
        ) from error


def _token(line: str, path: Path) -> Token:
    parts = line.split(":")
    if len(parts) != 3 or len(parts[1]) != 64 or not set(parts[2].split(",")) <= set(SCOPES):
        raise UsageError(f"{path}: a line is not of the form name:hash:scopes. Make it anew.")
    return Token(parts[0], parts[1], frozenset(parts[2].split(",")))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{path}: the file of tokens cannot be read ({error}). "
        "Make it with 'assistant token add', or set another."
    )
