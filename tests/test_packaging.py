"""What the wheel carries; built in this process, so that no network is needed."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests import audit
from tests.readme import README, ROOT, scripts

SHIPPED = ("prompts", "seeds")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


def files_of(folder: Path) -> set[str]:
    """Files that belong to the project, relative to its root."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_it_carries_every_file_of_the_packages_and_what_ships_with_them(wheel):
    wanted = set().union(*(files_of(ROOT / name) for name in ("assistant", "index", "evals")))
    wanted |= {f"assistant/data/{name}" for top in SHIPPED for name in files_of(ROOT / top)}
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert carried == wanted
        for name in ("assistant/data/prompts/answer.md", "index/data/authorities.csv"):
            source = ROOT / name.removeprefix("assistant/data/")
            assert archive.read(name) == source.read_bytes()


def test_unpacked_anywhere_it_finds_its_prompts_and_seeds(wheel, tmp_path):
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = (
        "from assistant.settings import prompt_folder, seeds_folder\n"
        "print(prompt_folder(), len(list(seeds_folder().iterdir())))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [str(tmp_path / "assistant/data/prompts"), "5"]


def test_it_says_its_name_its_command_and_its_licence(wheel):
    with ZipFile(wheel) as archive:
        info = wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
        assert "assistant = assistant.cli:main" in archive.read(f"{info}/entry_points.txt").decode()
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        metadata = archive.read(f"{info}/METADATA").decode()
    assert "Name: inspection-assistant\nVersion: 0.2.0\n" in metadata


@pytest.fixture(scope="module")
def empty(wheel, tmp_path_factory):
    """A new environment with the wheel in it, installed from a folder and nowhere else.

    What the wheel depends on is lent by the environment of the tests: its packages are on the
    path, but not the checkout that they were installed with.
    """
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    ask = ["install", "--no-index", "--find-links", str(wheel.parent), "--no-deps"]
    command = [folder / "bin/python", "-m", "pip", "--isolated", *ask, "inspection-assistant"]
    subprocess.run(command, check=True, capture_output=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    lent = sysconfig.get_path("purelib")
    (packages / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return folder


def ran(folder, *command, cwd):
    """What a command of the environment prints, none of our settings in force."""
    plain = {k: v for k, v in os.environ.items() if "ASSISTANT_" not in k and k != "PYTHONPATH"}
    done = subprocess.run(
        [folder / "bin" / command[0], *command[1:]],
        cwd=cwd, env=plain, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_installed_from_a_folder_it_does_what_the_readme_shows(empty, tmp_path):
    ran(empty, "assistant", "index", "build", cwd=tmp_path)
    ((script, shown),) = scripts(README.read_text("utf-8"))
    (tmp_path / "example.py").write_text(script, encoding="utf-8")
    assert ran(empty, "python", "example.py", cwd=tmp_path) == shown
    where = "import assistant, index, evals; print(*(m.__path__[0] for m in (assistant, index)))"
    assert all(
        Path(path).is_relative_to(empty)
        for path in ran(empty, "python", "-c", where, cwd=tmp_path).split()
    )


@pytest.mark.slow
def test_a_users_project_is_checked_strictly_against_its_types(empty, tmp_path):
    script = scripts(README.read_text("utf-8"))[0][0]
    typed = f"{script}reveal_type(hit.passage.text)\nreveal_type(Index.asearch)\n"
    (tmp_path / "project.py").write_text(typed, encoding="utf-8")
    said = ran(empty, "python", "-m", "mypy", "--strict", "project.py", cwd=tmp_path)
    assert 'Revealed type is "str"' in said
    assert "Coroutine" in said
    assert "Any" not in said.split("Coroutine")[0]


CONTAINER = (ROOT / "Containerfile").read_text("utf-8")


def test_the_container_file_breaks_no_rule_of_the_linter():
    linter = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if linter is None:
        pytest.skip("hadolint is not installed here")
    done = subprocess.run([linter, ROOT / "Containerfile"], capture_output=True, text=True)
    assert done.stdout + done.stderr == ""


def test_the_container_serves_as_nobody_from_an_index_that_is_mounted():
    served = CONTAINER.split("\nFROM ")[-1]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", served, re.MULTILINE)
    assert served.index("USER ") < served.index("ENTRYPOINT")
    assert 'VOLUME ["/index"]' in served
    assert "ASSISTANT_INDEX=/index" in served
    assert "/readyz" in served.split("HEALTHCHECK")[1]
    assert not re.search(r"\b(?:apt-get|pip|ADD|sudo)\b", served), "the last stage installs nothing"
    assert "seeds" not in served


def test_the_container_is_built_from_what_the_wheel_is_built_from():
    shown = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE)
    assert {name for line in copied for name in line.split()} == shown
    assert all((ROOT / name).exists() for name in shown)


def packages(**found):
    return [{"name": name, "version": "1", **more} for name, more in found.items()]


def test_an_audit_that_could_look_nothing_up_says_so():
    wanted = "NOT AUDITED: the vulnerability database cannot be reached"
    assert audit.said([], "no route to host") == [f"{wanted} (no route to host)."]
    skipped = packages(torch={"skip_reason": "not found"})
    assert audit.said(skipped, "")[0].startswith(wanted)


def test_an_audit_names_what_it_found_and_what_it_could_not_look_up():
    flaw = {"id": "CVE-2026-1", "fix_versions": ["2"]}
    found = packages(a={"vulns": [flaw]}, b={"vulns": []}, c={"skip_reason": "not found"})
    assert audit.said(found, "") == [
        "a 1: CVE-2026-1, mended in 2",
        "2 packages looked up, 1 known vulnerabilities.",
        "NOT AUDITED, unknown to the database: c",
    ]


def test_an_audit_never_fails(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(audit, "COMMAND", ("-c", "import sys; sys.exit('no such host')"))
    audit.main(tmp_path / "new" / "audit.json")
    assert "NOT AUDITED" in capsys.readouterr().out
    assert "no such host" in json.loads((tmp_path / "new/audit.json").read_text())["said"][0]
