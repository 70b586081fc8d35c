"""What a letter says is strong or weak begins with what can be read alone."""

from __future__ import annotations

from assistant.facts.findings import after_headline, findings


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
