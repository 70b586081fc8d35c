from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import numpy as np
import pytest

from assistant.schema import results_record
from index import Filters, Index, models
from index.errors import IndexMismatch, NotFound, UsageError
from index.index import make_filters
from index.retrieval.repeats import without_repeats
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection
from index.types import Hit, Issuer, Kind, Passage
from tests.fakes import HashingEmbedder, HashingTokens, builder, corpus, doc_id_of, held

QUESTIONS = [
    "what did inspectors say about connected carers?",
    "Has extra money gone into children's services at Stockton?",
    "Compare Middlesbrough and Stoke-on-Trent on supervision",
    "What was found in 2016 and 2022 in Stockton?",
    "the latest monitoring visit",
    "Who is Victoria Horsefield?",
    "Bristol",
]


@pytest.fixture(scope="module")
def fake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fake")
    builder(folder / "index").build([corpus(folder / "letters", range(24))])
    collection = Collection(folder / "index")
    return HybridRetriever(collection, HashingEmbedder(), HashingTokens())


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_ranked_and_stand_in_their_documents(seed_index, question):
    hits = seed_index.search(question, 6)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    ids = [hit.passage.passage_id for hit in hits]
    assert len(ids) == len(set(ids))
    for hit in hits:
        passage = hit.passage
        document = seed_index.document(passage.doc_id)
        assert passage.text == document.text[passage.start : passage.end]
        assert hit.identity == document.identity
        assert np.isfinite(hit.score)


@pytest.mark.parametrize("question", QUESTIONS[:2])
def test_scores_fall_within_one_search(seed_index, question):
    scores = [hit.score for hit in seed_index.search(question, 30)]
    assert scores == sorted(scores, reverse=True)


def test_a_named_authority_is_searched_alone(seed_index):
    found = {hit.identity.authority_name for hit in seed_index.search(QUESTIONS[1], 10)}
    assert found == {"Stockton-on-Tees"}


def test_two_named_authorities_take_turns(seed_index):
    names = [hit.identity.authority_name for hit in seed_index.search(QUESTIONS[2], 4)]
    assert sorted(names[:2]) == sorted(names[2:]) == ["Middlesbrough", "Stoke-on-Trent"]


YEARS_APART = """{place} children's services

Inspection of local authority children's services

Inspection dates: {visit}

{words}
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Reports of two authorities that say nearly the same, years apart."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "letters").mkdir()
    for place in ("North Northamptonshire", "Nottingham"):
        for year in (2018, 2022, 2026):
            said = f"Care leavers are supported well in their {year % 10} homes by advisers."
            text = YEARS_APART.format(place=place, visit=f"7 March {year}", words=said)
            (folder / "letters" / f"{place.lower()}-{year}.txt").write_text(text, encoding="utf-8")
    builder(folder / "index").build([folder / "letters"])
    collection = Collection(folder / "index")
    return HybridRetriever(
        collection, HashingEmbedder(), HashingTokens(), today=lambda: date(2027, 1, 5)
    )


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("care leavers in Nottingham in 2018", "nottingham-2018.txt"),
        ("care leavers in Nottingham last year", "nottingham-2026.txt"),
        ("care leavers, latest inspection of Nottingham", "nottingham-2026.txt"),
        ("care leavers, previous inspection of Nottingham", "nottingham-2022.txt"),
        ("care leavers, first inspection of north northants", "north northamptonshire-2018.txt"),
        ("care leavers in Notingham five years ago", "nottingham-2022.txt"),
    ],
)
def test_who_and_when_decide_between_reports_that_say_the_same(archive, question, first):
    hits = archive.search(question, 6).hits
    assert hits[0].passage.source == first
    names = {hit.identity.authority_name for hit in hits}
    assert names == {hits[0].identity.authority_name}
    assert any(hit.passage.source != first for hit in hits)


def test_filters_are_always_obeyed(seed_index):
    def sources(**filters):
        return {hit.passage.source[:3] for hit in seed_index.search("children", 200, **filters)}

    assert sources() == {"000", "001", "002", "003", "004"}
    assert sources(issuer="ofsted") == {"000", "003", "004"}
    assert sources(kind=["news article", "council report"]) == {"001", "002"}
    assert sources(authority="stoke") == {"003"}
    assert sources(from_date=date(2022, 1, 1), to_date=date(2022, 12, 31)) == {"000", "004"}
    assert sources(authority="Stoke-on-Trent", issuer="press") == set()
    assert {
        hit.identity.authority_name
        for hit in seed_index.search("carers in Stockton", authority="Middlesbrough")
    } <= {"Middlesbrough"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"authorities": ["Atlantis"]}, "'Atlantis' is no English local authority"),
        ({"kinds": ["poem"]}, "'poem' is no kind: choose from inspection report, "),
        ({"issuers": ["me"]}, "'me' is no issuer: choose from ofsted, council"),
    ],
)
def test_unknown_filter_values_are_named(given, message):
    with pytest.raises(UsageError, match=message):
        make_filters(**{"authorities": [], "kinds": [], "issuers": []} | given)


def test_a_day_may_be_a_moment_and_not_a_text(seed_index):
    day = seed_index.search("children", 3, from_date=date(2022, 1, 1))
    assert seed_index.search("children", 3, from_date=datetime(2022, 1, 1, 12, 0)) == day
    with pytest.raises(UsageError, match=r"from_date must be a datetime\.date, not '2022'"):
        seed_index.search("children", 3, from_date="2022")


def test_filters_as_a_person_types_them():
    assert make_filters(["stockton"], ["News Article "], ["OFSTED"]) == Filters(
        ("Stockton-on-Tees",), (Kind.NEWS_ARTICLE,), (Issuer.OFSTED,)
    )


@pytest.mark.parametrize(
    "question", ["", "  \n ", "?!", "\ud800", "the", "x" * 5000, "' OR 1=1 --"]
)
def test_any_text_is_a_question(seed_index, question):
    found = seed_index.retriever.search(question, 3)
    assert len(found.hits) == (3 if question.strip() else 0)
    assert found.query.question == question


def test_k_counts_hits(fake):
    everything = sum(len(fake._collection.passages_of(i.doc_id)) for i in fake._held)
    assert [len(fake.search("plans drift", k).hits) for k in (-1, 0, 1, 7)] == [0, 0, 1, 7]
    repeats = 2  # letters 7 and 17 have a passage that another of theirs contains
    assert len(fake.search("plans drift", everything + 50).hits) == everything - repeats


def test_passages_are_found_by_words_in_a_named_place(fake):
    hit = fake.search("summarises the findings of visit 7. in Stockton", 1).hits[0]
    assert hit.identity.doc_id == doc_id_of(7)
    assert set(hit.parts) >= {"late interaction", "dense", "lexical", "time", "person"}


def test_a_question_searched_in_many_places_is_encoded_once(fake, monkeypatch):
    encoded, encode = [], fake._tokens.encode_query
    monkeypatch.setattr(
        fake._tokens, "encode_query", lambda text: encoded.append(text) or encode(text)
    )
    query = fake.understood("what is said of planning that nobody asked before?")
    found = [fake.within(query, frozenset({one.doc_id})) for one in fake.allowed(Filters())[:5]]
    assert len(found) == 5
    assert len(encoded) == 1


def test_sixteen_threads_get_the_same_answers(fake):
    questions = [f"{q} {n}" for q in ("plans drift", "carers in Leeds") for n in range(12)]
    wanted = [fake.search(question, 5) for question in questions]
    fresh = HybridRetriever(
        Collection(fake._collection.folder), HashingEmbedder(), HashingTokens(), None
    )
    with ThreadPoolExecutor(16) as pool:
        for _ in range(4):
            assert list(pool.map(lambda q: fresh.search(q, 5), questions)) == wanted
        documents = [identity.doc_id for identity in fresh._held] * 4
        found = list(pool.map(fresh._collection.document, documents))
    assert [document.doc_id for document in found] == documents


def test_the_record_is_what_the_contract_says(seed_index):
    record = results_record(
        seed_index.retriever.search("connected carers in Stockton since 2020", 1, Filters())
    )
    assert record["query"] == {
        "authorities": ["Stockton-on-Tees"],
        "from": "2020-01-01",
        "to": None,
        "kinds": [],
    }
    (hit,) = record["hits"]
    assert " ".join(hit) == (
        "rank score passage_id doc_id source title issuer kind authority published dated page "
        "paragraph heading start end text"
    )
    text = seed_index.document(hit["doc_id"]).text
    assert hit["text"] == text[hit["start"] : hit["end"]]
    assert (hit["rank"], hit["authority"]) == (1, "Stockton-on-Tees")


class OtherWeights(HashingEmbedder):
    name = "bge-small"


def test_an_index_of_other_models_is_refused(tmp_path):
    folder = tmp_path / "index"
    letters = corpus(tmp_path / "letters", [1])
    builder(folder, embedder=OtherWeights()).build([letters])
    ours = models.embedder("bge-small").fingerprint
    with (
        Index.open(folder) as index,
        pytest.raises(IndexMismatch, match=f"{'f' * 64}.* in the index and '{ours}' here"),
    ):
        index.search("anything")


def test_unknown_documents_are_not_found(seed_index):
    with pytest.raises(NotFound, match="no document 'x' is held"):
        seed_index.document("x")


@pytest.mark.parametrize(
    "question",
    [
        "Stoke IRO",
        " ".join(["Children are known well and visited often."] * 290) + " So too in Stoke?",
        "Hwo wel do leeders kow chidlren adn famlies in Stok-on-Trent",
        "Que disent les inspecteurs des enfants placés à Stoke-on-Trent ?",
    ],
    ids=["two words", "2,000 words", "every word misspelt", "another language"],
)
def test_the_authority_is_found_however_the_question_is_put(seed_index, question):
    found = seed_index.retriever.search(question, 5)
    assert [mention.value for mention in found.query.authorities] == ["Stoke-on-Trent"]
    assert [hit.identity.authority_name for hit in found.hits] == ["Stoke-on-Trent"] * 5


def hit(text, doc_id="1", authority="Leeds", dated=date(2022, 1, 31)):
    passage = Passage(
        f"{doc_id}-0", doc_id, f"{doc_id}.txt", 0, len(text), text, "", None, None, ()
    )
    return Hit(passage, held(doc_id, authority, dated), 1.0, 1)


SAID = "Most social workers say that their caseloads are manageable and that they like it here."


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (hit(SAID, "2"), False),
        (hit(f"{SAID} So they stay.", "2"), True),
        (hit(SAID.upper()), False),
        (hit(" ".join(SAID.split()[2:]), "2"), False),
        (hit(SAID, "2", dated=date(2023, 1, 31)), True),
        (hit(SAID, "2", dated=None), True),
        (hit(SAID, "2", authority="Torbay"), True),
        (hit("Some plans drift.", "2"), True),
    ],
)
def test_what_was_said_is_not_said_again(second, kept):
    first = hit(SAID)
    assert list(without_repeats([first, second])) == [first, second][: 1 + kept]


def test_a_letter_held_twice_fills_no_list(tmp_path):
    letters = corpus(tmp_path / "letters", range(2))
    once = sorted(letters.glob("*.txt"))[0]
    (letters / "again.txt").write_text(f"{once.read_text(encoding='utf-8')} ", encoding="utf-8")
    dates = "source,published\nletter-000.txt,2022-03-01\nagain.txt,2022-03-01\n"
    (letters / "metadata.csv").write_text(dates, encoding="utf-8")
    builder(tmp_path / "index").build([letters])
    search = HybridRetriever(Collection(tmp_path / "index"), HashingEmbedder(), HashingTokens())
    hits = search.search("carers and plans in Leeds", 50).hits
    texts = [hit.passage.text for hit in hits]
    assert len(texts) == len(set(texts)) > 0
