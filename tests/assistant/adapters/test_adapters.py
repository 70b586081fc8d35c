"""LangChain's and LlamaIndex's own classes, driving the retriever as their users would."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda
from llama_index.core.schema import MetadataMode

from assistant.adapters import langchain, llamaindex
from assistant.schema import answer_record
from index import Index
from index.errors import UsageError
from tests.programs import opened

ROOT = Path(__file__).parents[3]
QUESTION = "connected carers assessments"
CITATION = {
    "number", "doc_id", "source", "title", "issuer", "kind", "authority", "published", "dated",
    "visit_start", "visit_end", "url", "page", "paragraph", "heading", "start", "end", "quote",
}  # fmt: skip


@pytest.fixture(scope="module")
def letters(seed_index):
    with Index.open(seed_index) as letters:
        yield letters


@pytest.fixture(scope="module")
def hits(letters):
    return letters.search(QUESTION, 3, authority="Stockton")


def check_metadata(metadata, hit, letters):
    assert set(metadata) == CITATION | {"passage_id", "rank", "score"}
    text = letters.document(metadata["doc_id"]).text
    assert metadata["quote"] == text[metadata["start"] : metadata["end"]] == hit.passage.text
    assert metadata["number"] == metadata["rank"] == hit.rank
    assert metadata["authority"] == "Stockton-on-Tees"


def test_langchain_gets_passages_with_their_citations(letters, hits):
    retriever = langchain.LettersRetriever(letters=letters, k=3, authority="Stockton")
    found = retriever.invoke(QUESTION)
    assert [one.page_content for one in found] == [hit.passage.text for hit in hits]
    assert [one.id for one in found] == [hit.passage.passage_id for hit in hits]
    for document, hit in zip(found, hits, strict=True):
        check_metadata(document.metadata, hit, letters)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == found
    chain = retriever | RunnableLambda(lambda documents: documents[0].metadata["source"])
    assert chain.invoke(QUESTION) == hits[0].passage.source
    assert retriever.batch([QUESTION, QUESTION]) == [found, found]


def test_what_langchain_would_ignore_is_used_or_refused(letters):
    retriever = langchain.LettersRetriever(letters=letters, k=3)
    assert len(retriever.invoke(QUESTION, k=1)) == 1
    assert len(asyncio.run(retriever.ainvoke(QUESTION, k=2))) == 2
    with pytest.raises(TypeError, match="no argument 'top_n'"):
        retriever.invoke(QUESTION, top_n=1)
    with pytest.raises(ValueError, match="top_n"):
        langchain.LettersRetriever(letters=letters, top_n=1)


def test_what_llamaindex_would_ignore_is_refused(letters):
    with pytest.raises(TypeError):
        llamaindex.LettersRetriever(letters, top_n=1)
    with pytest.raises(TypeError):
        llamaindex.LettersRetriever(letters).retrieve(QUESTION, k=1)


def test_a_closed_index_says_that_it_is_closed(seed_index):
    letters = Index.open(seed_index)
    letters.search(QUESTION, 1)
    letters.close()
    letters.close()
    for ask in (lambda: letters.search(QUESTION), letters.documents):
        with pytest.raises(UsageError, match="this index is closed"):
            ask()


def test_llamaindex_gets_nodes_with_their_citations(letters, hits):
    retriever = llamaindex.LettersRetriever(letters, 3, authority=["Stockton"])
    found = retriever.retrieve(QUESTION)
    assert [(one.node.node_id, one.text) for one in found] == [
        (hit.passage.passage_id, hit.passage.text) for hit in hits
    ]
    assert [one.score for one in found] == [round(hit.score, 6) for hit in hits]
    for node, hit in zip(found, hits, strict=True):
        check_metadata(node.node.metadata, hit, letters)
    again = asyncio.run(retriever.aretrieve(QUESTION))
    assert [one.node_id for one in again] == [one.node_id for one in found]
    shown = found[0].node.get_content(MetadataMode.LLM)
    head, _, text = shown.partition("\n\n")
    assert set(head.split("\n")) == {
        "authority: Stockton-on-Tees", "dated: 2022-01-31", "issuer: ofsted"
    }  # fmt: skip
    assert text == hits[0].passage.text


def test_a_citations_fields_are_those_of_an_answer(seed_index):
    from assistant.types import Ask

    answer = opened(seed_index).extractive.answer(Ask("What needs to improve at Stockton?"))
    assert set(answer_record(answer)["citations"][0]) == CITATION


def test_searching_waits_without_holding_up_others(seed_index, hits):
    async def run():
        letters = await Index.aopen(seed_index)
        found = await asyncio.gather(
            *[letters.asearch(QUESTION, 3, authority="Stockton") for _ in range(4)]
        )
        letters.close()
        return found

    assert asyncio.run(run()) == [hits] * 4


@pytest.mark.parametrize("name", ["langchain", "llamaindex"])
def test_without_the_extra_it_says_what_to_install(name):
    module = {"langchain": "langchain_core", "llamaindex": "llama_index"}[name]
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        f"try:\n    import assistant.adapters.{name}\n"
        "except ImportError as error:\n    print(error)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f"pip install 'inspection-assistant[{name}]'" in ran.stdout
