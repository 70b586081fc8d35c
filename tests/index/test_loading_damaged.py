"""Damaged files: a clear LoadError or clean text, never a crash, a hang or eaten memory."""

import random
import re
import resource
import time
import zipfile
from io import BytesIO
from itertools import pairwise

import pytest

from index.errors import LoadError
from index.loading import docx as docx_reader
from index.loading import read
from tests.index.loading_files import letter_docx, make_pdf, repacked, report_pdf

SECONDS_EACH = 5.0
"""Of processor time, so that a busy machine fails nothing."""

MEGABYTES = 400
XML_MEMBERS = ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes as broken downloads and broken programs do."""
    at, other = chance.randrange(len(data)), chance.randrange(len(data))
    length = chance.randrange(1, 2000)
    kinds = (
        lambda: data[:at],
        lambda: flipped(data, chance),
        lambda: data[:at] + data[at + length :],
        lambda: data[:at] + chance.randbytes(length) + data[at:],
        lambda: data[:at] + data[other : other + length] + data[at + length :],
        lambda: enlarged(data, chance),
    )
    return chance.choice(kinds)() or b"x"


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randrange(1, 200)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def enlarged(data: bytes, chance: random.Random) -> bytes:
    """Figures (lengths, offsets, counts) made huge."""
    share = chance.random()
    return re.sub(rb"\d+", lambda m: b"9" * len(m[0]) if chance.random() < share else m[0], data)


def attempt(data: bytes, name: str) -> str:
    """Read, and tell what came of it; anything but text or LoadError fails the test."""
    started = time.process_time()
    try:
        clean = read(data, name)
        outcome = "read"
        assert all(clean.text[block.start : block.end].strip() for block in clean.blocks)
    except LoadError as error:
        outcome = "refused" if error.reason else "refused without a reason"
    assert time.process_time() - started < SECONDS_EACH
    return outcome


@pytest.fixture(autouse=True)
def memory_is_bounded():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < MEGABYTES


def test_damaged_pdfs():
    whole = report_pdf()
    outcomes = set()
    for seed in range(150):
        data = mutate(whole, random.Random(seed))
        outcomes.add(attempt(data, "a.pdf"))
        outcomes.add(attempt(data + b"\n%%EOF\n", "a.pdf"))
    assert outcomes == {"read", "refused"}


def test_damaged_real_pdfs(shared):
    whole = (shared / "letters" / "stoke-on-trent_2019-03-18.pdf").read_bytes()
    for seed in range(100):
        attempt(mutate(whole, random.Random(seed)) + b"\n%%EOF\n", "a.pdf")


def test_damaged_word_files():
    whole = letter_docx()
    members = {name: zipfile.ZipFile(BytesIO(whole)).read(name) for name in XML_MEMBERS}
    outcomes = set()
    for seed in range(120):
        chance = random.Random(seed)
        outcomes.add(attempt(mutate(whole, chance), "a.docx"))
        name = chance.choice(XML_MEMBERS)
        outcomes.add(attempt(repacked(whole, {name: mutate(members[name], chance)}), "a.docx"))
    assert outcomes == {"read", "refused"}


def test_damaged_text_html_and_markdown(seeds):
    whole = (seeds / "002_c84d50e829a22bac.txt").read_bytes()
    for seed in range(60):
        data = mutate(whole, random.Random(seed))
        for name, head in (("a.txt", b""), ("a.md", b""), ("a.html", b"<html><body><p>")):
            attempt(head + data, name)


def test_a_word_file_that_unpacks_to_gigabytes_is_refused():
    bomb = repacked(letter_docx(), {"word/document.xml": b" " * (docx_reader.MAX_UNPACKED + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(LoadError, match="too large to read"):
        read(bomb, "bomb.docx")


def test_entities_of_a_word_file_are_not_expanded():
    laugh = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{name};" * 50}">' for name, after in pairwise("abcdefg")
    )
    body = zipfile.ZipFile(BytesIO(letter_docx())).read("word/document.xml").decode()
    body = re.sub(r"^<\?xml[^>]*\?>", "", body).replace("Ofsted", "&g;", 1)
    bomb = repacked(letter_docx(), {"word/document.xml": (laugh + "]>" + body).encode()})
    attempt(bomb, "bomb.docx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.html", b"<html><body>" + b"<div>" * 100_000 + b"text here"),
        ("deep.md", b"> " * 5_000 + b"text here"),
        ("lists.md", "\n".join("  " * i + "- text" for i in range(600)).encode()),
        ("stars.txt", b"**" * 200_000 + b" text"),
        ("tabs.txt", b"a\tb\t" * 100_000),
        ("line.txt", b"word " * 400_000),
        ("numbers.txt", b"1. a\n" * 20_000),
        ("quotes.html", b"<!--" * 50_000 + b"<html>"),
        ("empty_pages.pdf", make_pdf([[] for _ in range(500)])),
    ],
)
def test_odd_files_take_no_time(name, data):
    attempt(data, name)
