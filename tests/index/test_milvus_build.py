"""Building into Milvus: the same index as in a folder, however it came about."""

import json
import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest
from pymilvus import MilvusClient, MilvusException

from assistant.cli import main
from index import Index
from index.building import preparing
from index.building.files import doc_id
from index.compose import milvus_builder
from index.errors import IndexDamaged, IndexMismatch, LoadError, NotFound
from index.milvus import tables, writing
from index.milvus.build import MilvusBuilder, Shard
from index.milvus.collection import MilvusCollection, Stamp
from tests import kills
from tests.fakes import CHUNKS, HashingEmbedder, HashingTokens, ReadHere, builder, corpus
from tests.kills import ROOT, contents

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(preparing, "BATCH_DOCUMENTS", 2)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """Many builds; that one reads in a child process is tested with that process."""
    monkeypatch.setattr("index.building.builder.LoadingProcess", ReadHere)
    monkeypatch.setattr("index.milvus.build.LoadingProcess", ReadHere)


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    corpus(folder, range(6))
    return folder


@pytest.fixture
def uri(tmp_path):
    return str(tmp_path / "index.db")


def milvus(uri, shard=None, **other):
    given = {"embedder": HashingEmbedder(), "tokens": HashingTokens(), "chunk_settings": CHUNKS}
    return MilvusBuilder(uri, **(given | other), shard=shard)


def seen(uri, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(kills, "Collection", MilvusCollection)
        return contents(uri)


def in_folder(tmp_path, letters):
    builder(tmp_path / "folder").build([letters])
    return contents(tmp_path / "folder")


def assert_same(found, wanted):
    for name in ("nearest", "matching"):
        for ours, theirs in zip(found.pop(name), wanted.pop(name), strict=True):
            assert [i for i, _ in ours] == [i for i, _ in theirs]
            np.testing.assert_allclose(
                [s for _, s in ours], [s for _, s in theirs], rtol=1e-5, atol=1e-6
            )
    assert found.pop("words") >= wanted.pop("words")  # those of removed documents stay
    assert found == wanted


def test_it_holds_what_a_folder_holds_and_a_second_build_does_nothing(
    tmp_path, letters, uri, monkeypatch
):
    report = milvus(uri).build([letters])
    assert (report.added, report.kept, report.removed) == (6, 0, 0)
    assert_same(seen(uri, monkeypatch), in_folder(tmp_path, letters))
    monkeypatch.setattr(HashingEmbedder, "embed_passages", None)
    stamp = Stamp(uri)
    assert stamp() == report.manifest.index_fingerprint
    again = milvus(uri).build([letters])
    assert stamp() == report.manifest.index_fingerprint
    assert (again.added, again.kept, again.removed) == (0, 6, 0)
    assert again.manifest.index_fingerprint == report.manifest.index_fingerprint


def test_an_update_ends_where_a_rebuild_would(tmp_path, letters, uri, monkeypatch):
    milvus(uri).build([letters])
    first, second, third, *_ = sorted(letters.glob("*"))
    first.unlink()
    second.write_bytes(second.read_bytes() + b"\n\nChildren wait too long in Torbay.\n")
    third.rename(letters / "renamed.txt")
    report = milvus(uri).build([letters])
    assert (report.added, report.kept, report.removed) == (1, 4, 2)
    assert_same(seen(uri, monkeypatch), in_folder(tmp_path, letters))


def test_adding_and_removing_end_where_a_rebuild_would(tmp_path, letters, uri, monkeypatch):
    *most, last = sorted(letters.glob("*"))
    milvus(uri).build(most)
    assert milvus(uri).add([last]).added == 1
    store = MilvusCollection(uri)
    gone = next(i.doc_id for i in store.identities() if i.source == most[0].name)
    store.close()
    with pytest.raises(NotFound, match="nothing was removed"):
        milvus(uri).remove([gone, "0" * 16])
    assert milvus(uri).remove([gone]).removed == 1
    most[0].unlink()
    assert_same(seen(uri, monkeypatch), in_folder(tmp_path, letters))


@pytest.mark.parametrize(
    ("writes", "times"), [("passage_row", 20), ("word_rows", 1), ("document_rows", 3)]
)
def test_a_build_that_broke_off_goes_on_where_it_stopped(
    tmp_path, letters, uri, monkeypatch, writes, times
):
    real, calls = getattr(writing.rows, writes), []

    def breaking(*given):
        calls.append(given)
        if len(calls) > times:
            raise LoadError("power", "cut")
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(writing.rows, writes, breaking)
        with pytest.raises(LoadError, match="power: cut"):
            milvus(uri).build([letters])
    complete = MilvusCollection(uri)
    done = len(complete.identities())
    complete.close()
    report = milvus(uri).build([letters])
    assert (report.added, report.kept) == (6 - done, done)
    assert_same(seen(uri, monkeypatch), in_folder(tmp_path, letters))


def test_other_settings_are_never_mixed(letters, uri):
    milvus(uri).build([letters])
    other = HashingEmbedder()
    other.fingerprint = "a" * 64
    with pytest.raises(IndexMismatch, match="Build into another database"):
        milvus(uri, embedder=other).build([letters])


def test_a_file_that_cannot_be_read_is_named(letters, uri):
    (letters / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    report = milvus(uri).build([letters])
    assert [problem.source for problem in report.problems] == ["broken.pdf"]
    assert report.added == 6


WRITE = """
import sys
from pathlib import Path
from index.milvus.build import MilvusBuilder, Shard
from tests.fakes import CHUNKS, HashingEmbedder, HashingTokens
uri, letters, number, of = sys.argv[1:]
built = MilvusBuilder(uri, HashingEmbedder(), HashingTokens(), CHUNKS,
                      shard=Shard(int(number), int(of))).build([Path(letters)])
print(built.added, built.kept, built.removed)
"""


@pytest.fixture
def server(tmp_path):
    """Milvus' protocol on a port, as a server speaks it; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"]
    command += ["--data-dir", str(tmp_path / "served.db"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


def test_several_machines_write_one_index_at_the_same_time(tmp_path, letters, server, monkeypatch):
    command = [sys.executable, "-c", WRITE, server, str(letters)]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([*command, str(number), "3"], env=here, stdout=subprocess.PIPE, text=True)
        for number in (1, 2, 3)
    ]
    said = [writer.communicate(timeout=300)[0].split() for writer in writers]
    shards = [Shard(number, 3) for number in (1, 2, 3)]
    held = [doc_id(path.read_bytes()) for path in letters.glob("*")]
    assert said == [[str(sum(map(shard.has, held))), "0", "0"] for shard in shards]
    assert_same(seen(server, monkeypatch), in_folder(tmp_path, letters))
    first = sorted(letters.glob("*"))[0]
    owner = next(shard for shard in shards if shard.has(doc_id(first.read_bytes())))
    first.unlink()
    others = [shard for shard in shards if shard != owner]
    assert [milvus(server, shard).build([letters]).removed for shard in (*others, owner)] == [
        0, 0, 1,
    ]  # fmt: skip
    assert_same(seen(server, monkeypatch), in_folder(tmp_path, letters))


@pytest.mark.parametrize("step", ["create_collection", "create_index"])
def test_what_another_machine_begins_at_that_moment_is_gone_on_with(
    tmp_path, letters, uri, monkeypatch, step
):
    real, hindered = getattr(MilvusClient, step), []

    def other_is_at_it(client, name, *given, **named):
        if len(hindered) < 3:
            hindered.append(name)
            raise MilvusException(message=f"File exists: {name}")
        return real(client, name, *given, **named)

    monkeypatch.setattr(MilvusClient, step, other_is_at_it)
    assert milvus(uri).build([letters]).added == 6
    assert len(hindered) == 3
    assert_same(seen(uri, monkeypatch), in_folder(tmp_path, letters))


def test_what_milvus_goes_on_refusing_is_said(letters, uri, monkeypatch):
    def refused(*given, **named):
        raise MilvusException(message="disk quota exceeded")

    monkeypatch.setattr(tables, "_BEGUN_S", 0.2)
    monkeypatch.setattr(MilvusClient, "create_index", refused)
    with pytest.raises(IndexDamaged, match="disk quota exceeded"):
        milvus(uri).build([letters])


def test_python_finds_in_milvus_what_it_finds_in_a_folder(tmp_path, seeds, seed_index):
    uri = str(tmp_path / "seeds.db")
    *most, last = sorted(seeds.glob("*"))
    milvus_builder(uri).build(most)
    with Index.connect(uri) as early:
        assert early.add([last]).added == 1
    with Index.connect(uri) as letters:
        assert letters.documents() == seed_index.documents()
        assert letters.collection.words == seed_index.collection.words
        for question in ("What needs to improve at Stockton?", "connected carers", "regulation 24"):
            ours, theirs = letters.search(question, 10), seed_index.search(question, 10)
            assert [hit.passage for hit in ours] == [hit.passage for hit in theirs]
            np.testing.assert_allclose(
                [hit.score for hit in ours], [hit.score for hit in theirs], atol=1e-4
            )


def test_the_command_line_answers_from_milvus_as_from_a_folder(
    tmp_path, seeds, seed_index, monkeypatch, capsys
):
    def said(*arguments):
        assert main([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    asked = [
        ("documents",),
        ("ask", "Are caseloads manageable in Stoke?"),
        ("search", "leavers service 2016"),
        ("find", "connected persons"),
        ("index", "status"),
    ]
    monkeypatch.setenv("ASSISTANT_INDEX", str(seed_index.collection.folder))
    wanted = [said(*one) for one in asked]
    monkeypatch.setenv("ASSISTANT_STORE", "milvus")
    monkeypatch.setenv("ASSISTANT_MILVUS_URI", str(tmp_path / "seeds.db"))
    said("index", "build", str(seeds))
    found = [said(*one) for one in asked]
    for name in ("index", "segments", "bytes", "roots"):
        del wanted[-1][name], found[-1][name]
    for one in (found[1], wanted[1]):
        del one["elapsed_ms"]
    for hit in (*wanted[1]["nearest"], *wanted[2]["hits"]):
        hit["score"] = pytest.approx(hit["score"], abs=1e-4)
    assert found == wanted
    assert main(["index", "verify"]) == 2
    assert "Milvus checks its own" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("store", "arguments", "said"),
    [
        ("milvus", ["documents"], "needs ASSISTANT_MILVUS_URI"),
        ("folder", ["index", "build", "--shard", "1/2"], "--shard needs ASSISTANT_STORE=milvus"),
        ("milvus", ["index", "build", "--shard", "3/2"], "--shard '3/2' is no part"),
        ("rocks", ["documents"], "ASSISTANT_STORE"),
    ],
)
def test_settings_that_cannot_be_are_usage(monkeypatch, capsys, store, arguments, said):
    monkeypatch.setenv("ASSISTANT_STORE", store)
    monkeypatch.delenv("ASSISTANT_MILVUS_URI", raising=False)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
