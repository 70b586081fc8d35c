"""README's examples: finds them, runs them, and writes what they print.

``python -m tests.readme`` does the last, in the folder of the repository. In a ``console``
block a line that starts with ``$`` is a command and what follows is its output; ``…`` alone on
a line stands for the rest of it. A ``python`` block is followed by its output.
"""

import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from assistant.cli.main import main
from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
REST = "…"

_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_SETTINGS = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)
_PYTHON = re.compile(r"(?<=```python\n)(.*?)(```\n```text\n)(.*?)(?=```)", re.DOTALL)


def sessions(text: str) -> list[list[tuple[str, str]]]:
    """Each console block: its commands in order, each with the output that README shows."""
    return [_COMMAND.findall(block) for block in _CONSOLE.findall(text)]


def scripts(text: str) -> list[tuple[str, str]]:
    """Each Python example with the output that README shows."""
    return [(code, output) for code, _, output in _PYTHON.findall(text)]


def run(command: str) -> str:
    """What a command prints, in the working folder; ``> file`` at its end writes it there."""
    arguments = shlex.split(command)
    assert arguments.pop(0) == "assistant", command
    into = arguments.pop() if arguments[-2:-1] == [">"] else None
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(io.StringIO()) as said:
        code = main(arguments[:-1] if into else arguments)
    assert code == 0, f"{command}: {said.getvalue()}"
    if into is None:
        return printed.getvalue()
    Path(into).write_text(printed.getvalue())
    return ""


def execute(script: str) -> str:
    """What a Python example prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(script, "README.md", "exec"), {})
    return printed.getvalue()


def shortened(output: str, shown: str) -> str:
    """``output`` as far as README shows it."""
    lines = shown.splitlines()
    if REST not in lines:
        return output
    first = output.splitlines(keepends=True)[: lines.index(REST)]
    return "".join(first) + f"{REST}\n"


def settings_table() -> str:
    """Every setting as README lists it."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `ASSISTANT_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows) + "\n"


def between(text: str, name: str) -> str:
    """What stands between the comments ``<!-- name -->`` and ``<!-- /name -->``."""
    return text.split(f"<!-- {name} -->\n")[1].split(f"<!-- /{name} -->")[0]


def indexed_folder() -> Iterator[Path]:
    """A working folder with an index of the shipped documents, and no setting of this machine."""
    plain = {name: value for name, value in os.environ.items() if "ASSISTANT_" not in name}
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, plain, clear=True),
        chdir(folder),
    ):
        run("assistant index build")
        yield Path(folder)


def remade(text: str) -> str:
    """README with everything that can be made anew made anew."""

    def console(block: re.Match[str]) -> str:
        return _COMMAND.sub(
            lambda found: f"$ {found[1]}\n{shortened(run(found[1]), found[2])}", block[0]
        )

    text = _SETTINGS.sub(lambda _: settings_table(), text)
    text = _CONSOLE.sub(console, text)
    return _PYTHON.sub(lambda found: f"{found[1]}{found[2]}{execute(found[1])}", text)


if __name__ == "__main__":
    for _ in indexed_folder():
        README.write_text(remade(README.read_text("utf-8")), "utf-8")
