"""What a letter says is strong or weak begins with what can be read alone."""

from __future__ import annotations

from assistant.facts.findings import _weightiest, after_headline, findings


def test_sentences_that_open_a_paragraph_stand_before_those_torn_from_one(seed_corpus):
    mixed = 0
    for identity in seed_corpus.identities:
        document = seed_corpus.collection.document(identity.doc_id)
        opens = {block.start for block in document.blocks}
        for found in findings(document, after_headline(document, ()), seed_corpus):
            alone = [at in opens for at in found]
            assert alone == sorted(alone, reverse=True)
            mixed += len(set(alone)) > 1
    assert mixed


def test_what_most_of_a_paragraph_is_about_stands_before_what_one_sentence_of_it_says():
    leans = {
        0: (0, 0.9),  # a paragraph whose first sentence alone is praise
        10: (0, 0.1),
        20: (1, 0.7),
        30: (1, 0.8),
        40: (2, 0.95),  # torn from its paragraph
        35: (2, 0.2),
    }
    opens = {0, 20, 35}
    assert _weightiest(leans, 1, opens) == [20, 0, 40]


def test_a_paragraph_of_one_side_is_told_by_what_opens_it_though_that_is_read_as_neither():
    leans = {0: (0, -0.1), 10: (0, -0.9), 20: (0, -0.99), 30: (0, -0.9)}
    assert _weightiest(leans, -1, {0}) == [0]
    assert _weightiest({**leans, 0: (0, 0.1)}, -1, {0}) == [20]
    assert _weightiest({**leans, 40: (0, 0.9)}, -1, {0}) == [20]
    assert _weightiest({at: leans[at] for at in (0, 10, 20)}, -1, {0}) == [20]
