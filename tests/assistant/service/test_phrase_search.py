from datetime import date

import pytest

from assistant.service.phrase_search import find_phrase, found_record
from index.errors import UsageError
from tests.web_fakes import FakeStore, document, identity

TEXT = (
    "Main findings\n\nWorkloads are “manageable” – for most. Children’s plans are good.\n\n"
    "Early\nhelp is strong. EARLY HELP grew; inadequate records fell by 2.5%. "
    "In İstanbul: early help."
)


def found(phrase, *texts):
    documents = [
        document(text, identity(doc_id=f"{n:016d}", source=f"{n}.txt", published=date(2022, 1, 31)))
        for n, text in enumerate(texts or (TEXT,))
    ]
    store = FakeStore(documents)
    return find_phrase(store, phrase, store.identities())


def spans(result):
    return [TEXT[place.start : place.end] for place in result.places]


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ("early help", ["Early\nhelp", "EARLY HELP", "early help"]),
        ('are "manageable" - for', ["are “manageable” – for"]),
        ("children's   plans", ["Children’s plans"]),
        ("adequate", []),
        ("5%", []),
        ("2.5%", ["2.5%"]),
        ("istanbul", []),
        ("İSTANBUL", ["İstanbul"]),
        ("help early", []),
    ],
)
def test_whole_words_are_found_after_folding_and_nothing_else(phrase, places):
    assert spans(found(phrase)) == places


def test_letters_are_found_however_they_were_set():
    text = "Sta\ufb00 are well quali\ufb01ed, and chil\u00addren are safe."
    for phrase in ("staff are well qualified", "STA\ufb00 ARE", "ｃｈｉｌｄｒｅｎ are"):
        (place,) = found(phrase, text).places
        assert place.text == text
    (place,) = found("children", text).places
    assert text[place.start : place.end] == "chil\u00addren"


def test_the_sentence_around_is_a_slice_of_the_document():
    (place,) = found("EARLY HELP grew").places
    assert place.text == "EARLY HELP grew; inadequate records fell by 2.5%."
    assert place.text == TEXT[place.sentence.start : place.sentence.end]


def test_a_phrase_over_two_sentences_shows_both():
    (place,) = found("for most. Children's").places
    assert place.text == "Workloads are “manageable” – for most. Children’s plans are good."


def test_every_document_is_counted():
    result = found("caseloads", "No word of it here at all, none.", "Caseloads fell. Caseloads!")
    record = found_record(result)
    assert record["documents_searched"] == 2
    assert record["documents_holding"] == 1
    assert [(p["source"], p["start"], p["end"]) for p in record["places"]] == [
        ("1.txt", 0, 9),
        ("1.txt", 16, 25),
    ]
    assert record["places"][0]["dated"] == "2022-01-31"
    assert record["places"][0]["authority"] == "Stockton-on-Tees"


@pytest.mark.parametrize("phrase", ["", "  \n ", "—", "“”"])
def test_a_phrase_without_words_is_refused(phrase):
    with pytest.raises(UsageError, match="PHRASE is empty"):
        found(phrase)


def test_signs_of_patterns_mean_nothing():
    assert spans(found("most. Child.*")) == []
    assert spans(found("help (is|was)")) == []
