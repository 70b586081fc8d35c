import pytest

from index import Index


@pytest.fixture(scope="session")
def seed_index(seed_index):
    """The index of the five seeds with the models that ship, open."""
    with Index.open(seed_index) as index:
        yield index
