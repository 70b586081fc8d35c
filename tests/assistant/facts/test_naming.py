"""What others wrote of an inspection stands under its year, where other documents tell that."""

from __future__ import annotations

from assistant.facts.naming import dated_labels


def test_an_undated_article_is_called_by_the_year_of_the_inspection_it_tells_of(seed_corpus):
    assert list(dated_labels(seed_corpus).values()) == [
        "Stockton-on-Tees · news article, undated, telling of the Ofsted inspection of 2019; "
        "not Ofsted's own text"
    ]
