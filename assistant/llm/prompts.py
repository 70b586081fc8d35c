"""Prompt templates: plain files that declare their variables, checked when loaded.

A file begins with a line ``variables: a, b`` between two lines ``---``; in the text below,
``$a`` stands for a variable. Values are put in literally, once: braces, dollar signs and
percent signs in a question mean nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from string import Template

from assistant.settings import prompt_folder
from index.errors import UsageError

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One template.

    Invariant: the variables of ``text`` are exactly ``variables``.
    """

    name: str
    variables: frozenset[str]
    text: str

    def render(self, **values: str) -> str:
        """Put ``values`` in.

        Raises:
            UsageError: the values given are not exactly the variables declared.
        """
        if set(values) != self.variables:
            raise UsageError(
                f"prompt {self.name}: it takes {_listed(self.variables)}, "
                f"but was given {_listed(values)}."
            )
        return Template(self.text).substitute(values)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The templates that the language-model answerer uses.

    Attributes:
        answer: the system message, the rules.
        question: the user message: evidence and question.
        repair: the second user message, when a reply failed the checks.
        sha256: hash (hex) over all three files' bytes.
    """

    answer: Prompt
    question: Prompt
    repair: Prompt
    sha256: str


def load(folder: Traversable | None = None) -> Prompts:
    """Load the three templates.

    Args:
        folder: where they are; None means ``prompt_folder()``.

    Raises:
        UsageError: a file is missing, or uses other variables than it declares.
    """
    place = folder or prompt_folder()
    files = {name: _bytes(place, name) for name in ("answer", "question", "repair")}
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name} {len(data)}\n".encode() + data)
    prompts = {name: parse(name, data.decode("utf-8")) for name, data in files.items()}
    return Prompts(**prompts, sha256=digest.hexdigest())


def parse(name: str, source: str) -> Prompt:
    """Read one template from the text of its file.

    Raises:
        UsageError: there is no line of variables, or the text uses others.
    """
    lines = source.splitlines()
    if len(lines) < 3 or lines[0] != _FENCE or lines[2] != _FENCE:
        raise UsageError(
            f"prompt {name}: the file must begin with a line 'variables: …' between two '---'."
        )
    key, _, names = lines[1].partition(":")
    declared = frozenset(name.strip() for name in names.split(",") if name.strip())
    text = "\n".join(lines[3:]).strip()
    template = Template(text)
    if key.strip() != "variables" or not template.is_valid():
        raise UsageError(f"prompt {name}: line 2 must be 'variables: …', and a lone $ be '$$'.")
    used = frozenset(template.get_identifiers())
    if used != declared:
        raise UsageError(
            f"prompt {name}: it declares {_listed(declared)} but uses {_listed(used)}; "
            "make the two agree."
        )
    return Prompt(name, declared, text)


def _bytes(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / f"{name}.md").read_bytes()
    except OSError as error:
        raise UsageError(
            f"prompt {name}: {folder}/{name}.md cannot be read ({error.strerror}); "
            "install the package again."
        ) from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
