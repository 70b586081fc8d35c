"""What the wheel carries; built in this process, so that no network is needed."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.readme import ROOT

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
        "from assistant.shipped import prompt_folder, seeds_folder\n"
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
    assert "Name: inspection-assistant\nVersion: 0.1.0\n" in metadata
