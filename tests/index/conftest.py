import pytest

from index import Index


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory, seeds):
    """The index of the five seeds with the models that ship."""
    with Index.build([seeds], tmp_path_factory.mktemp("seeds") / "index") as index:
        yield index
