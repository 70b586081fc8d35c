import json
import os
import re
import resource
import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.building.documents import load
from index.building.files import doc_id, scan
from index.errors import (
    AssistantError,
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexMissing,
    NotFound,
    UsageError,
)
from index.loading import OTHER_KINDS
from index.passages.chunking import passages
from index.store import manifest
from index.store.collection import Collection
from index.store.lock import writing
from tests.fakes import (
    CHUNKS,
    ChunkSettings,
    HashingEmbedder,
    ReadHere,
    builder,
    corpus,
    doc_id_of,
    letter,
)
from tests.kills import QUESTIONS, contents, fresh, killed, verified

READ_WHOLE = {"segment.json", "stems.npz", "words.npz", "lengths.npy", "token_offsets.npy"}
"""Files whose flipped bytes opening finds; the others are too large to be read for it."""


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch):
    monkeypatch.setattr("index.building.preparing.BATCH_DOCUMENTS", 3)


@pytest.fixture(autouse=True)
def _quick_builds(monkeypatch):
    """There are many: none reads in a child, which has tests of its own, or waits for the disk."""
    monkeypatch.setattr("index.building.builder.LoadingProcess", ReadHere)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def fresh_of(tmp_path, numbers):
    return fresh(tmp_path, corpus(tmp_path / "all of them", numbers))


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def test_what_is_built_is_what_the_files_hold(tmp_path):
    letters = corpus(tmp_path / "letters", range(8))
    report = builder(tmp_path / "index").build([letters])
    assert (report.added, report.kept, report.removed, report.problems) == (8, 0, 0, ())
    seen = contents(tmp_path / "index")
    made = {document.doc_id: document for document in map(load, scan([letters]))}
    assert seen["documents"] == made
    count = HashingEmbedder().count_tokens
    assert seen["passages"] == {
        doc: passages(document, count, CHUNKS) for doc, document in made.items()
    }


def test_the_same_corpus_twice_gives_the_same_bytes(tmp_path, monkeypatch):
    letters = corpus(tmp_path / "letters", range(8))
    builder(tmp_path / "one").build([letters])
    a_day_on = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: a_day_on)  # which a zip file would tell
    builder(tmp_path / "two").build([letters])
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_building_again_changes_nothing(tmp_path):
    letters = corpus(tmp_path / "letters", range(5))
    builder(tmp_path / "index").build([letters])
    before = files_of(tmp_path / "index")
    report = builder(tmp_path / "index").build([letters])
    assert (report.added, report.kept, report.removed) == (0, 5, 0)
    assert files_of(tmp_path / "index") == before


def test_updates_equal_a_rebuild(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(7)), tmp_path / "index"
    builder(folder).build([letters])
    (letters / "letter-001.txt").write_text(letter(51), encoding="utf-8")
    (letters / "letter-002.txt").unlink()
    (letters / "letter-003.txt").rename(letters / "a renamed letter.txt")
    shutil.copy(letters / "letter-004.txt", letters / "copy.txt")
    corpus(letters / "more", [20, 21])
    report = builder(folder).build([letters])
    assert (report.added, report.kept, report.removed) == (3, 5, 2)
    assert contents(folder) == fresh(tmp_path, letters)
    renamed = doc_id(letter(3).encode())
    assert contents(folder)["documents"][renamed].identity.sources == ("a renamed letter.txt",)
    copied = doc_id(letter(4).encode())
    assert contents(folder)["documents"][copied].identity.sources == ("copy.txt", "letter-004.txt")


def test_adding_and_removing_equal_a_rebuild(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(4)), tmp_path / "index"
    builder(folder).build([letters])
    builder(folder).add([corpus(tmp_path / "more", [9, 10])])
    builder(folder).remove([doc_id(letter(0).encode()), doc_id(letter(9).encode())])
    (tmp_path / "more" / "letter-001.txt").write_text(letter(77), encoding="utf-8")
    builder(folder).add([tmp_path / "more" / "letter-001.txt"])
    wanted = corpus(tmp_path / "wanted", [2, 3, 10])
    (wanted / "letter-001.txt").write_text(letter(77), encoding="utf-8")
    assert contents(folder) == fresh(tmp_path, wanted)


def test_many_small_additions_are_merged_and_rank_the_same(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(12)), tmp_path / "index"
    for path in sorted(letters.iterdir()):
        builder(folder).add([path])
        if path.name in ("letter-004.txt", "letter-009.txt"):
            builder(folder).remove([doc_id(path.read_bytes())])
            builder(folder).add([path])
    assert len(manifest.read(folder).segments) <= 8
    assert contents(folder) == fresh(tmp_path, letters)
    assert verified(folder) == []
    named = {entry.name for entry in manifest.read(folder).segments}
    assert {path.name for path in (folder / "segments").iterdir()} == named


def test_a_changed_metadata_row_is_read_again_also_across_a_merge(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(6)), tmp_path / "index"
    builder(folder).build([letters])
    for day in range(1, 13):
        row = f"source,published\nletter-000.txt,2022-01-{day:02d}\n"
        (letters / "metadata.csv").write_text(row)
        builder(folder).build([letters])
    assert contents(folder) == fresh(tmp_path, letters)
    known = contents(folder)["documents"][doc_id(letter(0).encode())].identity
    assert (known.dated.isoformat(), known.dated_from) == ("2022-01-12", "sidecar")


class Interrupted(Exception):
    pass


class DyingEmbedder(HashingEmbedder):
    def __init__(self, batches):
        self.left, self.seen = batches, 0

    def embed_passages(self, texts, progress=None):
        if not self.left:
            raise Interrupted
        self.left -= 1
        self.seen += len(texts)
        return super().embed_passages(texts, progress)


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(9)), tmp_path / "index"
    with pytest.raises(Interrupted):
        builder(folder, embedder=DyingEmbedder(2)).build([letters])
    with pytest.raises(IndexMissing):
        Collection(folder)
    rest = DyingEmbedder(1)
    report = builder(folder, embedder=rest).build([letters])
    assert report.added == 9
    assert contents(folder) == fresh(tmp_path, letters)


def test_damage_is_found_and_mended_by_building(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(3)), tmp_path / "index"
    builder(folder).build([letters])
    good = files_of(folder)
    for path in sorted((folder / "segments").rglob("*")):
        if path.is_dir():
            continue
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 0x10
        path.write_bytes(bytes(raw))
        assert verified(folder) == [
            f"{path} is not the file that the manifest names: its checksum differs"
        ]
        if path.name in READ_WHOLE:
            for ask in (lambda: Collection(folder), lambda: builder(folder).add([letters])):
                with pytest.raises(IndexDamaged, match=r"checksum differs: run 'assistant index"):
                    ask()
        report = builder(folder).build([letters])
        assert report.rebuilt_because == (
            f"{path} is not the file that the manifest names: its checksum differs",
        )
        assert files_of(folder) == good


@pytest.mark.parametrize(
    "name",
    ["content.sqlite", "vectors.npy", "stems.npz", "stems.npy", "lengths.npy", "token_offsets.npy"],
)
def test_a_missing_or_short_file_is_damage_when_opened(tmp_path, name):
    builder(tmp_path / "index").build([corpus(tmp_path / "letters", range(2))])
    (path,) = (tmp_path / "index").rglob(name)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(IndexDamaged, match=f"{name} is missing or has another size"):
        Collection(tmp_path / "index")
    path.write_bytes(b"\0" * len(whole))
    with pytest.raises(IndexDamaged, match="'assistant index build'"):
        Collection(tmp_path / "index")
    path.unlink()
    with pytest.raises(IndexDamaged, match=f"{name} is missing"):
        Collection(tmp_path / "index")


def test_a_flipped_byte_is_never_quoted(tmp_path):
    letters, folder = corpus(tmp_path / "letters", [1]), tmp_path / "index"
    builder(folder).build([letters])
    (path,) = folder.rglob("content.sqlite")
    whole, known = path.read_bytes(), doc_id(letter(1).encode())
    places = [found.start() for found in re.finditer(rb"Leaders have improved", whole)]
    assert len(places) >= 2  # in the document and in a passage
    for place in places:
        path.write_bytes(whole[:place] + b"R" + whole[place + 1 :])
        with closing(Collection(folder)) as store:
            found = []
            for read in (store.document, store.passages_of):
                try:
                    read(known)
                except IndexDamaged as error:
                    found.append("a record's checksum differs" in str(error))
            assert found == [True]
    path.write_bytes(whole.replace(b"Stockton", b"Stackton"))
    with pytest.raises(IndexDamaged, match="a record's checksum differs"):
        Collection(folder)


def test_a_large_segment_is_not_read_again_to_add_a_document(tmp_path, monkeypatch):
    monkeypatch.setattr("index.store.merging.LARGE_PASSAGES", 18)
    letters, folder = corpus(tmp_path / "letters", range(3)), tmp_path / "index"
    builder(folder).build([letters])
    (large,) = manifest.read(folder).segments
    assert large.passages == 18
    for number in range(20, 40):
        builder(folder).add([corpus(tmp_path / f"{number}", [number])])
        assert large in manifest.read(folder).segments
    assert contents(folder) == fresh_of(tmp_path, [*range(3), *range(20, 40)])


def test_a_full_disk_leaves_the_old_index_and_says_so(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(4)), tmp_path / "index"
    builder(folder).build([letters])
    before = contents(folder)
    largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    corpus(letters, range(4, 40))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (0, 100, 3_000, 10_000, largest + 5_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            with pytest.raises(AssistantError, match=r"^.*readers still see the old one.*$"):
                builder(folder).build([letters])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert contents(folder) == before
        assert verified(folder) == []
    builder(folder).build([letters])
    assert contents(folder) == fresh(tmp_path, letters)


def test_a_reader_keeps_what_it_opened(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(6)), tmp_path / "index"
    builder(folder).build([letters])
    before = contents(folder)
    reader = Collection(folder)
    shutil.rmtree(letters)
    builder(folder).build([corpus(tmp_path / "others", range(30, 36))])
    assert {i.doc_id for i in reader.identities()} == set(before["documents"])
    for doc, cut in before["passages"].items():
        assert reader.passages_of(doc) == cut
        assert reader.document(doc) == before["documents"][doc]
        for passage in cut:
            wanted = before["tokens"][passage.passage_id]
            assert reader.get([passage.passage_id])[0].tolist() == wanted
    vector = HashingEmbedder().embed_queries(QUESTIONS[:1])[0]
    assert reader.nearest(vector, 12) == before["nearest"][0]
    assert reader.matching(QUESTIONS[0], 12) == before["matching"][0]
    assert set(contents(folder)["documents"]).isdisjoint(before["documents"])


def test_other_settings_rebuild_and_forbid_adding(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(3)), tmp_path / "index"
    builder(folder).build([letters])
    other = ChunkSettings(40, 30)
    with pytest.raises(IndexMismatch, match=r"chunking is .*60.* in the index and .*40.* here"):
        builder(folder, chunk_settings=other).add([letters])
    report = builder(folder, chunk_settings=other).build([letters])
    assert (report.added, report.kept) == (3, 0)
    assert [line.split()[0] for line in report.rebuilt_because] == ["chunking"]


def test_files_that_cannot_be_read_are_named(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(2)), tmp_path / "index"
    (letters / "sheet.xls").write_bytes(b"x")
    (letters / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (letters / ".hidden.txt").write_text("no")
    report = builder(folder).build([letters])
    assert [problem.source for problem in report.problems] == ["broken.pdf", "sheet.xls"]
    assert report.added == 2
    (letters / "broken.pdf").unlink()
    (letters / "sheet.xls").unlink()
    assert builder(folder).build([letters]).problems == ()


def test_a_kind_that_staff_have_and_is_not_read_is_named_with_what_to_do(tmp_path):
    letters = corpus(tmp_path / "letters", [0])
    for ending in OTHER_KINDS:
        (letters / f"a{ending.upper()}").write_bytes(b"x")
    problems = builder(tmp_path / "index").build([letters]).problems
    assert {Path(one.source).suffix.lower(): one.reason for one in problems} == OTHER_KINDS


def test_a_problem_is_gone_once_the_file_is_mended(tmp_path):
    letters, folder = corpus(tmp_path / "letters", range(2)), tmp_path / "index"
    (letters / "late.txt").write_bytes(b"")
    assert [p.source for p in builder(folder).build([letters]).problems] == ["late.txt"]
    (letters / "late.txt").write_text(letter(40))
    assert builder(folder).add([letters / "late.txt"]).problems == ()


def test_what_is_said_of_a_document_goes_with_it(tmp_path):
    letters, folder = corpus(tmp_path / "letters", [1, 2]), tmp_path / "index"
    (letters / "copy.txt").write_text(letter(1), encoding="utf-8")
    (letters / "sheet.xls").write_bytes(b"x")
    report = builder(folder).build([letters])
    assert [problem.source for problem in report.problems] == ["letter-001.txt", "sheet.xls"]
    report = builder(folder).remove([doc_id_of(1)])
    assert [problem.source for problem in report.problems] == ["sheet.xls"]
    assert manifest.read(folder).problems == report.problems


def test_removing_what_is_not_held_removes_nothing(tmp_path):
    folder = tmp_path / "index"
    builder(folder).build([corpus(tmp_path / "letters", range(2))])
    before = files_of(folder)
    with pytest.raises(NotFound, match="not held: nonsense; nothing was removed"):
        builder(folder).remove([doc_id(letter(0).encode()), "nonsense"])
    assert files_of(folder) == before


def test_an_empty_folder_makes_an_empty_index(tmp_path):
    (tmp_path / "letters").mkdir()
    builder(tmp_path / "index").build([tmp_path / "letters"])
    seen = contents(tmp_path / "index")
    assert seen["documents"] == {}
    assert seen["nearest"] == seen["matching"] == [[]] * len(QUESTIONS)


def test_no_such_path_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="does not exist: name a file or a folder"):
        builder(tmp_path / "index").build([tmp_path / "nothing"])


def test_two_folders_with_files_of_one_name_lose_none(tmp_path):
    one, two = corpus(tmp_path / "one", [1]), corpus(tmp_path / "two", [1, 2])
    (two / "letter-001.txt").write_text(letter(60), encoding="utf-8")
    sources = [found.source for found in scan([one, two, one])]
    assert sources == ["letter-001.txt", "letter-002.txt", "two/letter-001.txt"]


def test_a_second_writer_is_locked_out(tmp_path):
    with (
        writing(tmp_path),
        pytest.raises(IndexLocked, match=rf"process {os.getpid()} is writing"),
        writing(tmp_path, wait_s=0.2),
    ):
        pass
    with writing(tmp_path, wait_s=0):
        pass


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="no index can be written to"):
        builder(tmp_path / "file" / "index").build([tmp_path])
    with pytest.raises(AssistantError, match="readers still see the old one"), writing(tmp_path):
        raise OSError(28, "No space left on device")


@pytest.mark.slow
@pytest.mark.parametrize("begun", [True, False], ids=["update", "build"])
def test_a_killed_writer_leaves_the_old_index_or_the_new(tmp_path, begun):
    outcomes, bad = killed(30, begun, tmp_path)
    assert bad == []
    assert min(outcomes["old"], outcomes["new"]) > 0


def test_the_manifest_is_plain_json(tmp_path):
    builder(tmp_path / "index").build([corpus(tmp_path / "letters", range(2))])
    raw = json.loads((tmp_path / "index" / "manifest.json").read_text())
    assert raw["settings"]["embedder"] == "hashing"
    assert raw["schema"] == 3
