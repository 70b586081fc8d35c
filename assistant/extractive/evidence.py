"""Picks the sentences of the retrieved passages that answer a question, best first.

A cross-encoder reads question and sentence together, late interaction compares their words,
and the passage's own score keeps the context. Of the cross-encoder's score its probability is
used, which, unlike its rank among the others, tells that none answers. The weights were chosen
on ``dev`` (evals/LOG.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.models.colbert import maxsim
from index.ports import Reranker, TokenEncoder
from index.store.lexical import Bm25, terms
from index.types import Evidence, Hit, Passage, Query, Sentence
from index.understanding.glossary import glossary
from index.understanding.plain import in_inspectors_words

MOST_SENTENCES = 56
"""Sentences read a question: bounds the time of an answer."""
MOST_CHARS = 400
"""Characters of a question that sentences are read with: each is read once a sentence."""
CROSS, LATE, PASSAGE, WORDS = 1.0, 1.0, 0.8, 0.3
BREVITY = 0.05
"""Taken off for each e-fold of a sentence's words: of two that say it, the shorter is quoted."""
PROCEDURE = 0.6
SYNONYM = 1.5
"""Weight of a glossary term; a word in a tenth of the passages weighs 2.3."""
_PROCEDURE = re.compile(
    r"(?:This letter (?:summarises|outlines|contains)|Ofsted will take the findings|"
    r"This (?:visit|inspection) was (?:carried out|conducted|undertaken)|I am copying|"
    r"(?:Her|His) Majesty['’]s Inspectors? for this|Inspectors (?:considered|looked at) a range of|"
    r"The lead inspector and the director|The report provides the details)",
    re.IGNORECASE,
)
_PROCEEDINGS_LIST = re.compile(
    r"\b(?:tracked|reviewed|meetings with|interviews with|undertook|divided into|can be given|"
    r"relate to the following|looked at|considered)\b.*:$",
    re.IGNORECASE | re.DOTALL,
)
"""Opens a list of what was looked at, whose items sound like findings when they stand alone."""

_ASKS_PROCEEDINGS = re.compile(
    r"\b(?:carried out|conducted|undertook|undertaken|remote\w*|on.?site|in person|video\w*|"
    r"virtual\w*|evidence|next|copied|copy|sent|purpose|look\w* at|consider\w*|follow\w*|"
    r"sp[eo]a?ke?n?|talk\w* to|met|meet|scrutin\w*|"
    r"track\w*|review\w*|set out|check\w*|examin\w*|s[ai]t down|part of|stands? for|records|scope|"
    r"framework|cover\w*|focus\w*|guidance|happens?|why did (?:they|ofsted|inspectors)|kind of|"
    r"sort of|type of|first|second|third|"
    r"how (?:was|did|were) (?:the|it|this|they|ofsted|inspectors))\b",
    re.IGNORECASE,
)
"""Asks how a visit was made, or what comes of it."""


class EvidenceFinder:
    """Scores sentences for questions."""

    def __init__(self, reranker: Reranker, tokens: TokenEncoder, words: WordWeights) -> None:
        self._reranker = reranker
        self._tokens = tokens
        self._words = words

    def find(
        self,
        query: Query,
        hits: Sequence[Hit],
        only: Callable[[Sentence, str], bool] = lambda _sentence, _text: True,
    ) -> list[Evidence]:
        """Sentences of ``hits``, best first; ties by document and place.

        Args:
            only: which sentences may be evidence at all.
        """
        pairs = [
            (hit, sentence)
            for hit in hits
            for sentence in hit.passage.sentences
            if sentence.quotable and only(sentence, _text(hit.passage, sentence))
        ][:MOST_SENTENCES]
        if not pairs:
            return []
        scores = self._scores(query, pairs)
        found = [
            Evidence(
                hit.identity, hit.passage, sentence, _text(hit.passage, sentence), float(score)
            )
            for (hit, sentence), score in zip(pairs, scores, strict=True)
        ]
        return sorted(found, key=lambda e: (-e.score, e.identity.doc_id, e.sentence.start))

    def logits(self, question: str, evidence: Sequence[Evidence]) -> NDArray[np.float32]:
        """The cross-encoder's own scores, for decisions that need an absolute measure."""
        texts = [_with_heading(e.sentence, e.text) for e in evidence]
        return self._reranker.score(_written_out(question[:MOST_CHARS], texts), texts)

    def _scores(self, query: Query, pairs: Sequence[tuple[Hit, Sentence]]) -> NDArray[np.float32]:
        texts = [_with_heading(s, _text(hit.passage, s)) for hit, s in pairs]
        subject = _written_out(query.subject[:MOST_CHARS], texts)
        logits = self._reranker.score(subject, texts)
        parts = (
            (CROSS, 1 / (1 + np.exp(-logits))),
            (LATE, _scaled(self._late(subject, texts))),
            (PASSAGE, _scaled(np.array([hit.score for hit, _ in pairs], dtype=np.float32))),
            (WORDS, self._words.coverage(subject, texts)),
        )
        total: NDArray[np.float32] = np.sum([w * values for w, values in parts], axis=0)
        quotes = [_text(hit.passage, sentence) for hit, sentence in pairs]
        total -= PROCEDURE * np.array(
            [
                is_procedure(sentence, quote)
                for (_, sentence), quote in zip(pairs, quotes, strict=True)
            ]
        )
        total -= BREVITY * np.log([len(quote.split()) for quote in quotes])
        return total / sum(weight for weight, _ in parts)

    def _late(self, subject: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return maxsim(self._tokens.encode_query(subject), self._tokens.encode_passages(texts))


class WordWeights:
    """How much of a question's words, weighed by rarity, a sentence holds."""

    def __init__(self, bm25: Bm25) -> None:
        self._bm25 = bm25

    def coverage(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32, shape (n,), in [0, 1]; a word of the trade counts in any of its forms."""
        stems = [stem for stem in set(terms(question)) if self._bm25.document_frequency(stem)]
        weights = {frozenset({stem}): self._bm25.idf(stem) for stem in stems}
        for entry in glossary().same(question):
            forms = (*entry.written, *entry.asked)
            weights[frozenset(stem for form in forms for stem in terms(form))] = SYNONYM
        whole = sum(weights.values()) or 1.0
        held = [set(terms(text)) for text in texts]
        return np.array(
            [sum(w for any_of, w in weights.items() if any_of & have) / whole for have in held],
            dtype=np.float32,
        )


def _written_out(question: str, texts: Sequence[str]) -> str:
    """The question as inspectors would write it; an acronym that no text writes, in words."""
    said = in_inspectors_words(question)
    for entry in glossary().same(said):
        words = [form for form in entry.written if not form.isupper()]
        for form in entry.asked:
            acronym = re.compile(rf"\b{re.escape(form)}(s?)\b")
            if form.isupper() and words and not any(acronym.search(text) for text in texts):
                said = acronym.sub(rf"{words[0]}\1", said)
    return said


def asks_proceedings(topic: str) -> bool:
    """Whether a question asks how a visit was made, or what comes of it."""
    return bool(_ASKS_PROCEEDINGS.search(topic))


def is_procedure(sentence: Sentence, text: str) -> bool:
    """Whether a sentence tells how a visit was made rather than what it found."""
    return bool(_PROCEDURE.match(text) or _PROCEEDINGS_LIST.search(sentence.heading))


def _text(passage: Passage, sentence: Sentence) -> str:
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _with_heading(sentence: Sentence, text: str) -> str:
    return f"{sentence.heading}. {text}" if sentence.heading else text


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = values.min(), values.max()
    scaled: NDArray[np.float32] = (values - low) / (high - low + 1e-9)
    return scaled
