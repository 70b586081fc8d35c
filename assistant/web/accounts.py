"""Accounts in a file: one ``name:hash`` a line, hashed with scrypt.

Knows no HTTP. The parameters stand in each hash, so they can be raised later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from index.errors import UsageError

_COST = 2**14
_BLOCK = 8
_PARALLEL = 1
MIN_CHARS = 10


def hash_password(password: str) -> str:
    """Hash a password with a fresh salt (scrypt, about 16 MB and 50 ms)."""
    salt = secrets.token_bytes(16)
    parts = (str(_COST), _coded(salt), _coded(_scrypt(password, salt, _COST)))
    return "$".join(("scrypt", *parts))


def matches(password: str, stored: str) -> bool:
    """Whether ``password`` is the one that ``stored`` was made of."""
    try:
        scheme, cost, salt, digest = stored.split("$")
        made = _scrypt(password, base64.b64decode(salt), int(cost))
        return scheme == "scrypt" and hmac.compare_digest(made, base64.b64decode(digest))
    except ValueError:
        return False


class Accounts:
    """The accounts of one file, read anew when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._hashes: dict[str, str] = {}
        self._nobody = hash_password(secrets.token_hex(8))
        self._reread()

    def check(self, name: str, password: str) -> bool:
        """Whether these belong together; takes as long for a name that does not exist."""
        self._reread()
        return matches(password, self._hashes.get(name, self._nobody)) and name in self._hashes

    def mark(self, name: str) -> str | None:
        """What differs for every account and every password that it had; None for no account."""
        self._reread()
        return self._hashes.get(name)

    def _reread(self) -> None:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
            if stamp != self._stamp:
                lines = self._path.read_text("utf-8").splitlines()
                self._hashes = dict(_account(line, self._path) for line in lines if line.strip())
                self._stamp = stamp
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{self._path}: the file of accounts cannot be read ({error}). "
                "Make it, or set another."
            ) from error


def add_account(path: Path, name: str, password: str) -> None:
    """Add an account to ``path``, or give it a new password; only its owner may read the file.

    Raises:
        UsageError: the name or the password cannot be used.
    """
    if not name or ":" in name or not name.isprintable():
        raise UsageError(f"{name!r}: a name needs printable characters and no colon.")
    if len(password) < MIN_CHARS:
        raise UsageError(f"The password needs at least {MIN_CHARS} characters.")
    kept = [line for line in _lines(path) if line.split(":", 1)[0] != name]
    _write(path, [*kept, f"{name}:{hash_password(password)}"])


def remove_account(path: Path, name: str) -> None:
    """Take an account away; whoever uses it is signed out at their next click.

    Raises:
        UsageError: there is no such account.
    """
    lines = _lines(path)
    kept = [line for line in lines if line.split(":", 1)[0] != name]
    if len(kept) == len(lines):
        raise UsageError(f"{path}: there is no account {name!r}. See 'assistant account list'.")
    _write(path, kept)


def account_names(path: Path) -> list[str]:
    """The names of all accounts, sorted; none where there is no file yet."""
    return sorted(_account(line, path)[0] for line in _lines(path) if line.strip())


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _write(path: Path, lines: list[str]) -> None:
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path}: the file of accounts cannot be written ({error.strerror}). Name another "
            "with --accounts or ASSISTANT_ACCOUNTS."
        ) from error


def _account(line: str, path: Path) -> tuple[str, str]:
    name, colon, stored = line.strip().partition(":")
    if not colon or not stored.startswith("scrypt$"):
        raise UsageError(f"{path}: a line is not of the form name:hash. Make it anew.")
    return name, stored


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    secret = password.encode("utf-8", "replace")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=_PARALLEL, dklen=32)


def _coded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
