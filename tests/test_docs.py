"""What the documents about the code name is there."""

import re
from pathlib import Path

import pytest

from index.loading.cleaning import clean
from tests.index.test_loading_formats import outline

ROOT = Path(__file__).parents[1]
LOG = (ROOT / "evals/LOG.md").read_text(encoding="utf-8")
IDS = re.compile(r"LOG\.md\W*(#[a-z-]+-?\d*(?:, #[a-z-]+-?\d*)*)")


def cited_ids():
    for top in ("index", "assistant", "evals", "docs", "tests", "README.md"):
        paths = sorted((ROOT / top).rglob("*")) if (ROOT / top).is_dir() else [ROOT / top]
        for path in (path for path in paths if path.suffix in (".py", ".md")):
            for match in IDS.finditer(path.read_text(encoding="utf-8")):
                yield from ((path.name, cited) for cited in match.group(1).split(", "))


def test_every_entry_of_the_log_has_an_id_of_its_own():
    headings = [line for line in LOG.splitlines() if line.startswith("## ")]
    ids = [re.search(r"`(#[a-z-]+-\d+)`$", heading) for heading in headings]
    assert all(ids), [heading for heading, found in zip(headings, ids, strict=True) if not found]
    assert len({found.group(1) for found in ids}) == len(ids)


def test_every_cited_entry_of_the_log_is_there():
    cited = list(cited_ids())
    assert len(cited) > 10
    written = set(re.findall(r"`(#[a-z-]+(?:-\d+)?)`", LOG))
    assert not [where for where in cited if where[1] not in written]


def test_every_test_that_faults_names_exists():
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", (ROOT / "docs/faults.md").read_text("utf-8"))
    assert len(named) > 60
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / "tests" / path).is_file()
        or f"def {name}(" not in (ROOT / "tests" / path).read_text("utf-8")
    ]
    assert gone == []
    commands = re.findall(r"`python -m tests\.(\w+)", (ROOT / "docs/faults.md").read_text("utf-8"))
    assert [name for name in commands if not (ROOT / f"tests/{name}.py").is_file()] == []


def paths_named(text):
    """Paths between backticks, and everything in a text diagram that looks like one."""
    diagrams = "".join(re.findall(r"```text\n(.*?)```", text, re.S))
    quoted = re.findall(r"`([\w./-]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    drawn = re.findall(r"[\w/]+(?:\.py|/)(?=[\s;,:)]|$)", diagrams)
    return [one for one in (*quoted, *drawn) if "/" in one or one.endswith(".py")]


@pytest.mark.parametrize("name", ["architecture.md", "contributing.md"])
def test_the_paths_named_are_there(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = paths_named(text)
    assert len(named) > 10
    homes = (ROOT, ROOT / "index", ROOT / "assistant")
    example = "index/loading/restructured.py"  # what the reader of contributing.md writes
    assert not [
        one for one in named if one != example and not any((home / one).exists() for home in homes)
    ]
    linked = re.findall(r"\]\(([\w./-]+\.md)\)", text)
    assert linked
    assert all((ROOT / "docs" / one).exists() for one in linked)


def test_the_reader_of_the_first_change_gives_what_its_test_wants():
    page = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    test, reader = re.findall(r"```python\n(.*?)```", page, re.S)
    made: dict = {}
    exec(reader, made)
    asked = {
        "outline": outline,
        "read": lambda data, _: clean(made["read_restructured"](data.decode())),
    }
    exec(test, asked)
    asked["test_restructured_text"]()
