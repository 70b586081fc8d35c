import re
import tomllib
from pathlib import Path

import pytest

from index.models import packaged
from tests import readme
from tests.readme import README, ROOT

TEXT = README.read_text("utf-8")
REMAKE = "README is out of date: run 'make readme'"


def section(heading: str) -> str:
    return TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]


def distribution(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0]


def tree() -> list[Path]:
    """Every path that the annotated file tree names."""
    (drawn,) = re.findall(r"```text\n(.*?)```", section("Where things are"), re.DOTALL)
    folder, found = ROOT, []
    for line in drawn.splitlines():
        names = re.split(r"\s{2,}", line.strip())[0].split()
        if not line.startswith(" "):
            folder = ROOT / names[0]
            found.append(folder)
        else:
            found += [folder / name for name in names]
    return found


@pytest.fixture(scope="module")
def folder():
    yield from readme.indexed_folder()


def test_it_has_examples_of_both_kinds():
    assert [
        [command.split()[1] for command, _ in session] for session in readme.sessions(TEXT)
    ] == [["ask"], ["ask"], ["search", "find"], ["ask", "check-quotes"]]
    assert len(readme.scripts(TEXT)) == 1


@pytest.mark.parametrize("session", readme.sessions(TEXT), ids=lambda session: session[0][0])
def test_commands_print_what_is_shown(folder, session):
    for command, shown in session:
        assert readme.shortened(readme.run(command), shown) == shown, REMAKE


@pytest.mark.parametrize(("script", "shown"), readme.scripts(TEXT))
def test_a_script_prints_what_is_shown(folder, script, shown):
    assert readme.execute(script) == shown, REMAKE


def test_an_ellipsis_stands_for_the_rest_and_nothing_else():
    assert readme.shortened("a\nb\nc\n", "a\n…\n") == "a\n…\n"
    assert readme.shortened("x\nb\nc\n", "a\n…\n") == "x\n…\n"
    assert readme.shortened("a\nb\n", "a\n") == "a\nb\n"


def test_the_settings_are_those_of_the_settings_class():
    assert readme.between(TEXT, "settings") == readme.settings_table(), REMAKE


def test_the_evaluation_table_has_figures():
    rows = readme.between(TEXT, "evaluation").splitlines()
    assert rows[0] == "| metric | plain baseline | assistant |"
    assert re.fullmatch(r"\| hit@5 \| 0\.\d\d \(.*\) \| [01]\.\d\d \(.*\) \|", rows[2])


def test_the_file_tree_is_the_real_one():
    assert [str(path.relative_to(ROOT)) for path in tree() if not path.exists()] == []


def test_no_package_folder_is_missing_from_the_file_tree():
    packages = {
        path.parent
        for top in ("index", "assistant", "evals")
        for path in (ROOT / top).glob("*/__init__.py")
    }
    assert packages - set(tree()) == set()


def test_every_dependency_has_its_reason_and_nothing_else_has():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    rows = re.findall(r"^\| (`.*?`) \| [^|]+ \|$", section("Dependencies"), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(.*?)`", row)]
    assert sorted(named) == sorted(distribution(requirement) for requirement in wanted)


def test_every_packaged_model_has_its_licence():
    supplied = (ROOT / "docs" / "supply-chain.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| (?:[^|]+ \| ){2}(\S+) \|$", supplied, re.MULTILINE)
    documented = re.findall(r"^\| (\S+) \| .* \| (\S+) \|$", packaged.__doc__, re.MULTILINE)
    wanted = {name: found for name, found in documented if name in packaged.NAMES}
    assert {name: found for name, found in rows if name in packaged.NAMES} == wanted


def test_each_make_command_and_linked_file_exists():
    targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z0-9-]+)", TEXT)) <= set(targets)
    linked = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_it_can_be_read_in_one_sitting():
    assert len(TEXT.splitlines()) <= 250
