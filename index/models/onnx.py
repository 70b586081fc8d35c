"""Runs a packaged BERT-like ONNX model with its own tokenizer; pools and scores nothing.

One session and one tokenizer a model, both safe to share between threads.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.errors import ModelUnavailable

Ids = NDArray[np.int64]

_EXACT = "session.x64quantprecision"
"""Without it, products of int8 weights saturate on processors that lack VNNI, and the same question
is answered otherwise there (``evals/LOG.md`` #exact-1)."""


class OnnxModel:
    """A folder with ``model.onnx`` and ``tokenizer.json``.

    Args:
        folder: the model's folder.
        max_tokens: tokens read of one text; more is cut off.
        threads: texts run at once, 0 for one a core.

    Raises:
        ModelUnavailable: a file is missing or is not a model.
    """

    def __init__(self, folder: Path, max_tokens: int, threads: int = 0) -> None:
        self.folder = folder
        self.max_tokens = max_tokens
        self.threads = threads or (os.cpu_count() or 1)
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelUnavailable(
                    f"{folder / name} is missing: reinstall with 'make install', or set "
                    "ASSISTANT_EMBEDDER to a model that you have"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry(_EXACT, "1")
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise bare Exceptions
            raise ModelUnavailable(f"{folder} holds no usable model: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._outputs = [given.name for given in self._session.get_outputs()]
        self._inputs = {given.name for given in self._session.get_inputs()}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""
        digest = hashlib.sha256()
        for name in ("model.onnx", "tokenizer.json"):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()

    @property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, which neither pads nor cuts."""
        return self._tokenizer

    def outputs(self, feed: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
        """Run the model once on inputs of its own names; every output by name."""
        return dict(zip(self._outputs, self._session.run(None, dict(feed)), strict=True))

    def encoded(self, text: str, before: str | None = None) -> tuple[list[int], list[int]]:
        """Return the tokens of a text, after those of another where one stands before it, with the
        type of each. Of what is too long the end is kept, and of the text more than of the other:
        what is asked stands at the end.
        """
        ids = self._ends([text] if before is None else [before, text])
        marked = [self.token_id("[CLS]")]
        types = [0]
        for kind, part in enumerate(ids):
            marked += [*part, self.token_id("[SEP]")]
            types += [kind] * (len(part) + 1)
        return marked, types

    def _ends(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the last tokens of each text, as many as are read; the last text's first."""
        room = self.max_tokens - 1 - len(texts)
        ends: list[list[int]] = []
        for text in reversed(_clean(texts)):
            ids = self._tokenizer.encode(text, add_special_tokens=False).ids
            ends.insert(0, ids[max(len(ids) - room, 0) :])
            room -= len(ends[0])
        return ends

    def token_id(self, token: str) -> int:
        """Return the id of a single token.

        Raises:
            ModelUnavailable: the vocabulary does not hold it.
        """
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelUnavailable(f"{self.folder}: the vocabulary has no token {token!r}")
        return int(found)

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Return token ids with special tokens, not cut."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(_clean(texts))]

    def placed(self, text: str) -> Encoding:
        """Return the tokens of a text with their places in it, no special ones, not cut."""
        return self._tokenizer.encode(_clean([text])[0], add_special_tokens=False)

    def tokenize_pairs(self, first: str, seconds: Sequence[str]) -> list[Encoding]:
        """Return encodings of ``first`` with each of ``seconds``, not cut."""
        head = _clean([first])[0]
        return self._tokenizer.encode_batch([(head, text) for text in _clean(seconds)])

    def run(
        self,
        ids: Sequence[Sequence[int]],
        types: Sequence[Sequence[int]] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Run texts one by one, several at a time.

        Never in padded batches: int8 weights scale by the range of all that is in one run, so a
        text's vector would depend on its neighbours (cosine down to .992), and an updated index
        would not rank like a rebuilt one. One core a text is also the faster way.

        Args:
            ids: token ids of each text; what is longer than ``max_tokens`` is cut, its closing
                special token kept.
            types: segment ids of each text, zeros when None.
            progress: told of each text that is done.

        Yields:
            (position in ``ids``, the model's first output for it), longest text first.
        """
        order = sorted(range(len(ids)), key=lambda n: (-len(ids[n]), n))

        def one(n: int) -> NDArray[np.float32]:
            return self._run_one(ids[n], types[n] if types else None)

        for n, output in zip(order, _parallel(one, order, self.threads), strict=True):
            yield n, output
            if progress:
                progress(1)

    def _run_one(self, ids: Sequence[int], types: Sequence[int] | None) -> NDArray[np.float32]:
        row = self._cut(ids)
        feed = {
            "input_ids": row,
            "attention_mask": np.ones_like(row),
            "token_type_ids": self._cut(types) if types else np.zeros_like(row),
        }
        given = {name: value for name, value in feed.items() if name in self._inputs}
        return np.asarray(self._session.run(None, given)[0][0], dtype=np.float32)

    def _cut(self, row: Sequence[int]) -> Ids:
        """Return int64, shape (1, n), n <= ``max_tokens``; the last token is kept."""
        cut = row if len(row) <= self.max_tokens else [*row[: self.max_tokens - 1], row[-1]]
        return np.array([cut], dtype=np.int64)


def _parallel(
    one: Callable[[int], NDArray[np.float32]], order: Sequence[int], threads: int
) -> Iterator[NDArray[np.float32]]:
    """Yield ``one`` of each, in order; a lone text needs no other thread."""
    if threads < 2 or len(order) < 2:
        yield from map(one, order)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, order)


def _clean(texts: Sequence[str]) -> list[str]:
    """Replace lone surrogates, which the tokenizer cannot encode and which mean nothing here."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
