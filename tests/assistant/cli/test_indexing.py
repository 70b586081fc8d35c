import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def letters(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    shutil.copy(seeds / "001_145b8d6c54906490.txt", folder / "article.txt")
    return folder


@pytest.fixture
def copied(seed_index: Path, tmp_path: Path) -> Path:
    shutil.copytree(seed_index, tmp_path / "copy")
    return tmp_path / "copy"


def test_build_add_and_remove(run, letters, tmp_path, seeds):
    index = ["--index", tmp_path / "new"]
    (letters / "notes.xyz").write_text("what is this")
    (letters / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    built = run("index", "build", letters, *index, "--json")
    assert built.code == 0
    report = built.json
    assert (report["added"], report["kept"], report["removed"]) == (1, 0, 0)
    assert [problem["source"] for problem in report["problems"]] == ["notes.xyz", "scan.pdf"]
    assert "Reading and embedding: 2" in built.err
    assert "notes.xyz" in built.err
    again = run("index", "build", letters, *index, "--json").json
    assert (again["added"], again["kept"]) == (0, 1)
    assert again["index_fingerprint"] == report["index_fingerprint"]
    added = run("index", "add", seeds / "004_15baae9e72f688f5.txt", *index, "--json").json
    assert (added["added"], added["kept"], added["documents"]) == (1, 1, 2)
    removed = run("index", "remove", "article.txt", *index, "--json").json
    assert (removed["removed"], removed["documents"]) == (1, 1)
    held = run("documents", *index, "--json").json
    assert [one["source"] for one in held] == ["004_15baae9e72f688f5.txt"]


def test_a_file_of_the_same_name_says_what_it_replaces(run, tmp_path):
    index = ["--index", tmp_path / "new"]
    for name in ("Leeds", "Derby"):
        (tmp_path / name).mkdir()
        text = f"Ofsted visited {name} City Council on 4 May 2022. Plans are good.\n"
        (tmp_path / name / "letter.txt").write_text(text)
    run("index", "build", tmp_path / "Leeds", *index)
    (held,) = run("documents", *index, "--json").json
    added = run("index", "add", tmp_path / "Derby", *index, "--json")
    assert added.json["replaced"] == [{"source": "letter.txt", "doc_id": held["doc_id"]}]
    assert "letter.txt: replaces Leeds" in added.err
    assert f"({held['doc_id']})" in added.err


def test_what_is_not_held_is_not_removed(run, copied):
    ran = run("index", "remove", "84fe3d052bf6f542", "nothing", "--index", copied)
    assert ran.code == 1
    assert "no document 'nothing' is held" in ran.err
    assert len(run("documents", "--json", "--index", copied).json) == 5


def test_nothing_readable_is_an_error_after_the_report(run, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    ran = run("index", "build", tmp_path / "empty.txt", "--index", tmp_path / "new", "--json")
    assert ran.code == 1
    assert ran.json["documents"] == 0
    assert "empty.txt" in ran.err.splitlines()[-1]


def test_a_rebuild_says_why(run, copied):
    path = copied / "manifest.json"
    raw = json.loads(path.read_text())
    raw["settings"]["embedder"] = "other"
    path.write_text(json.dumps(raw))
    ran = run("index", "build", "--index", copied)
    assert ran.code == 0
    assert ran.out == ""
    assert "The index was made anew:" in ran.err


def test_status(run, seed_index, seeds):
    status = run("index", "status", "--index", seed_index, "--json").json
    assert status["documents"] == 5
    assert status["authorities"] == [
        {"authority": "Middlesbrough", "documents": 1},
        {"authority": "Stockton-on-Tees", "documents": 3},
        {"authority": "Stoke-on-Trent", "documents": 1},
    ]
    assert status["settings"]["embedder"] == "bge-small"
    assert status["roots"] == [str(seeds)]
    assert status["problems"] == []
    assert status["bytes"] == sum(one["bytes"] for one in status["segments"])
    text = run("index", "status", "--index", seed_index).out
    assert status["index_fingerprint"] in text
    assert "Stockton-on-Tees  3" in text


def test_verify_names_what_is_damaged(run, copied):
    assert run("index", "verify", "--index", copied).code == 0
    (damaged,) = copied.rglob("vectors.npy")
    data = bytearray(damaged.read_bytes())
    data[-1] ^= 1
    damaged.write_bytes(data)
    ran = run("index", "verify", "--index", copied, "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert [str(damaged) in fault for fault in ran.json["faults"]] == [True]
    assert ran.err.count("\n") == 1
    assert str(damaged) in ran.err


@pytest.mark.parametrize("damage", ["{", "[]", '{"schema": 0}', ""])
def test_a_damaged_manifest_is_one_line(run, copied, damage):
    (copied / "manifest.json").write_text(damage)
    for command in (["index", "verify"], ["index", "status"], ["documents"], ["search", "x"]):
        ran = run(*command, "--index", copied)
        assert (ran.code, ran.out) == (1, "")
        assert "run 'assistant index build'" in ran.err.lower()
        assert ran.err.count("\n") == 1


def test_a_missing_data_file_is_one_line(run, copied):
    next(copied.rglob("content.sqlite")).unlink()
    ran = run("search", "x", "--index", copied)
    assert (ran.code, ran.out) == (1, "")
    assert "content.sqlite is missing" in ran.err
    assert ran.err.count("\n") == 1


def test_an_unreadable_file_is_reported_and_the_others_are_read(run, letters, tmp_path):
    (letters / "binary.txt").write_bytes(b"MZ\x00\x01\x02")
    built = run("index", "build", letters, "--index", tmp_path / "new", "--json")
    assert built.code == 0
    assert [problem["source"] for problem in built.json["problems"]] == ["binary.txt"]
    assert built.json["documents"] == 1
