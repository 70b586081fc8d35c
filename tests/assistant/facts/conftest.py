"""The seeds and the letters beside the repository, read and identified but not embedded."""

from pathlib import Path

import pytest

from assistant.facts import Corpus
from assistant.facts.reading import RerankerReader
from index import models
from tests.assistant.facts.held import Held

ROOT = Path(__file__).parents[3]
LETTERS = ROOT.parent / "shared" / "letters"


@pytest.fixture(scope="session")
def reader():
    return RerankerReader(models.reranker())


@pytest.fixture(scope="session")
def seed_corpus(reader):
    return Corpus(Held([ROOT / "seeds"]), reader)


@pytest.fixture(scope="session")
def letter_corpus(reader):
    if not LETTERS.is_dir():
        pytest.skip("the letters in ../shared/letters are not here")
    return Corpus(Held([LETTERS]), reader)


@pytest.fixture(scope="session")
def whole_corpus(reader):
    if not LETTERS.is_dir():
        pytest.skip("the letters in ../shared/letters are not here")
    return Corpus(Held([ROOT / "seeds", LETTERS]), reader)
