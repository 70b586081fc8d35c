"""Writes what the reader reads: a question and a passage as one row of tokens.

``[CLS] question [SEP] header: sentence sentence … [SEP]``; each token knows its sentence. For the
checker the question is a claim, and the sentences that it does not cite carry the segment of the
question, so that the model sees what stands around a citation and does not take it for cited.
The training (``evals.reading``) and the product (``index.models.reader``) share this file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

MAX_TOKENS = 448
"""Tokens read in one pass; a longer passage is read in windows of whole sentences."""
MAX_QUESTION_TOKENS = 96
"""Tokens of a question that are read; 50 words fit, and a longer one is read to its end first."""
MAX_HEADER_TOKENS = 64
NO_SENTENCE = -1


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """One row of tokens.

    Attributes:
        ids, types: token and segment ids, one a token.
        owners: index of the sentence that a token belongs to, ``NO_SENTENCE`` for none.
    """

    ids: list[int]
    types: list[int]
    owners: list[int]


class InputWriter:
    """Writes inputs with one tokenizer; of a text's tokens none is special."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known = lru_cache(20_000)(self._tokens)  # the same sentences are read again and again
        self._cls, self._sep = (self._special(token) for token in ("[CLS]", "[SEP]"))

    def tokens(self, text: str) -> list[int]:
        """Token ids of ``text``, without special tokens."""
        return self._known(text)

    def _tokens(self, text: str) -> list[int]:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        return list(self._tokenizer.encode(clean, add_special_tokens=False).ids)

    def windows(
        self,
        question: str,
        header: str,
        sentences: Sequence[str],
        cited: Collection[int] | None = None,
    ) -> list[ReaderInput]:
        """Write a question and a passage, in as many rows as its length needs.

        Args:
            sentences: in reading order. One longer than a row is read to the row's end.
            cited: indexes of the sentences cited; None where the whole passage is meant.

        Returns:
            Rows that together hold every sentence once, in order; one row for most passages.
        """
        asked = [self._cls, *self._fitting(question), self._sep]
        head = self.tokens(header)[:MAX_HEADER_TOKENS]
        room = MAX_TOKENS - len(asked) - len(head) - 1
        rows: list[list[tuple[int, list[int]]]] = [[]]
        used = 0
        for n, sentence in enumerate(sentences):
            body = self.tokens(sentence)[:room]
            if rows[-1] and used + len(body) > room:
                rows.append([])
                used = 0
            rows[-1].append((n, body))
            used += len(body)
        return [self._row(asked, head, row, cited) for row in rows]

    def _row(
        self,
        asked: list[int],
        head: list[int],
        body: list[tuple[int, list[int]]],
        cited: Collection[int] | None,
    ) -> ReaderInput:
        ids = [*asked, *head]
        types = [0] * len(asked) + [1] * len(head)
        owners = [NO_SENTENCE] * len(ids)
        for n, tokens in body:
            ids += tokens
            types += [int(cited is None or n in cited)] * len(tokens)
            owners += [n] * len(tokens)
        return ReaderInput([*ids, self._sep], [*types, 1], [*owners, NO_SENTENCE])

    def _fitting(self, question: str) -> list[int]:
        """The tokens of a question; of one too long its end, where the asking mostly stands."""
        return self.tokens(question)[-MAX_QUESTION_TOKENS:]

    def _special(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the reader's vocabulary has no token {token!r}")
        return int(found)
