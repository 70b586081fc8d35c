"""A record that is found under another's key is not taken for it."""

import sqlite3

import pytest

from index.building.files import doc_id
from index.errors import IndexDamaged
from index.store import manifest
from index.store.collection import Collection
from tests.fakes import builder, corpus, letter

ONE, TWO = (doc_id(letter(number).encode()) for number in (1, 2))
KEYS = (
    f"UPDATE document SET doc_id = 'x' WHERE doc_id = '{ONE}';"
    f"UPDATE document SET doc_id = '{ONE}' WHERE doc_id = '{TWO}';"
    f"UPDATE document SET doc_id = '{TWO}' WHERE doc_id = 'x';"
)
PASSAGES = (
    "UPDATE passage SET row = -1 WHERE row = 0; UPDATE passage SET row = 0 WHERE row = 1;"
    "UPDATE passage SET row = 1 WHERE row = -1;"
)
COUNTS = "UPDATE document SET passages = passages + 1 WHERE number = 1;" + (
    "UPDATE document SET passages = passages - 1 WHERE number = 2;"
)
TYPES = "UPDATE passage SET text = CAST(text AS BLOB);"


@pytest.mark.parametrize("change", [KEYS, PASSAGES, COUNTS, TYPES])
def test_records_that_changed_places_are_damage(tmp_path, change):
    folder = tmp_path / "index"
    builder(folder).build([corpus(tmp_path / "letters", [1, 2])])
    (path,) = folder.rglob("content.sqlite")
    connection = sqlite3.connect(path)
    connection.executescript(change)
    connection.close()
    with pytest.raises(IndexDamaged, match="make the index anew"):  # noqa: PT012 - either may say it
        store = Collection(folder)
        for doc in (ONE, TWO):
            store.document(doc)
            store.passages_of(doc)


def test_every_file_of_an_index_is_named_in_its_manifest(tmp_path):
    folder = tmp_path / "index"
    builder(folder).build([corpus(tmp_path / "letters", [1, 2])])
    held = manifest.read(folder)
    named = {f"segments/{one.name}/{file}" for one in held.segments for file in one.files}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == named | {"manifest.json", *held.unchecked}
