"""Documents, passages and token vectors come back as they were put in, in the order asked."""

import numpy as np
import pytest

from index.errors import NotFound
from tests.contracts.stores import doc_id, given_index
from tests.contracts.test_search_ports import made_rows, passage_ids

CUTS = [(), (4,), (1, 2, 5, 7, 9)]


@pytest.mark.parametrize("cuts", CUTS)
def test_passages_in_the_order_asked(tmp_path, cuts):
    rows = made_rows(1, 40)
    store = given_index(tmp_path, rows, cuts)
    ids = passage_ids(rows)
    asked = [*ids[::-3], ids[0], ids[0]]
    found = store.passages(asked)
    assert [p.passage_id for p in found] == asked
    text = dict(zip(ids, (row[2] for row in rows), strict=True))
    assert [p.text for p in found] == [text[i] for i in asked]
    for passage in found:
        assert store.document(passage.doc_id).text[passage.start : passage.end] == passage.text
        assert passage.source == store.identity(passage.doc_id).source
        assert passage.sentences[0].start == passage.start


@pytest.mark.parametrize("cuts", CUTS)
def test_passages_of_a_document_in_reading_order(tmp_path, cuts):
    rows = made_rows(1, 40)
    store = given_index(tmp_path, rows, cuts)
    for number in {row[0] for row in rows}:
        texts = [row[2] for row in rows if row[0] == number]
        assert [p.text for p in store.passages_of(doc_id(number))] == texts


@pytest.mark.parametrize("cuts", CUTS)
def test_removed_documents_are_not_there(tmp_path, cuts):
    rows = made_rows(1, 40)
    store = given_index(tmp_path, rows, cuts, removed=(3,))
    kept = sorted({row[0] for row in rows} - {3})
    assert [i.doc_id for i in store.identities()] == [
        doc_id(n) for n in sorted(kept, key=lambda n: f"{n}.txt")
    ]
    for ask in (store.document, store.identity, store.passages_of):
        with pytest.raises(NotFound, match="'assistant documents' lists"):
            ask(doc_id(3))
    for ask in (store.passages, store.get):
        with pytest.raises(NotFound, match=f"no passage '{doc_id(3)}-0000'"):
            ask([f"{doc_id(3)}-0000"])


@pytest.mark.parametrize("cuts", CUTS)
def test_token_vectors_in_the_order_asked(tmp_path, cuts):
    rows = made_rows(2, 40)
    store = given_index(tmp_path, rows, cuts)
    ids = passage_ids(rows)
    held = dict(zip(ids, (row[3] for row in rows), strict=True))
    asked = [*ids[::-2], ids[0]]
    for tokens, passage_id in zip(store.get(asked), asked, strict=True):
        assert tokens.dtype == np.int8
        np.testing.assert_array_equal(tokens, held[passage_id])
    assert store.get([]) == []
    assert store.passages([]) == []


def test_more_passages_than_sqlite_takes_parameters(tmp_path):
    rows = made_rows(2, 3)
    store = given_index(tmp_path, rows)
    asked = passage_ids(rows) * 20_000
    assert [p.passage_id for p in store.passages(asked)] == asked


def test_passages_without_tokens(tmp_path):
    rows = [(n, *row[1:3], np.zeros((0, 4), np.int8)) for n, row in enumerate(made_rows(1, 3))]
    store = given_index(tmp_path, rows)
    assert [tokens.shape for tokens in store.get(passage_ids(rows))] == [(0, 4)] * 3
