"""Counts tokens with tiktoken, offline, without importing litellm.

The encodings come from the files that litellm ships. For models that tiktoken does not know
the count is an estimate, raised so that it is rarely too low.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    import tiktoken

_SHIPPED = ("cl100k_base", "o200k_base", "p50k_base")
_GUESSED = "cl100k_base"
_MARGIN = 1.2
"""Small open models have vocabularies of a third of cl100k's size, so need more tokens."""
_STEP = 2_000
"""Characters encoded at once: tiktoken's time grows with the square of a run of one letter."""


def counter(model: str) -> Callable[[str], int]:
    """Make the function that counts the tokens of a text for ``model``.

    Args:
        model: litellm's model string; what stands before the last ``/`` is the provider.

    Raises:
        ModelUnavailable: litellm's tokenizer files are not installed.
    """
    name, known = _encoding_name(model.rsplit("/", 1)[-1])
    encoding = _encoding(name)
    margin = 1.0 if known else _MARGIN

    def count(text: str) -> int:
        pieces = (text[at : at + _STEP] for at in range(0, len(text), _STEP))
        tokens = sum(len(encoding.encode(piece, disallowed_special=())) for piece in pieces)
        return math.ceil(tokens * margin)

    return count


def _encoding_name(model: str) -> tuple[str, bool]:
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model)
    except KeyError:
        return _GUESSED, False
    return (name, True) if name in _SHIPPED else (_GUESSED, False)


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    os.environ["TIKTOKEN_CACHE_DIR"] = str(_tokenizer_folder())
    import tiktoken

    return tiktoken.get_encoding(name)


def _tokenizer_folder() -> Path:
    spec = find_spec("litellm")
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            "litellm is not installed, and with it the tokenizer files: pip install litellm."
        )
    return Path(spec.origin).parent / "litellm_core_utils" / "tokenizers"
