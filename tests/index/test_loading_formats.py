from io import BytesIO
from zipfile import ZipFile

import pytest

from index.errors import LoadError
from index.loading import SUPPORTED, read
from index.types import BlockKind, CleanText
from tests.index.loading_files import letter_docx, report_pdf

HTML = """<!DOCTYPE html>
<html><head><title>Site</title><style>p {}</style></head><body>
<nav>Home | News</nav><script>alert("no")</script>
<main><h1>Decline at Exampleshire</h1>
<p>Inspectors said that services <b>are</b>
good.<br>Plans are reviewed.</p>
<h2>What needs to improve</h2>
<ul><li>Life-story work</li><li><p>Oversight, including:</p><ul><li>of plans</li></ul></li></ul>
<table><caption>Adoption performance</caption>
<tr><th>Judgement</th><th>Count</th></tr><tr><td>RI</td><td>40</td></tr></table>
<p style="display: none">Hidden</p></main><footer>Accept cookies</footer></body></html>"""

MARKDOWN = """# Decline at Exampleshire

Inspectors said that services *are*
good, see [the report](https://example.org/report).

## What needs to improve

- Life-story work
- Oversight, including:
  - of plans

12. Numbered paragraph.

| Judgement | Count |
|---|---|
| RI | 40 |

Rebecca Quested **His Majesty's Inspector**
"""


def outline(clean: CleanText) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(b.kind.value, clean.text[b.start : b.end], b.heading) for b in clean.blocks]


def test_word():
    title = "Focused visit to Exampleshire children's services"
    improve, main = (title, "What needs to improve?"), (title, "Main findings")
    assert outline(read(letter_docx(), "letter.docx")) == [
        ("furniture", "Ofsted", ()),
        ("furniture", "Piccadilly Gate", ()),
        ("furniture", "8 November 2023", ()),
        ("furniture", "Dear Ms Lyons", ()),
        ("heading", title, ()),
        ("paragraph", "This letter summarises the findings of the visit.", (title,)),
        ("heading", "What needs to improve?", (title,)),
        ("item", "Life-story work for all children.", improve),
        ("item", "Management oversight, including:", improve),
        ("item", "of plans.", (*improve, "Management oversight, including:")),
        ("heading", "Main findings", (title,)),
        ("paragraph", "Children live in secure homes.", main),
        ("heading", "Judgement\tCount\t%", main),
        ("row", "RI\t58\t56%", (*main, "Judgement | Count | %")),
        ("furniture", "Yours sincerely", ()),
        ("furniture", "Rebecca Quested", ()),
    ]


def test_html():
    title = "Decline at Exampleshire"
    improve = (title, "What needs to improve")
    assert outline(read(HTML.encode(), "page.html")) == [
        ("heading", title, ()),
        ("paragraph", "Inspectors said that services are good. Plans are reviewed.", (title,)),
        ("heading", "What needs to improve", (title,)),
        ("item", "Life-story work", improve),
        ("item", "Oversight, including:", improve),
        ("item", "of plans", (*improve, "Oversight, including:")),
        ("heading", "Adoption performance", improve),
        ("heading", "Judgement\tCount", (*improve, "Adoption performance")),
        ("row", "RI\t40", (*improve, "Adoption performance", "Judgement | Count")),
    ]


def test_markdown():
    title = "Decline at Exampleshire"
    improve = (title, "What needs to improve")
    assert outline(read(MARKDOWN.encode(), "page.md")) == [
        ("heading", title, ()),
        ("paragraph", "Inspectors said that services are good, see the report.", (title,)),
        ("heading", "What needs to improve", (title,)),
        ("item", "Life-story work", improve),
        ("item", "Oversight, including:", improve),
        ("item", "of plans", (*improve, "Oversight, including:")),
        ("paragraph", "Numbered paragraph.", improve),
        ("heading", "Judgement\tCount", improve),
        ("row", "RI\t40", (*improve, "Judgement | Count")),
        ("paragraph", "Rebecca Quested", improve),
        ("paragraph", "His Majesty's Inspector", improve),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_plain_text(encoding):
    text = "Children’s services are good – most of them."
    assert read(text.encode(encoding), "a.txt").text == text


def odt():
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", HTML.encode(), "mislabelled: named .pdf but holds HTML"),
        ("a.pdf", b"Just words.", "mislabelled: named .pdf but holds plain text"),
        ("a.pdf", letter_docx(), "mislabelled: named .pdf but holds Word (.docx)"),
        ("a.txt", report_pdf(), "mislabelled: named .txt but holds PDF"),
        ("a.txt", HTML.encode(), "mislabelled: named .txt but holds HTML"),
        ("a.docx", report_pdf(), "mislabelled: named .docx but holds PDF"),
        ("a.html", b"Just words.", "mislabelled: named .html but holds plain text"),
        ("a.txt", bytes(range(256)) * 9, "mislabelled: named .txt but holds binary data"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" * 9, "mislabelled: named .txt but holds a picture (PNG)"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged or cut short"),
        ("a.xlsx", letter_docx(), "files of kind .xlsx are not read"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0",
            "a Word document of the old kind (.doc), which is not",
        ),
        ("a.rtf", rb"{\rtf1 x}", "rich text, which is not read: save it as Word (.docx) or PDF"),
        ("letter", rb"{\rtf1 x}", "holds rich text, which is not read: save it as Word (.docx)"),
        ("a.eml", b"From: x", "an e-mail, which is not read: add the document that is attached"),
        (
            "a.docx",
            odt(),
            "mislabelled: named .docx but holds an OpenDocument text",
        ),
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t\n ", "empty"),
        (
            "a.html",
            b"<html><body><script>x</script></body></html>",
            "empty: the file holds no text",
        ),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "an old Office file"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
    ],
)
def test_what_is_not_read_says_why(name, data, reason):
    with pytest.raises(LoadError) as caught:
        read(data, name)
    assert caught.value.source == name
    assert reason in caught.value.reason


def test_content_decides_where_the_name_says_nothing():
    assert read(report_pdf(), "report").pages != (0,)
    assert read(b"Just words.", "README").text == "Just words."


def test_supported_endings():
    assert {".txt", ".pdf", ".docx", ".html", ".htm", ".md", ".markdown"} <= SUPPORTED


def test_markdown_marks_in_plain_text_never_stand_inside_a_quote():
    clean = read(b"Rebecca Quested **His Majesty's Inspector**\n", "a.txt")
    assert [text for _, text, _ in outline(clean)] == ["Rebecca Quested", "His Majesty's Inspector"]
    assert {block.kind for block in clean.blocks} <= {BlockKind.HEADING, BlockKind.PARAGRAPH}
