"""Accounts in a file: one ``name:hash`` a line, hashed with scrypt; ``:add,manage`` are rights.

Knows no HTTP. The parameters stand in each hash, so they can be raised later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import UsageError

_COST = 2**14
_BLOCK = 8
_PARALLEL = 1
MIN_CHARS = 10
ADD = "add"
"""The right to add documents from the page, to correct and to remove those."""
MANAGE = "manage"
"""The right to see how the tool is used, and what was asked where that is kept."""
RIGHTS = frozenset({ADD, MANAGE})


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
        rights: what its owner may do beyond asking.
    """

    name: str
    stored: str
    rights: frozenset[str] = frozenset()

    @property
    def line(self) -> str:
        """The account as it stands in the file."""
        return ":".join((self.name, self.stored, *filter(None, [",".join(sorted(self.rights))])))


class Accounts:
    """The accounts of one file, read anew when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._hashes: dict[str, str] = {}
        self._rights: dict[str, frozenset[str]] = {}
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

    def may(self, name: str, right: str) -> bool:
        """Say whether an account has a right, at this moment."""
        self._reread()
        return right in self._rights.get(name, ())

    def _reread(self) -> None:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
            if stamp != self._stamp:
                lines = self._path.read_text("utf-8").splitlines()
                held = [_account(line, self._path) for line in lines if line.strip()]
                self._hashes = {one.name: one.stored for one in held}
                self._rights = {one.name: one.rights for one in held}
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
    rights = held[name].rights if name in held else frozenset()
    _write(path, {**held, name: Account(name, hash_password(password), rights)}.values())


def remove_account(path: Path, name: str) -> None:
    """Take an account away; whoever uses it is signed out at their next click.

    Raises:
        UsageError: there is no such account.
    """
    _known(path, name)
    _write(path, [one for one in _held(path) if one.name != name])


def allow(path: Path, name: str, right: str) -> None:
    """Give an account a right.

    Raises:
        UsageError: there is no such account.
    """
    _change(path, name, lambda rights: rights | {right})


def forbid(path: Path, name: str, right: str) -> None:
    """Take a right away from an account, at once.

    Raises:
        UsageError: there is no such account.
    """
    _change(path, name, lambda rights: rights - {right})


def accounts_in(path: Path) -> list[Account]:
    """Return all accounts by name; none where there is no file yet."""
    return sorted(_held(path), key=lambda one: one.name)


def _change(path: Path, name: str, changed: Callable[[frozenset[str]], frozenset[str]]) -> None:
    _known(path, name)
    held = _held(path)
    _write(path, [replace(o, rights=changed(o.rights)) if o.name == name else o for o in held])


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
    stored, _, listed = rest.partition(":")
    rights = frozenset(filter(None, listed.split(",")))
    if not stored.startswith("scrypt$") or not rights <= RIGHTS:
        raise UsageError(f"{path}: a line is not of the form name:hash. Make it anew.")
    return Account(name, stored, rights)


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    secret = password.encode("utf-8", "replace")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=_PARALLEL, dklen=32)


def _coded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
