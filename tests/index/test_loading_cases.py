"""Small files of kinds that were read wrongly, each with what a reader sees in it."""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from index.identity import identify
from index.loading import read
from index.passages.sentences import sentences
from index.types import BlockKind
from tests.index.loading_files import Put, make_pdf

HEAD = "Focused visit to Derby City local authority children's services"


def texts(clean, kind=None):
    return [clean.text[b.start : b.end] for b in clean.blocks if kind in (None, b.kind)]


def rows(clean):
    """Each row as a mapping from its column to what stands there."""
    return [
        {
            column: clean.text[start:end]
            for column, (start, end) in zip(one.columns, one.cells, strict=True)
        }
        for one in sentences(clean)
        if one.kind is BlockKind.ROW
    ]


def html(body):
    return read(f"<html><body><h1>{HEAD}</h1>{body}</body></html>".encode(), "a.html")


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return read(stream.getvalue(), "a.docx")


# PDF


def page(*puts):
    filler = [
        Put(60, 600 - 14 * n, f"Leaders know the services well and line {n} of them says so.", 11)
        for n in range(12)
    ]
    return make_pdf([[Put(60, 780, HEAD, 16), *puts, *filler]])


def test_a_raised_figure_behind_a_word_or_figure_is_left_out():
    clean = read(
        page(
            Put(60, 700, "Attendance of children in care is 94", 11),
            Put(236.5, 704, "3", 7),
            Put(241, 700, "per cent. Caseloads are 18.", 11),
            Put(376, 704, "12", 7),
            Put(385, 700, "They fell by 2 in 2023.", 11),
        ),
        "a.pdf",
    )
    assert "is 94 per cent. Caseloads are 18. They fell by 2 in 2023." in clean.text


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other():
    left = (
        "The authority has a new plan",
        "and the panel meets each month.",
        "Workers stay longer",
        "than they did in the year before.",
    )
    right = (
        "Foster carers have good support.",
        "The number of children who go",
        "missing has fallen, and",
        "care leavers live in suitable homes.",
    )
    puts = [Put(x, 720 - 14 * n, text, 11) for n, pair in enumerate(zip(left, right, strict=True))
            for x, text in zip((60, 320), pair, strict=True)]  # fmt: skip
    clean = read(page(*puts), "a.pdf")
    assert clean.text.index("than they did in the year before.") < clean.text.index("Foster carers")
    assert "The number of children who go missing has fallen" in clean.text


def test_figures_in_columns_are_rows_and_an_empty_cell_keeps_its_column():
    table = (
        ("Measure", "2022", "2023", "2024"),
        ("Children in care", "610", "", "655"),
        ("Care leavers", "", "", "212"),
        ("Agency workers", "22%", "18%", "9%"),
    )
    puts = [Put(x, 720 - 16 * n, cell, 11) for n, row in enumerate(table)
            for x, cell in zip((60, 250, 330, 410), row, strict=True) if cell]  # fmt: skip
    assert rows(read(page(*puts), "a.pdf")) == [
        dict(zip(table[0], row, strict=True)) for row in table[1:]
    ]


def test_cells_of_a_judgement_table_that_wrap_are_whole():
    table = (
        ("Judgement", "Grade"),
        ("The experiences and progress of children in", "Requires improvement to be"),
        ("care", "good"),
        ("Overall effectiveness", "Requires improvement to be good"),
    )
    puts = [Put(x, 720 - 14 * n, cell, 11) for n, row in enumerate(table)
            for x, cell in zip((60, 330), row, strict=True)]  # fmt: skip
    assert texts(read(page(*puts), "a.pdf"), BlockKind.ROW) == [
        "The experiences and progress of children in care\tRequires improvement to be good",
        "Overall effectiveness\tRequires improvement to be good",
    ]


@pytest.mark.parametrize(("matrix", "rotate"), [("0 1 -1 0 500 60", 90), ("0 -1 1 0 60 780", 270)])
def test_the_lines_of_a_turned_page_are_read_in_order(matrix, rotate):
    lines = (
        "Sentence one is on this page.",
        "Sentence two follows it here.",
        "Sentence three ends it.",
    )
    a, b, c, d, x, y = (float(n) for n in matrix.split())
    shown = "".join(
        f"BT /F1 11 Tf {a} {b} {c} {d} {x - c * -14 * n if c else x} {y} Tm ({line}) Tj ET\n"
        for n, line in enumerate(lines)
    )
    data = make_pdf([[Put(0, 0, "")]]).replace(b"BT /F1 12 Tf 0 0 Td () Tj ET", shown.encode())
    data = data.replace(b"/MediaBox", f"/Rotate {rotate} /MediaBox".encode())
    text = " ".join(read(data, "a.pdf").text.split())
    assert text == " ".join(lines)


def test_a_suspended_hyphen_at_a_lines_end_keeps_its_space():
    clean = read(page(Put(60, 700, "Most of the homes that are used by the 16-", 11),
                      Put(60, 686, "to 17-year-olds are suitable.", 11)), "a.pdf")  # fmt: skip
    assert "the 16- to 17-year-olds are suitable." in clean.text


def test_a_running_header_is_kept_once_where_only_it_names_the_authority():
    pages = [
        [Put(60, 810, "Inspection of Derby City Council", 9), Put(60, 25, str(n), 9)]
        + [Put(60, 700 - 14 * n, f"{n} Leaders know their children.", 11) for n in range(9)]
        for n in range(3)
    ]
    clean = read(make_pdf(pages), "a.pdf")
    assert clean.text.count("Derby City Council") == 1
    assert identify(clean, "0" * 16, ("a.pdf",), None).authority_name == "Derby"


# Word


def run(paragraph, text, **properties):
    one = paragraph.add_run(text)
    for name, value in properties.items():
        setattr(one.font, name, value)


def test_word_marks_of_footnotes_and_what_is_hidden_or_struck_are_left_out():
    document = docx.Document()
    paragraph = document.add_paragraph("Attendance is 94")
    run(paragraph, "3", superscript=True)
    run(paragraph, " per cent on the 1")
    run(paragraph, "st", superscript=True)
    run(paragraph, " of May. ")
    run(paragraph, "This is hidden. ", hidden=True)
    run(paragraph, "This is struck. ", strike=True)
    run(paragraph, "This is not.", strike=False)
    assert saved(document).text == "Attendance is 94 per cent on the 1st of May. This is not."


def test_word_tables_inside_others_are_read_once_and_empty_cells_keep_their_column():
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Outer words"
    inner = outer.cell(0, 1).add_table(3, 3)
    table = (("", "2022", "2023"), ("In care", "", "655"), ("Leavers", "12", ""))
    for number, cells in enumerate(table):
        for column, text in enumerate(cells):
            inner.cell(number, column).text = text
    clean = saved(document)
    assert [clean.text.count(word) for word in ("Outer words", "In care", "655")] == [1, 1, 1]
    assert rows(clean) == [
        {"": "In care", "2022": "", "2023": "655"},
        {"": "Leavers", "2022": "12", "2023": ""},
    ]


def test_word_page_headers_are_read_where_only_they_say_it():
    document = docx.Document()
    document.add_paragraph("Social workers visit weekly.")
    document.sections[0].header.paragraphs[0].text = "Derby City Council"
    clean = saved(document)
    assert texts(clean, BlockKind.FURNITURE) == ["Derby City Council"]
    assert identify(clean, "0" * 16, ("a.docx",), None).authority_name == "Derby"


def test_word_formulas_and_embedded_documents_are_named():
    document = docx.Document()
    paragraph = document.add_paragraph("Half of them stay:")
    paragraph._p.append(OxmlElement("m:oMath"))
    document.element.body.insert(0, OxmlElement("w:altChunk"))
    assert qn("w:altChunk")
    assert saved(document).unread == ("1 formula", "1 embedded document")


def test_a_footnote_is_no_finding():
    clean = read(b"# Findings\n\nCare is good[^1].\n\n[^1]: Care was good in 2019.\n", "a.md")
    quotable = [clean.text[one.start : one.end] for one in sentences(clean) if one.quotable]
    assert quotable == ["Care is good."]
    assert texts(clean, BlockKind.FOOTNOTE) == ["Care was good in 2019."]


# HTML and Markdown


@pytest.mark.parametrize(
    "unseen",
    [
        "<del>gone</del>",
        "<s>gone</s>",
        "<span style='display : none'>gone</span>",
        "<span style='visibility:hidden'>gone</span>",
        "<span style='position:absolute;left:-9999px'>gone</span>",
        "<span style='font-size:0'>gone</span>",
        "<span style='text-decoration: line-through'>gone</span>",
        "<style>.q{color:red;display:none}</style><span class='q'>gone</span>",
        "<span class='govuk-visually-hidden'>gone</span>",
        "<span hidden>gone</span>",
        "<sup>3</sup>",
    ],
)
def test_only_what_a_reader_sees_of_a_page_is_read(unseen):
    clean = html(f"<p>Care is good in 94{unseen} per cent.</p>")
    assert texts(clean)[-1] == "Care is good in 94 per cent."


def test_what_a_reader_sees_of_a_page_stays():
    seen = "<span style='opacity:0.9;left:-1px;font-size:0.9em'>all</span> 1<sup>st</sup>"
    assert texts(html(f"<p>Care is good in {seen}.</p>"))[-1] == "Care is good in all 1st."


def test_cells_that_span_columns_and_rows_keep_the_others_in_place():
    clean = html(
        "<table><tr><th>Measure</th><th colspan=2>2022</th><th>2023</th></tr>"
        "<tr><td rowspan=2>In care</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>4</td><td></td><td>6</td></tr></table>"
    )
    columns = [one.columns for one in sentences(clean) if one.kind is BlockKind.ROW]
    assert columns == [("Measure", "2022", "2022", "2023")] * 2
    assert [
        [clean.text[start:end] for start, end in one.cells]
        for one in sentences(clean)
        if one.kind is BlockKind.ROW
    ] == [["In care", "1", "2", "3"], ["", "4", "", "6"]]


def test_a_table_that_lays_out_a_page_gives_its_paragraphs():
    clean = html(
        "<table><tr><td><p>One thing.</p><p>Another.</p></td><td>Beside.</td></tr></table>"
    )
    assert texts(clean)[1:] == ["One thing.", "Another.", "Beside."]
    assert not texts(clean, BlockKind.ROW)


def test_front_matter_gives_title_and_date():
    text = "---\ntitle: Caseloads in Derby\ndate: 2025-03-05\n---\n\nThey are ~~not~~ low.\n"
    clean = read(text.encode(), "a.md")
    identity = identify(clean, "0" * 16, ("a.md",), None)
    assert identity.title.value == "Caseloads in Derby"
    assert identity.published.value.isoformat() == "2025-03-05"
    assert texts(clean)[-1] == "They are low."


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("pdf/super.pdf", "children in care is 94 per cent this year.", "943"),
        ("docx2/footnotes.docx", "Attendance is 94 per cent.", "943"),
        (
            "pdf2/wrapcell.pdf",
            "progress of children in care\tRequires improvement to be good",
            "be care",
        ),
        (
            "pdf/twocol_rowwise.pdf",
            "reviewed the annual report and the leaders",
            "reviewed the agreed",
        ),
        ("pdf2/landscape_rot.pdf", "Main findings\n\nLandscape page", "findings Landscape"),
        ("tables/empty.html", "Children in care\t610\t\t655", "610\t655"),
    ],
)
def test_the_cases_that_were_found(shared, name, said, unsaid):
    path = shared / "cases" / name
    text = read(path.read_bytes(), path.name).text
    assert said in text
    assert unsaid not in text
