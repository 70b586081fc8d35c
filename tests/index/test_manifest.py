import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamaged, IndexMissing
from index.store import manifest
from index.store.manifest import FileEntry, Held, Manifest, Problem, SegmentEntry, Settings

SETTINGS = Settings("1", "2", "{}", "bge", "aa", "colbert", "bb")
WHOLE = Manifest(
    SETTINGS,
    (
        SegmentEntry("s-1", {"a.npy": FileEntry("00", 3)}, ("a", "b"), ("a",), 7),
        SegmentEntry("s-2", {}, ("c",), (), 2),
    ),
    {"b": Held(("b.pdf", "copies/b.pdf"), "hash"), "c": Held(("ç.txt",), "hash")},
    (Problem("x.xls", "not a kind of file we read"),),
    ("seeds",),
)


def test_written_and_read_again_it_is_equal(tmp_path):
    manifest.write(tmp_path, WHOLE)
    assert manifest.read(tmp_path) == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_no_index_is_an_error_that_names_the_command(tmp_path):
    with pytest.raises(IndexMissing, match=r"there is no index in .*: run 'assistant index build'"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"schema": 2}', b"3"])
def test_what_is_no_manifest_is_damage(tmp_path, content):
    (tmp_path / manifest.NAME).write_bytes(content)
    with pytest.raises(IndexDamaged, match="'assistant index build'"):
        manifest.read(tmp_path)


def test_another_schema_names_both(tmp_path):
    manifest.write(tmp_path, WHOLE)
    raw = json.loads((tmp_path / manifest.NAME).read_text())
    (tmp_path / manifest.NAME).write_text(json.dumps(raw | {"schema": 99}))
    with pytest.raises(IndexDamaged, match="has schema 99, this version reads 3"):
        manifest.read(tmp_path)


@given(st.data())
def test_a_flipped_bit_never_passes_for_another_manifest(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("flip")
    manifest.write(folder, WHOLE)
    path = folder / manifest.NAME
    raw = bytearray(path.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(raw))
    with suppress(IndexDamaged):
        assert manifest.read(folder) == WHOLE  # white space between fields


def test_removing_leaves_tombstones_and_drops_emptied_segments():
    left = manifest.without(WHOLE, frozenset({"c", "unknown"}))
    assert [segment.name for segment in left.segments] == ["s-1"]
    assert left.segments[0].removed == ("a",)
    assert list(left.documents) == ["b"]
    assert manifest.without(WHOLE, frozenset({"b"})).segments == (WHOLE.segments[1],)


def test_fingerprints_depend_on_corpus_and_settings_not_on_segments():
    joined = replace(WHOLE, segments=(), roots=("elsewhere",), problems=())
    assert joined.corpus_fingerprint == WHOLE.corpus_fingerprint
    assert joined.index_fingerprint == WHOLE.index_fingerprint
    other = replace(WHOLE, settings=replace(SETTINGS, embedder="minilm"))
    assert other.corpus_fingerprint == WHOLE.corpus_fingerprint
    assert other.index_fingerprint != WHOLE.index_fingerprint
    moved = replace(WHOLE, documents=WHOLE.documents | {"c": Held(("d.txt",), "hash")})
    assert moved.corpus_fingerprint != WHOLE.corpus_fingerprint


def test_differing_settings_are_named_with_both_values():
    assert manifest.differing(SETTINGS, SETTINGS) == []
    assert manifest.differing(SETTINGS, replace(SETTINGS, embedder="minilm")) == [
        "embedder is 'bge' in the index and 'minilm' here"
    ]
