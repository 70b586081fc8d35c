"""Small real models and corpora: words hashed to vectors, letters made of a seeded choice."""

import hashlib
import random
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from index.building import documents
from index.building.builder import Builder
from index.passages.chunking import ChunkSettings
from index.types import Block, BlockKind, Document, Identity, Issuer, Kind, Proven, Span

DIM = 32
CHUNKS = ChunkSettings(max_tokens=60, join_tokens=40)
_HERE = Span(0, 1)


@cache
def word_vector(word):
    seed = int.from_bytes(hashlib.sha256(word.lower().encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
    return vector / np.linalg.norm(vector)


class HashingEmbedder:
    """The mean of its words' random vectors."""

    name = "hashing"
    fingerprint = "f" * 64
    dim = DIM
    max_tokens = 512

    def count_tokens(self, text):
        return len(text.split()) + 2

    def embed_passages(self, texts, progress=None):
        out = np.zeros((len(texts), DIM), dtype=np.float32)
        for n, text in enumerate(texts):
            total = sum((word_vector(word) for word in text.split()), np.zeros(DIM, np.float32))
            length = np.linalg.norm(total)
            out[n] = total / length if length else np.eye(DIM, dtype=np.float32)[0]
            if progress:
                progress(1)
        return out

    def embed_queries(self, texts):
        return self.embed_passages(texts)


class HashingTokens:
    """One random vector a word."""

    name = "hashing tokens"
    fingerprint = "e" * 64
    dim = DIM

    def encode_passages(self, texts, progress=None):
        return [np.rint(self.encode_query(text) * 127).astype(np.int8) for text in texts]

    def encode_query(self, text):
        rows = [word_vector(word) for word in text.split()]
        return np.stack(rows) if rows else np.zeros((0, DIM), dtype=np.float32)


class ReadHere:
    """Reads files in this process; a child's replies, which take longer, are the same."""

    load = staticmethod(documents.load)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def builder(folder, **other):
    given = {
        "embedder": HashingEmbedder(),
        "tokens": HashingTokens(),
        "chunk_settings": CHUNKS,
    } | other
    return Builder(Path(folder), **given)


PLACES = ("Leeds", "Stockton-on-Tees", "Middlesbrough", "Torbay", "Stoke-on-Trent", "Bristol")
SENTENCES = (
    "Leaders have improved the service since the last inspection.",
    "Connected carers are assessed in a timely way.",
    "Social workers visit children regularly and know them well.",
    "Some plans lack focus and drift for too long.",
    "Children receive a swift response when they go missing.",
    "Supervision is not always reflective.",
    "Caseloads are manageable and staff enjoy working here.",
    "Pre-birth assessments start too late for some babies.",
    "Personal advisers help care leavers to find a home.",
    "Audits are frequent, but they do not yet change practice.",
)


def letter(number, sentences=14):
    """A letter's text, another for each number."""
    choice = random.Random(number)
    place = PLACES[number % len(PLACES)]
    picked = [choice.choice(SENTENCES) for _ in range(sentences)]
    paragraphs = [" ".join(picked[n : n + 3]) for n in range(0, sentences, 3)]
    return (
        f"Focused visit to {place} children's services\n\n"
        f"This letter summarises the findings of visit {number}.\n\n" + "\n\n".join(paragraphs)
    )


def corpus(folder, numbers):
    """Letters as text files; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"letter-{number:03d}.txt").write_text(letter(number), encoding="utf-8")
    return folder


def identity(doc_id="0" * 16, **fields):
    known = {
        "sources": ("letter.txt",),
        "issuer": Proven(Issuer.OFSTED, _HERE),
        "kind": Proven(Kind.FOCUSED_VISIT, _HERE),
    }
    return Identity(doc_id=doc_id, **(known | fields))


def held(doc_id, authority=None, dated=None, kind=Kind.FOCUSED_VISIT, **fields):
    """An identity as a collection would give it."""
    return identity(
        doc_id,
        authority=Proven(authority, _HERE) if authority else None,
        published=Proven(dated, _HERE) if dated else None,
        dated=dated,
        kind=Proven(kind, _HERE),
        **fields,
    )


def document(parts, who=None, gap="\n\n"):
    """A document of (kind, text) parts; headings apply to what follows them."""
    text, blocks, heading = "", [], ()
    for kind, words in parts:
        blocks.append(Block(kind, len(text), len(text) + len(words), heading))
        text += words + gap
        if kind is BlockKind.HEADING:
            heading = (words,)
    default = identity(authority=Proven("Leeds", _HERE), dated=date(2022, 1, 31))
    return Document(who or default, text, (0,), tuple(blocks), (), "test")


def doc_id_of(number):
    """The id of the letter of this number."""
    return hashlib.sha256(letter(number).encode()).hexdigest()[:16]
