"""Documents and passages as rows of text, and back; connects to nothing."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from index.errors import IndexDamaged
from index.milvus.tables import LONGEST, Row, content_row
from index.ports import Tokens, Vectors
from index.store.codec import dump, parse
from index.store.lexical import terms
from index.store.manifest import Held, Settings
from index.types import Document, Identity, Passage

DOCUMENT, TEXT, WORD, SETTINGS, STAMP = "document", "text", "word", "settings", "stamp"
_LONGEST_WORD = 64
_PIECE = LONGEST - 35


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one document.

    Attributes:
        identity: with the sources as they are now.
        content: as in ``Held``.
        passages, terms: number of its passages, and of the stems in them.
        done: False while its passages are being written.
    """

    identity: Identity
    content: str
    passages: int
    terms: int
    done: bool

    @property
    def held(self) -> Held:
        """As the manifest names it."""
        return Held(self.identity.sources, self.content)


def entry_row(entry: Entry) -> Row:
    """Return the row of one document."""
    record = {
        "identity": dump(Identity, entry.identity),
        "content": entry.content,
        "passages": entry.passages,
        "terms": entry.terms,
        "done": entry.done,
    }
    doc_id = entry.identity.doc_id
    return content_row(DOCUMENT, f"{DOCUMENT}-{doc_id}", packed(json.dumps(record)), doc_id)


def entry_of(row: Row) -> Entry:
    """Return what ``entry_row`` wrote."""
    record = json.loads(unpacked(row["value"]))
    identity = parse(Identity, record.pop("identity"))
    return Entry(identity=identity, **record)


def document_rows(document: Document) -> list[Row]:
    """Return a document's text and blocks, cut into pieces that fit a field."""
    whole = packed(dump(Document, document))
    pieces = [whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE)]
    doc_id = document.doc_id
    return [
        content_row(TEXT, f"{TEXT}-{doc_id}-{n:04d}", piece, doc_id)
        for n, piece in enumerate(pieces)
    ]


def document_of(rows: Sequence[Row], identity: Identity) -> Document:
    """Return what ``document_rows`` wrote, with the identity as it is now."""
    whole = "".join(row["value"] for row in sorted(rows, key=lambda row: str(row["key"])))
    return replace(parse(Document, unpacked(whole)), identity=identity)


def passage_row(
    passage: Passage, place: int, text: str, vector: Vectors, tokens: Tokens
) -> dict[str, object]:
    """Return one passage.

    Args:
        passage: what is shown of it.
        place: its number in the document, from 0.
        text: what is indexed of it, header included.
        vector: float32, shape (dim,).
        tokens: int8, shape (n_tokens, token dim).
    """
    return {
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "place": place,
        "vector": vector,
        "stems": " ".join(spelt(term) for term in terms(text)),
        "passage": dump(Passage, passage),
        "tokens": base64.b64encode(np.ascontiguousarray(tokens).tobytes()).decode(),
    }


def passage_of(value: str, source: str) -> Passage:
    """Return the passage that ``passage_row`` wrote, under its document's name of now."""
    return replace(parse(Passage, value), source=source)


def tokens_of(value: str, dim: int) -> Tokens:
    """Return int8, shape (n_tokens, dim)."""
    return np.frombuffer(base64.b64decode(value), dtype=np.int8).reshape(-1, dim)


def word_rows(words: Sequence[str]) -> list[Row]:
    """Return words as the documents write them; what is longer than any word is left out."""
    return [content_row(WORD, f"{WORD}-{w}", w) for w in words if len(w) <= _LONGEST_WORD]


def settings_row(settings: Settings, token_dim: int) -> Row:
    """Return what the data depends on."""
    value = json.dumps({"settings": asdict(settings), "token_dim": token_dim})
    return content_row(SETTINGS, SETTINGS, value)


def stamp_row(fingerprint: str) -> Row:
    """Return what the index is after the newest update."""
    return content_row(STAMP, STAMP, fingerprint)


def settings_of(value: str, place: str) -> tuple[Settings, int]:
    """Return what ``settings_row`` wrote, and the width of the token vectors.

    Raises:
        IndexDamaged: it is not one of ours.
    """
    try:
        raw: Mapping[str, object] = json.loads(value)
        return Settings(**raw["settings"]), int(str(raw["token_dim"]))  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"the settings of the index in Milvus at {place} cannot be read ({error}): build it "
            "in another database"
        ) from error


def spelt(term: str) -> str:
    """Return a stem without the marks that Milvus would split it at ("3.5", "1,250")."""
    return term.replace(".", "x").replace(",", "x")


def packed(text: str) -> str:
    """Return ``text`` compressed, in letters that every field can hold."""
    return base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"))).decode()


def unpacked(value: str) -> str:
    """Return what ``packed`` was given."""
    return zlib.decompress(base64.b64decode(value)).decode("utf-8", "surrogatepass")
