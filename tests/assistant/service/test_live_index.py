import asyncio
import time
from functools import partial
from pathlib import Path

import pytest

from assistant.compose import serving_assistant
from assistant.service.live_index import LiveIndex, Opened
from assistant.service.programs import Service, program_parts
from assistant.settings import Settings
from assistant.types import Ask
from index.compose import builder, milvus_builder
from index.errors import IndexDamaged
from index.store import manifest
from index.types import Filters


class FakeCollection:
    def __init__(self, name):
        self.name, self.closed = name, False

    def close(self):
        self.closed = True


@pytest.fixture
def folder(tmp_path):
    (tmp_path / manifest.NAME).write_text("1")
    return tmp_path


def replaced(folder: Path) -> None:
    beside = folder / "beside"
    beside.write_text("2")
    beside.replace(folder / manifest.NAME)


def test_an_answer_under_way_keeps_its_index_which_is_closed_after_it(folder):
    made = []

    def opening():
        made.append(FakeCollection(len(made)))
        return Opened(made[-1], None, None)

    current = LiveIndex(partial(manifest.stamp, folder), opening, look_every_s=0)
    with current.lent() as first:
        replaced(folder)
        with current.lent() as second:
            assert (first.collection.name, second.collection.name) == (0, 1)
        assert (made[0].closed, made[1].closed) == (False, False)
    assert (made[0].closed, made[1].closed) == (True, False)


def test_an_index_that_cannot_be_opened_leaves_the_old_one(folder, caplog):
    made = []

    def opening():
        if made:
            raise IndexDamaged("it is damaged")
        made.append(FakeCollection(0))
        return Opened(made[0], None, None)

    current = LiveIndex(partial(manifest.stamp, folder), opening, look_every_s=0)
    replaced(folder)
    with current.lent() as opened:
        assert opened.collection is made[0]
    assert "it is damaged" in caplog.text
    assert not made[0].closed


def test_an_index_that_can_be_opened_later_is_opened_then(monkeypatch):
    monkeypatch.setattr("assistant.service.live_index._AGAIN_AFTER_S", 0)
    stamps, made = iter("abbb"), []

    def opening():
        made.append(FakeCollection(len(made)))
        if len(made) == 2:
            raise IndexDamaged("it does not answer")
        return Opened(made[-1], None, None)

    current = LiveIndex(lambda: next(stamps), opening, look_every_s=0)
    seen = []
    for _ in range(3):
        with current.lent() as opened:
            seen.append(opened.collection.name)
    assert seen == [0, 2, 2]


def test_a_running_assistant_answers_from_what_was_added(tmp_path):
    papers, index = tmp_path / "papers", tmp_path / "index"
    papers.mkdir()
    for n, place in enumerate(("Stockton-on-Tees", "Middlesbrough")):
        (papers / f"{n}.txt").write_text(
            f"Focused visit to {place} local authority children’s services\n\n"
            f"1{n} May 2022\n\nSocial workers in {place} say that their caseloads are manageable.\n"
        )
    builder(index).build([papers / "0.txt"])
    made = serving_assistant(Settings(index=index, model=None))
    assert len(made.collection.identities()) == 1
    builder(index).build([papers])
    time.sleep(1.1)  # the manifest is looked at once a second
    answer = made.extractive.answer(Ask("Are caseloads manageable in Middlesbrough?"))
    assert answer.citations[0].quote.endswith(
        "Middlesbrough say that their caseloads are manageable."
    )
    assert {c.identity.authority_name for c in answer.citations} == {"Middlesbrough"}
    assert sorted(i.source for i in made.collection.identities()) == ["0.txt", "1.txt"]
    assert len(made.collection.manifest.documents) == 2
    assert len(made.retriever.search("caseloads").hits) == 2


@pytest.mark.slow
def test_a_running_assistant_answers_from_what_was_added_to_milvus(tmp_path, seeds):
    pytest.importorskip("milvus_lite")
    *most, last = sorted(seeds.glob("*"))
    uri = str(tmp_path / "index.db")
    milvus_builder(uri).build(most)
    settings = {"store": "milvus", "milvus_uri": uri, "index": tmp_path, "model": None}
    made = serving_assistant(Settings(**settings))

    def newest():
        time.sleep(1.1)  # the stamp is looked at once a second
        return [identity.source for identity in made.collection.identities()]

    assert newest() == [path.name for path in most]
    milvus_builder(uri).add([last])
    assert newest() == [path.name for path in (*most, last)]
    name = next(i.authority_name for i in made.collection.identities() if i.source == last.name)
    found = made.retriever.search("What did inspectors find?", filters=Filters((name,))).hits
    assert last.name in {hit.passage.source for hit in found}
    milvus_builder(uri).build(most)
    assert newest() == [path.name for path in most]


def test_the_http_service_follows_what_was_added(tmp_path):
    papers, index = tmp_path / "papers", tmp_path / "index"
    papers.mkdir()
    for n in range(2):
        text = f"Focused visit to Stockton-on-Tees\n\n1{n} May 2022\n\nCaseloads are manageable.\n"
        (papers / f"{n}.txt").write_text(text)
    builder(index).build([papers / "0.txt"])
    service = Service(program_parts(serving_assistant(Settings(index=index, model=None))))
    before = asyncio.run(service.documents(Filters(), list))
    assert [(one["source"], one["passages"]) for one in before] == [("0.txt", 1)]
    assert b"assistant_documents 1.0" in service.meter.text()
    builder(index).build([papers])
    time.sleep(1.1)  # the manifest is looked at once a second
    after = asyncio.run(service.documents(Filters(), list))
    assert [(one["source"], one["passages"]) for one in after] == [("0.txt", 1), ("1.txt", 1)]
    assert b"assistant_documents 2.0" in service.meter.text()
