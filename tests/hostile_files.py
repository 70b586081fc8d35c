"""Read files that were damaged or made to do harm, and tell what it cost.

``python -m tests.hostile_files 300`` reads so many, made of a report of every format; each must be
read as a document or refused by name, within its limits, and the file after it must be read too.
"""

import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from index.building.files import Found
from index.building.loading_process import LoadingProcess
from index.building.loading_worker import CPU_S, MEMORY_BYTES
from index.errors import LoadError
from tests.fakes import letter
from tests.index.loading_files import letter_docx, raw_pdf, repacked, report_pdf

PAGE = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] "


def bases():
    """A good file of every format, by name."""
    text = letter(1)
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    page = f"<html><body><h1>Focused visit</h1>{paragraphs}</body></html>"
    return {
        "a.txt": text.encode(), "b.md": f"# Focused visit\n\n{text}".encode(),
        "c.html": page.encode(), "d.pdf": report_pdf(), "e.docx": letter_docx(),
    }  # fmt: skip


def flipped(data, choice):
    """Some bytes are others."""
    made = bytearray(data)
    for _ in range(choice.randrange(1, 40)):
        made[choice.randrange(len(made))] = choice.randrange(256)
    return bytes(made)


def cut(data, choice):
    """The end is missing."""
    return data[: choice.randrange(1, len(data))]


def doubled(data, choice):
    """A piece stands there again and again."""
    first = choice.randrange(len(data))
    piece = data[first : first + choice.randrange(1, 3_000)]
    return data[:first] + piece * choice.randrange(2, 400) + data[first:]


def zeroed(data, choice):
    """A piece is empty."""
    first = choice.randrange(len(data))
    length = min(choice.randrange(1, 3_000), len(data) - first)
    return data[:first] + bytes(length) + data[first + length :]


def swapped(data, choice):
    """The two halves stand the other way round."""
    at = choice.randrange(1, len(data))
    return data[at:] + data[:at]


def noisy(data, choice):
    """Noise stands in the middle."""
    at = choice.randrange(len(data))
    return data[:at] + choice.randbytes(choice.randrange(1, 5_000)) + data[at:]


DAMAGES = (flipped, cut, doubled, zeroed, swapped, noisy)


def _pdf(content, resources="", more=()):
    page = f"{PAGE}/Resources << {resources} >> >>"
    stream = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    head = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return raw_pdf([*head, page, stream, *more])


def _packed(name, data):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def _word(body):
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {names}><w:body>{body}</w:body></w:document>"
    return repacked(letter_docx(), {"word/document.xml": document.encode()})


def made_to_harm():
    """Files of a few kinds that take much more than they hold, by name."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    cell, row = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    again = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    form = f"<< {again} /Length 11 >>\nstream\n/X Do\n/X Do\nendstream"
    word = letter_docx()
    return {
        "entities.docx": repacked(word, {"word/document.xml": laughs.encode()}),
        "outside.docx": repacked(word, {"word/document.xml": outside.encode()}),
        "zeros.docx": repacked(word, {"word/document.xml": bytes(400_000_000)}),
        "deep.docx": _word(cell * 4_000 + "<w:p/>" + row * 4_000),
        "wide.docx": _word("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 60_000 + "</w:tr></w:tbl>"),
        "spans.docx": _word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc>'
            "</w:tr></w:tbl>"
        ),
        "other.docx": _packed("mimetype", b"application/epub+zip"),
        "deep.html": b"<div>" * 200_000 + b"text",
        "lists.html": b"<ul><li>" * 20_000 + b"text",
        "cells.html": b"<table><tr>" + b"<td colspan=1000 rowspan=65534>x" * 2_000,
        "attribute.html": b"<p class='" + b"a" * 20_000_000 + b"'>x</p>",
        "entities.html": laughs.encode(),
        "open.html": b"<table>" * 5_000 + b"x",
        "brackets.md": b"[" * 200_000,
        "quotes.md": b"> " * 50_000 + b"text",
        "stars.md": b"*a **b " * 60_000,
        "rows.md": b"|" * 400_000 + b"\n" + b"|-" * 200_000 + b"|\n",
        "links.md": b"[a](<b" * 60_000,
        "one_line.txt": b"word " * 6_000_000,
        "lines.txt": b"\n" * 20_000_000,
        "spaces.txt": b"Dear" + b" " * 20_000_000 + b"Sir",
        "figures.txt": b"1." * 5_000_000,
        "dates.txt": b"31 January 2022 to " * 400_000,
        "names.txt": b"Stockton-on-Tees and " * 400_000,
        "accents.txt": "e\u0301".encode() * 3_000_000,
        "marks.txt": "\u202e\u200b\u00ad".encode() * 2_000_000,
        "utf16.txt": "Dear Sir ".encode("utf-16") * 200_000,
        "nothing.pdf": b"%PDF-1.7\n%%EOF",
        "itself.pdf": _pdf("/X Do", "/XObject << /X 5 0 R >>", [form]),
        "pages.pdf": raw_pdf(
            ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 9999999 >>"]
        ),
        "letters.pdf": _pdf(
            "BT /F 9 Tf " + "(a letter) Tj " * 300_000 + "ET",
            "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        ),
        "far.pdf": _pdf("BT 1e38 0 0 1e38 1e38 1e38 Tm (x) Tj ET"),
        "deep.pdf": _pdf("[" * 300_000),
        "states.pdf": _pdf("q " * 500_000),
    }


def damaged(count, seed=17):
    """So many damaged files, by name: of every format, in every way."""
    choice, good, made = random.Random(seed), bases(), {}
    for number in range(count):
        damage = DAMAGES[number % len(DAMAGES)]
        name, data = list(good.items())[number // len(DAMAGES) % len(good)]
        made[f"{damage.__name__}{number}_{name}"] = damage(data, choice)
    return made


def read(made, folder, apart=False):
    """Read each file; returns what became of them, those that must not be so, and the seconds of
    processor time that the slowest took, which is known where each is read by a child ``apart``.
    """
    outcomes, bad, slowest = Counter(), [], 0.0
    with LoadingProcess() as process:
        for name, data in made.items():
            path = folder / name
            path.write_bytes(data)
            began = spent()
            try:
                process.load(Found(path, name, None))
                outcomes["read"] += 1
            except LoadError:
                outcomes["refused"] += 1
            except Exception as error:  # noqa: BLE001 - what must not happen is counted
                bad.append((name, repr(error)[:200]))
            if apart:
                process.close()
                slowest = max(slowest, took := spent() - began)
                bad += [(name, f"{took:.1f} s")] if took > CPU_S + 1 else []
            path.unlink()
        after = folder / "after.txt"
        after.write_text(letter(2), encoding="utf-8")
        assert process.load(Found(after, after.name, None)).text
    return outcomes, bad, slowest


def spent():
    """Seconds of processor time that children took that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        harmful = made_to_harm()
        made = {**harmful, **damaged(int(sys.argv[1]) - len(harmful))}
        outcomes, bad, slowest = read(made, Path(place), apart=True)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1_024
    if most > MEMORY_BYTES:
        bad.append(("memory", f"{most / 1e6:.0f} MB"))
    sys.stdout.write(
        f"{dict(outcomes)}; slowest {slowest:.1f} s, most memory {most / 1e6:.0f} MB, "
        f"{time.monotonic() - began:.0f} s in all\n" + "".join(f"{one}\n" for one in bad)
    )
    sys.exit(bool(bad))
