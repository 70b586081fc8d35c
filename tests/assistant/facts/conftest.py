"""The seeds and the letters beside the repository, read and identified but not embedded."""

from pathlib import Path

import pytest

from assistant.facts import Corpus
from assistant.facts.reading import RerankerReader
from index import models
from tests.assistant.facts.held import Held

ROOT = Path(__file__).parents[3]
LETTERS = ROOT.parent / "shared" / "letters"


def corpus_of(*folders):
    reader, statements = models.trained_reader(), RerankerReader(models.reranker())
    return Corpus(Held(folders), reader, statements=statements)


@pytest.fixture(scope="session")
def seed_corpus():
    return corpus_of(ROOT / "seeds")


@pytest.fixture(scope="session")
def letter_corpus():
    if not LETTERS.is_dir():
        pytest.skip("the letters in ../shared/letters are not here")
    return corpus_of(LETTERS)


@pytest.fixture(scope="session")
def whole_corpus():
    if not LETTERS.is_dir():
        pytest.skip("the letters in ../shared/letters are not here")
    return corpus_of(ROOT / "seeds", LETTERS)
