"""The suites of the ports over Milvus: milvus-lite in a file, which is exact."""

import numpy as np
import pytest

from index.errors import IndexMissing
from index.milvus.collection import MilvusCollection
from index.milvus.tables import Tables
from index.milvus.writing import begin, delete, put
from index.store.manifest import Held
from tests.contracts import test_content_ports as content
from tests.contracts import test_search_ports as search
from tests.contracts.stores import SETTINGS, doc_id, given_data

pytestmark = pytest.mark.slow


def given_index(folder, rows, cuts=(), removed=()):
    """As ``stores.given_index``, in a file of milvus-lite; it has no segments to cut."""
    uri = str(folder.parent / f"{folder.name}.db")
    tables = Tables(uri)
    begin(tables, SETTINGS, len(rows[0][1]), rows[0][3].shape[1])
    numbers = sorted({row[0] for row in rows})
    put(tables, given_data(rows), {doc_id(n): Held((f"{n}.txt",), "c") for n in numbers})
    delete(tables, [doc_id(number) for number in removed])
    tables.close()
    return MilvusCollection(uri)


@pytest.fixture(autouse=True)
def in_milvus(monkeypatch):
    for suite in (search, content):
        monkeypatch.setattr(suite, "given_index", given_index)


@pytest.mark.parametrize("removed", search.REMOVED)
@pytest.mark.parametrize("count", [1, 40])
def test_nearest_is_exact(tmp_path, count, removed):
    search.test_nearest_is_exact(tmp_path, (), removed, count)


@pytest.mark.parametrize("removed", search.REMOVED)
@pytest.mark.parametrize("count", [1, 40])
def test_matching_is_bm25_of_the_whole_collection(tmp_path, count, removed):
    search.test_matching_is_bm25_of_the_whole_collection(tmp_path, (), removed, count)


@pytest.mark.parametrize(
    "test",
    [
        search.test_a_word_asked_twice_counts_twice,
        search.test_ties_come_by_passage_id_even_at_the_edge,
        search.test_a_filter_is_pushed_down,
        search.test_float64_questions_find_the_same,
        content.test_more_passages_than_sqlite_takes_parameters,
        content.test_passages_without_tokens,
    ],
)
def test_as_in_a_folder(tmp_path, test):
    test(tmp_path)


@pytest.mark.parametrize(
    "test",
    [
        content.test_passages_in_the_order_asked,
        content.test_passages_of_a_document_in_reading_order,
        content.test_removed_documents_are_not_there,
        content.test_token_vectors_in_the_order_asked,
    ],
)
def test_content_as_in_a_folder(tmp_path, test):
    test(tmp_path, ())


def test_what_others_write_later_is_not_seen_until_it_is_opened_again(tmp_path):
    rows = search.made_rows(3, 40)
    early = [row for row in rows if row[0] < 6]
    store = given_index(tmp_path, early)
    ids = search.passage_ids(early)
    query = rows[-1][1]
    late = given_index(tmp_path, rows)
    wanted = search.best(ids, np.stack([r[1] for r in early]) @ query, [True] * len(early), 5)
    search.assert_same(store.nearest(query, 5), wanted)
    assert {i.rsplit("-", 1)[0] for i, _ in store.matching("carers plans", 100)} <= {
        doc_id(n) for n in range(6)
    }
    assert len(late.nearest(query, 100)) == 40


def test_where_nothing_is_it_says_what_to_do(tmp_path):
    with pytest.raises(IndexMissing, match="ASSISTANT_STORE=milvus"):
        MilvusCollection(str(tmp_path / "none.db"))
    with pytest.raises(IndexMissing, match="ASSISTANT_MILVUS_URI to where it is") as raised:
        MilvusCollection("http://reader:secret@127.0.0.1:9")
    assert "secret" not in str(raised.value)
