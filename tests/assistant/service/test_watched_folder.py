import json
import logging
from threading import Thread

import pytest

from assistant.service import watched_folder
from assistant.service.watched_folder import WatchedFolder, check_folder
from index.errors import AssistantError, IndexLocked, UsageError
from index.store import manifest
from tests.adding_place import Place
from tests.fakes import corpus, letter

ELSEWHERE = "letter-001.txt"


class Following:
    """A served index, and a folder beside it that is followed."""

    def __init__(self, place, folder):
        self.place, self.folder, self.told = place, folder, []
        self.folder.mkdir(exist_ok=True)
        self.begin()

    def begin(self):
        memory = self.folder.with_name("index-watched.json")
        self.watched = WatchedFolder(self.folder, self.place.live, memory, self.told.append)

    def settle(self):
        """Two looks, after which what was done there is in the index."""
        self.watched.look()
        self.watched.look()
        return self.place.sources

    def write(self, name, number):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(letter(number), encoding="utf-8")
        return path

    @property
    def problems(self):
        return {one.source: one.reason for one in manifest.read(self.place.index).problems}


@pytest.fixture
def following(tmp_path):
    return Following(Place(tmp_path), tmp_path / "letters")


def authority_of(following, source):
    held = following.place.store.identities()
    return next(one.authority_name for one in held if source in one.sources)


def test_what_is_added_changed_and_removed_there_is_so_in_the_index_at_once(following):
    following.write("2022/a.txt", 0)
    following.write("b.txt", 3)
    assert following.settle() == ["2022/a.txt", "b.txt", ELSEWHERE]
    assert "Torbay" in following.place.get("/collection").text
    following.write("b.txt", 5)
    assert following.settle() == ["2022/a.txt", "b.txt", ELSEWHERE]
    assert authority_of(following, "b.txt") == "Bristol"
    (following.folder / "2022" / "a.txt").rename(following.folder / "c.txt")
    (following.folder / "b.txt").unlink()
    assert following.settle() == ["c.txt", ELSEWHERE]
    assert "Bristol" not in following.place.get("/collection").text
    assert [one.rpartition(": ")[2] for one in following.told] == [
        "2 documents read, 0 removed or replaced",
        "1 document read, 1 removed or replaced",
        "0 documents read, 1 removed or replaced",
    ]


def test_a_metadata_row_is_followed(following):
    following.write("a.txt", 0)
    following.settle()
    (following.folder / "metadata.csv").write_text(
        "source,authority,corrected\na.txt,Kent,authority\nnone.txt,Kent,\n"
    )
    following.settle()
    assert authority_of(following, "a.txt") == "Kent"
    assert "describes none.txt" in following.problems["metadata.csv"]
    (following.folder / "metadata.csv").unlink()
    following.settle()
    assert (authority_of(following, "a.txt"), following.problems) == ("Leeds", {})


def test_a_file_that_is_still_being_copied_is_left_alone(following):
    following.watched.look()
    for number in (2, 3, 4):
        following.write("a.txt", number)
        following.watched.look()
        assert following.place.sources == [ELSEWHERE]
    following.watched.look()
    assert following.place.sources == ["a.txt", ELSEWHERE]


def test_an_unchanged_folder_is_not_read_again(following, monkeypatch):
    following.write("a.txt", 0)
    following.settle()
    monkeypatch.setattr(following.place.live, "update", None)
    following.settle()


def test_problems_are_named_by_file_once_in_the_log_and_with_the_index(following, caplog):
    following.write("a.txt", 0)
    following.settle()
    (following.folder / "a.txt").write_bytes(b"")
    (following.folder / "cut.pdf").write_bytes(b"%PDF-1.7 cut")
    assert following.settle() == [ELSEWHERE]
    assert set(following.problems) == {"a.txt", "cut.pdf"}
    following.write("b.txt", 3)
    following.settle()
    assert [one.getMessage().count("cut.pdf") for one in caplog.records] == [0, 1]
    (following.folder / "a.txt").unlink()
    (following.folder / "cut.pdf").unlink()
    assert following.settle() == ["b.txt", ELSEWHERE]
    assert following.problems == {}


def test_what_left_while_nothing_was_served_goes_at_the_next_start(following):
    following.write("a.txt", 0)
    following.write("b.txt", 3)
    following.settle()
    (following.folder / "a.txt").unlink()
    following.begin()
    assert following.settle() == ["b.txt", ELSEWHERE]


def test_what_another_took_out_of_the_index_is_put_back(following):
    following.write("a.txt", 0)
    following.settle()
    following.place.live.remove(following.place.doc_id("a.txt"))
    assert following.settle() == ["a.txt", ELSEWHERE]


def test_the_same_bytes_from_elsewhere_stay(following):
    (following.folder / "copy.txt").write_text(letter(1), encoding="utf-8")
    assert following.settle() == ["copy.txt", ELSEWHERE]
    (following.folder / "copy.txt").unlink()
    assert following.settle() == [ELSEWHERE]


def test_a_name_that_a_document_from_the_page_has_taken_is_not_removed_with_the_file(following):
    (following.folder / "Leeds.txt").write_bytes(b"")
    following.settle()
    following.place.add(("Leeds.txt", letter(0).encode()))
    (following.folder / "Leeds.txt").unlink()
    assert following.settle() == ["Leeds.txt", ELSEWHERE]


def test_a_folder_that_is_gone_takes_nothing_with_it(following, monkeypatch):
    following.write("a.txt", 0)
    following.settle()
    following.folder.rename(following.folder.with_name("elsewhere"))
    with pytest.raises(UsageError, match="letters does not exist: name a folder"):
        following.watched.look()
    following.folder.mkdir()
    monkeypatch.setattr(following.watched, "_disk", -1)
    with pytest.raises(UsageError, match="is empty, and on another disk than before"):
        following.watched.look()
    assert following.place.sources == ["a.txt", ELSEWHERE]


def test_what_fails_is_told_once_and_tried_again(following, monkeypatch, caplog):
    monkeypatch.setattr(watched_folder, "EVERY_S", 0.01)
    monkeypatch.setattr(watched_folder, "_AGAIN_AFTER_S", 0.01)
    failing, update = [1, 2, 3], following.place.live.update

    def locked(folder, left):
        if failing:
            failing.pop()
            raise IndexLocked("process 7 is writing")
        update(folder, left)
        raise SystemExit  # else it goes on for ever

    monkeypatch.setattr(following.place.live, "update", locked)
    following.write("a.txt", 0)
    with pytest.raises(SystemExit):
        following.watched.follow()
    assert caplog.text.count("process 7 is writing") == 1
    assert following.place.sources == ["a.txt", ELSEWHERE]


def test_adding_from_the_page_and_following_take_turns(following, caplog):
    corpus(following.folder, range(20, 40))
    page = Thread(target=following.place.add, args=(("Leeds.txt", letter(0).encode()),))
    page.start()
    following.settle()
    page.join()
    assert len(following.place.sources) == 22
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []


def test_what_is_no_folder_is_a_usage_error(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    for name, fault in (("none", "does not exist"), ("file.txt", "is no folder")):
        with pytest.raises(UsageError, match=f"{name} {fault}: name a folder of documents"):
            check_folder(tmp_path / name)


def test_a_memory_that_is_damaged_is_named(following):
    following.write("a.txt", 0)
    following.settle()
    memory = following.folder.with_name("index-watched.json")
    assert list(json.loads(memory.read_text())["sources"]) == ["a.txt"]
    memory.write_text("{")
    with pytest.raises(AssistantError, match=r"index-watched\.json cannot be read .*: delete it"):
        following.begin()
