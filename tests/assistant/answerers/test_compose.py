"""What becomes of chosen evidence: quotes, letter by letter, none of them twice."""

from dataclasses import replace

from assistant.answerers.choose import FOLDED, SHOWN, choose
from assistant.answerers.compose import Composer
from assistant.answerers.decide import Thresholds
from assistant.rendering.draft import Draft
from index.types import BlockKind, Query
from tests.fakes import document
from tests.llm_evidence import COUNCIL, STOCKTON, STOKE, scored

LIMIT = Thresholds(answers=0.1, contradicts=0.3, sure=0.75, shown=0.5)
ANY = Query("how are they?", "how are they?", "how are they?")


def test_a_list_that_mostly_answers_is_whole():
    items = [f"Thing number {n} is done well" for n in "abcde"]
    clean = document([(BlockKind.ITEM, text) for text in items])

    class Listed(_Store):
        def __init__(self):
            self._clean = clean

    for count, wanted in ((3, 5), (2, 2)):
        found = [scored(STOKE, 0.9, clean.blocks[n].start) for n in range(0, 2 * count, 2)][:count]
        draft = Composer(Listed(), LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
        assert len(draft.citations) == wanted


class _Store:
    """Every document holds the same text."""

    def __init__(self, *paragraphs):
        self._clean = document([(BlockKind.PARAGRAPH, text) for text in paragraphs])

    def document(self, doc_id):
        return replace(self._clean, identity=replace(self._clean.identity, doc_id=doc_id))


def test_neighbours_that_belong_or_are_shown_make_one_quote_and_none_is_lost():
    text = " ".join(f"Sentence number {n} holds well." for n in "abcdef")
    starts = [at for at in range(len(text)) if text.startswith("Sentence", at)]
    scores = (0.9, 0.1, 0.1, 0.6, 0.01, 0.5)
    found = [
        scored(STOKE, score, at, belongs=float(n in (1, 2)))
        for n, (score, at) in enumerate(zip(scores, starts, strict=True))
    ]
    found.sort(key=lambda item: -item.score)
    chosen = choose(found, ANY, None, LIMIT)
    draft = Composer(_Store(text), LIMIT).write(Draft(), chosen, found)
    first, second = (one.quote for one in draft.citations)
    assert [first.count(f"number {n} ") for n in "abcdef"] == [1, 1, 1, 1, 0, 0]
    assert second == "Sentence number f holds well."


def test_a_neighbour_that_answers_too_is_quoted_with_the_finding():
    text = "Audits are sound. Most are timely. The sun shines."
    starts = [0, text.index("Most"), text.index("The sun")]
    found = [scored(STOKE, score, at) for score, at in zip((0.9, 0.2, 0.05), starts, strict=True)]
    draft = Composer(_Store(text), LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
    assert [one.quote for one in draft.citations] == ["Audits are sound. Most are timely."]


def test_findings_are_counted_and_the_rest_is_folded():
    words = ("rain", "snow", "hail", "wind", "sun", "fog", "ice", "dew")
    text = "\n\n".join(f"There is {one} in the {one} of {one}." for one in words)
    store = _Store(*text.split("\n\n"))
    starts = [block.start for block in store.document("d").blocks]
    found = [scored(STOKE, 0.9 - at / 1000, at) for at in starts]
    draft = Composer(store, LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
    assert len([one for one in draft.sentences if not one.more]) == SHOWN
    assert len([one for one in draft.sentences if one.more]) == 3 <= FOLDED


def test_letters_stand_newest_first_ofsteds_own_before_others():
    text = "One thing holds well. Another one holds too."
    found = [
        scored(COUNCIL, 0.9),
        scored(STOCKTON, 0.8),
        scored(STOKE, 0.7),
    ]
    draft = Composer(_Store(text), LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
    assert [one.identity.doc_id for one in draft.citations] == [
        STOKE.doc_id, STOCKTON.doc_id, COUNCIL.doc_id,
    ]  # fmt: skip
