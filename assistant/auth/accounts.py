"""Accounts in a file: one ``name:hash`` a line, hashed with scrypt; ``:add`` after it is a right.

Knows no HTTP. The parameters stand in each hash, so they can be raised later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import UsageError

_COST = 2**14
_BLOCK = 8
_PARALLEL = 1
MIN_CHARS = 10
ADD = "add"
"""The right to add documents from the page, to correct and to remove those."""


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


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the file.

    Attributes:
        stored: the password's hash.
        may_add: whether its owner may add documents from the page.
    """

    name: str
    stored: str
    may_add: bool = False

    @property
    def line(self) -> str:
        """The account as it stands in the file."""
        return f"{self.name}:{self.stored}{f':{ADD}' if self.may_add else ''}"


class Accounts:
    """The accounts of one file, read anew when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._hashes: dict[str, str] = {}
        self._adders: frozenset[str] = frozenset()
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

    def may_add(self, name: str) -> bool:
        """Say whether an account may add documents, at this moment."""
        self._reread()
        return name in self._adders

    def _reread(self) -> None:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
            if stamp != self._stamp:
                lines = self._path.read_text("utf-8").splitlines()
                held = [_account(line, self._path) for line in lines if line.strip()]
                self._hashes = {one.name: one.stored for one in held}
                self._adders = frozenset(one.name for one in held if one.may_add)
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
    held = {one.name: one for one in _held(path)}
    may_add = name in held and held[name].may_add
    _write(path, {**held, name: Account(name, hash_password(password), may_add)}.values())


def remove_account(path: Path, name: str) -> None:
    """Take an account away; whoever uses it is signed out at their next click.

    Raises:
        UsageError: there is no such account.
    """
    _known(path, name)
    _write(path, [one for one in _held(path) if one.name != name])


def let_add(path: Path, name: str, may_add: bool) -> None:
    """Give an account the right to add documents from the page, or take it away at once.

    Raises:
        UsageError: there is no such account.
    """
    _known(path, name)
    _write(
        path, [replace(one, may_add=may_add) if one.name == name else one for one in _held(path)]
    )


def accounts_in(path: Path) -> list[Account]:
    """Return all accounts by name; none where there is no file yet."""
    return sorted(_held(path), key=lambda one: one.name)


def _known(path: Path, name: str) -> None:
    if name not in {one.name for one in _held(path)}:
        raise UsageError(f"{path}: there is no account {name!r}. See 'assistant account list'.")


def _held(path: Path) -> list[Account]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [_account(line, path) for line in lines if line.strip()]


def _write(path: Path, accounts: Iterable[Account]) -> None:
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(f"{one.line}\n" for one in accounts))
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path}: the file of accounts cannot be written ({error.strerror}). Name another "
            "with --accounts or ASSISTANT_ACCOUNTS."
        ) from error


def _account(line: str, path: Path) -> Account:
    name, _, rest = line.strip().partition(":")
    stored, _, right = rest.partition(":")
    if not stored.startswith("scrypt$") or right not in ("", ADD):
        raise UsageError(f"{path}: a line is not of the form name:hash. Make it anew.")
    return Account(name, stored, right == ADD)


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    secret = password.encode("utf-8", "replace")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=_PARALLEL, dklen=32)


def _coded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
