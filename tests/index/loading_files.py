"""Small PDF and Word files made for the loading tests; nothing is read from disk."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx


@dataclass(frozen=True)
class Put:
    """A line of text at (x, y) points from the bottom left of an A4 page."""

    x: float
    y: float
    text: str
    size: float = 12
    bold: bool = False
    invisible: bool = False


def make_pdf(pages: list[list[Put]], trailer: str = "") -> bytes:
    """Write a PDF with Helvetica text, one content stream a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    kids = []
    for page in pages:
        stream = "\n".join(_show(put) for put in page)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return raw_pdf(objects, trailer)


def _show(put: Put) -> str:
    text = put.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    shown = f"BT /F{2 if put.bold else 1} {put.size} Tf {put.x} {put.y} Td ({text}) Tj ET"
    return f"3 Tr {shown} 0 Tr" if put.invisible else shown


def raw_pdf(objects: list[str], trailer: str = "") -> bytes:
    """Write a PDF of objects as they are, the first of them its catalogue."""
    out = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(out)}\n"
    return out + (head + tail + "%%EOF\n").encode()


def wrapped(lines: list[str], x: float, y: float, pitch: float = 14.6) -> list[Put]:
    """Lines of one paragraph, the second and later ones hanging when the first has a number."""
    hang = 28.3 if lines[0][0].isdigit() else 0
    return [Put(x + (hang if i else 0), y - i * pitch, line) for i, line in enumerate(lines)]


def report_pdf() -> bytes:
    """A three-page report with everything that real ones have."""
    filler = "Social workers know their children well and visit them often enough to help"
    first = [
        Put(70, 730, "Inspection of Exampleshire local authority", 26),
        Put(70, 700, "Inspection dates: 1 to 12 May 2023", bold=True),
        Put(70, 660, "Judgement", bold=True),
        Put(303, 660, "Grade", bold=True),
        Put(76, 630, "The experiences and progress of"),
        Put(76, 615, "children in care"),
        Put(303, 630, "Requires improvement to be good"),
        Put(76, 585, "Overall effectiveness"),
        Put(303, 585, "Good"),
        Put(70, 540, "What needs to improve?", 14, True),
        Put(
            70,
            515,
            "• The quality of plans, including those for disabled children and their brothers",
        ),
        Put(88, 500, "and sisters."),
        Put(70, 480, "• Management oversight."),
        Put(70, 440, "The experiences and progress of children in care: good", 14, True),
        *wrapped(["1. " + filler, "them. Leaders have improved long-", "term planning."], 70, 410),
        *wrapped(["2. " + filler, "them, and most children in care have secure and"], 70, 340),
        Put(70, 100, "1", 6.5),
        Put(76, 96, "A footnote under the text of this page.", 10),
    ]
    second = [
        Put(98.3, 736, "stable homes. They thrive."),
        *wrapped(["3. " + filler, "them."], 70, 700),
        *wrapped(["4. " + filler, "them every day of the whole year, as they should."], 70, 650),
    ]
    third = [
        Put(98.3, 736, "Leaders know this."),
        Put(
            70,
            600,
            "The Office for Standards in Education, Children's Services and Skills (Ofsted)",
            10,
        ),
        Put(70, 588, "regulates and inspects to achieve excellence in the care of children.", 10),
    ]
    running = [
        [
            Put(70, 40, "Inspection of Exampleshire local authority", 8),
            Put(70, 30, f"1 May 2023 {n}", 8),
        ]
        for n in (1, 2, 3)
    ]
    return make_pdf(
        [page + foot for page, foot in zip((first, second, third), running, strict=True)]
    )


def letter_docx() -> bytes:
    """A visit letter with headings, bullets, a table and a footer."""
    document = docx.Document()
    for line in ("Ofsted", "Piccadilly Gate", "8 November 2023", "Dear Ms Lyons"):
        document.add_paragraph(line)
    document.add_heading("Focused visit to Exampleshire children's services", 1)
    document.add_paragraph("This letter summarises the findings of the visit.")
    document.add_heading("What needs to improve?", 2)
    document.add_paragraph("Life-story work for all children.", style="List Bullet")
    document.add_paragraph("Management oversight, including:", style="List Bullet")
    document.add_paragraph("of plans.", style="List Bullet 2")
    document.add_heading("Main findings", 2)
    paragraph = document.add_paragraph("Children live in ")
    paragraph.add_run("secure").bold = True
    paragraph.add_run(" homes.")
    table = document.add_table(2, 3)
    for row, cells in zip(
        table.rows, (("Judgement", "Count", "%"), ("RI", "58", "56%")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("Yours sincerely")
    document.add_paragraph("Rebecca Quested")
    document.sections[0].footer.paragraphs[0].text = "Running footer"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, replaced: dict[str, bytes]) -> bytes:
    """The same ZIP container with some members replaced."""
    stream = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(data))
    with old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
    return stream.getvalue()
