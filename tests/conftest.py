from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_index(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder of the five seeds, made by the real models; only to be read."""
    from index.compose import builder

    folder = tmp_path_factory.mktemp("seed_index")
    builder(folder).build([seeds])
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared, the folder of sample letters and questions, is not here")
    return folder
