from pathlib import Path

import pytest

from index.errors import LoadError
from index.loading import read
from index.types import BlockKind, CleanText, SectionKind
from tests.index.loading_files import Put, make_pdf, report_pdf


@pytest.fixture(scope="module")
def report() -> CleanText:
    return read(report_pdf(), "report.pdf")


def said(clean: CleanText, kind: BlockKind) -> list[str]:
    return [clean.text[b.start : b.end] for b in clean.blocks if b.kind is kind]


def test_judgement_rows_hold_label_and_grade(report):
    assert said(report, BlockKind.ROW) == [
        "The experiences and progress of children in care\tRequires improvement to be good",
        "Overall effectiveness\tGood",
    ]
    row = next(block for block in report.blocks if block.kind is BlockKind.ROW)
    assert row.heading[-1] == "Judgement | Grade"


def test_headings_by_font(report):
    heads = [b for b in report.blocks if b.kind is BlockKind.HEADING]
    assert [(b.level, report.text[b.start : b.end]) for b in heads] == [
        (1, "Inspection of Exampleshire local authority"),
        (2, "Judgement\tGrade"),
        (2, "What needs to improve?"),
        (2, "The experiences and progress of children in care: good"),
    ]


def test_running_lines_and_page_numbers_are_gone(report):
    assert report.text.count("Inspection of Exampleshire local authority") == 1
    assert "1 May 2023" not in report.text


def test_numbered_paragraphs_cross_pages_whole(report):
    numbered = {b.paragraph: report.text[b.start : b.end] for b in report.blocks if b.paragraph}
    assert list(numbered) == ["1.", "2.", "3.", "4."]
    assert numbered["1."].endswith("Leaders have improved long-term planning.")
    assert "most children in care have secure and stable homes. They thrive." in numbered["2."]
    assert numbered["4."].endswith("as they should. Leaders know this.")


def test_pages_start_where_their_first_words_are(report):
    starts = [report.text[start : start + 12] for start in report.pages]
    assert starts == ["Inspection o", "stable homes", "Leaders know"]


def test_a_footnote_follows_the_paragraph_during_which_it_is_printed(report):
    assert said(report, BlockKind.FOOTNOTE) == ["1 A footnote under the text of this page."]
    assert "They thrive.\n\n1 A footnote" in report.text


def test_the_list_of_improvements(report):
    (section,) = report.sections
    assert section.kind is SectionKind.IMPROVEMENT
    assert [report.text[item.start : item.end] for item in section.items] == [
        "The quality of plans, including those for disabled children and their brothers and "
        "sisters.",
        "Management oversight.",
    ]


def test_the_last_page_is_furniture(report):
    assert said(report, BlockKind.FURNITURE) == [
        "The Office for Standards in Education, Children's Services and Skills (Ofsted) "
        "regulates and inspects to achieve excellence in the care of children."
    ]


def test_a_figure_or_dash_inside_a_sentence_opens_no_paragraph():
    lines = ["7. Inspectors saw the records of all children who live in homes, of", "12. They are"]
    page = [
        Put(70, 700, lines[0]),
        Put(98, 685.4, "12. They were written with great care and shared with the whole family"),
        Put(98, 670.8, "- and with schools, where that was right for the children concerned."),
    ]
    clean = read(make_pdf([page]), "a.pdf")
    assert [block.paragraph for block in clean.blocks] == ["7."]
    assert "of 12. They were written" in clean.text
    assert "family - and with schools" in clean.text


def test_contents_are_furniture():
    page = [
        Put(70, 700, "Contents", 26),
        Put(70, 650, "Executive summary 2", bold=True),
        Put(70, 620, "The experiences and progress of children who need help and", bold=True),
        Put(70, 605, "protection 10", bold=True),
    ]
    body = [Put(70, 700, "Executive summary", 16, True), Put(70, 670, "Children are safe here.")]
    clean = read(make_pdf([page, body]), "a.pdf")
    assert said(clean, BlockKind.HEADING) == ["Executive summary"]
    assert said(clean, BlockKind.PARAGRAPH) == ["Children are safe here."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (report_pdf()[:-600], "cut short"),
        (report_pdf()[:40] + b"%%EOF", "damaged"),
        (make_pdf([[]]), "no text"),
        (
            make_pdf(
                [[Put(70, 700, "Secret text that nobody may read.")]],
                "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                f"/O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>] ",
            ),
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(LoadError) as caught:
        read(data, "folder/a.pdf")
    assert caught.value.source == "folder/a.pdf"
    assert reason in caught.value.reason


def test_a_visit_letter_whose_headings_are_bold_by_name_only():
    first = [
        *[Put(430, 780 - 12 * i, t, 9) for i, t in enumerate(["Ofsted", "Store Street", "M1 2WD"])],
        Put(70, 650, "8 November 2023"),
        Put(70, 620, "Lisa Lyons"),
        Put(70, 605.4, "Director of Children and Family Services"),
        Put(70, 560, "Dear Ms Lyons"),
        Put(70, 530, "Focused visit to Exampleshire children's services", bold=True),
        Put(
            70, 500, "This letter summarises the findings of the focused visit to Exampleshire on 4"
        ),
        Put(70, 485.4, "and 5 October 2023."),
        Put(70, 450, "Areas for priority action", bold=True),
        Put(70, 430, "The local authority needs to take swift and decisive action to address:"),
        Put(70, 410, "\u2022"),
        Put(88, 410, "The timeliness of assessments of connected carers."),
        Put(70, 370, "Headline findings", bold=True),
        Put(70, 350, "Leaders have made good progress. They know what needs to be done, and they"),
        Put(70, 335.4, "work with partners in"),
        Put(290, 30, "1", 9),
    ]
    second = [
        Put(70, 780, "Stoke-on-Trent to make it happen for all of the children."),
        Put(70, 740, "Yours sincerely"),
        Put(70, 700, "Rebecca Quested", bold=True),
        Put(290, 30, "2", 9),
    ]
    clean = read(make_pdf([first, second]), "letter.pdf")
    assert said(clean, BlockKind.HEADING) == [
        "Focused visit to Exampleshire children's services",
        "Areas for priority action",
        "Headline findings",
    ]
    assert said(clean, BlockKind.FURNITURE) == [
        "Ofsted Store Street M1 2WD",
        "8 November 2023",
        "Lisa Lyons Director of Children and Family Services",
        "Dear Ms Lyons",
        "Yours sincerely",
        "Rebecca Quested",
    ]
    assert "work with partners in Stoke-on-Trent to make it happen" in clean.text
    (section,) = clean.sections
    assert section.kind is SectionKind.PRIORITY_ACTION
    assert [clean.text[item.start : item.end] for item in section.items] == [
        "The timeliness of assessments of connected carers."
    ]


def test_a_record_of_findings_on_the_last_page():
    page = [
        Put(70, 620, "Areas for improvement", 14, True),
        Put(70, 600, "3. In order to improve help and protection, the local authority should take"),
        Put(70, 585.4, "the following action."),
        Put(70, 560, "Immediately:", bold=True),
        Put(98, 540, "\u2022 ensure that all plans are good"),
        Put(70, 510, "Within three months:", bold=True),
        Put(98, 490, "\u2022 ensure that data are right."),
        Put(70, 440, "Record of main findings", 14, True),
        Put(70, 410, "Overall effectiveness"),
        Put(400, 410, "Adequate"),
        Put(70, 380, "The effectiveness of the help and protection provided to children,"),
        Put(70, 365, "young people, families and carers"),
        Put(400, 380, "Adequate"),
        Put(70, 340, "Leadership and governance"),
        Put(400, 340, "Good"),
    ]
    clean = read(make_pdf([page]), "a.pdf")
    assert said(clean, BlockKind.ROW) == [
        "Overall effectiveness\tAdequate",
        "The effectiveness of the help and protection provided to children, young people, "
        "families and carers\tAdequate",
        "Leadership and governance\tGood",
    ]
    (section,) = clean.sections
    assert [clean.text[item.start : item.end] for item in section.items] == [
        "ensure that all plans are good",
        "ensure that data are right.",
    ]


SECTIONS = {
    "middlesbrough_2016-02-19.pdf": [("recommendations", 16), ("recommendations", 6)],
    "middlesbrough_2020-01-24.pdf": [("what needs to improve", 15)],
    "nottingham_2014-05-14.pdf": [("what needs to improve", 26), ("what needs to improve", 6)],
    "nottingham_2022-09-05.pdf": [("what needs to improve", 8)],
    "redcar-and-cleveland_2017-04-07.pdf": [("recommendations", 13), ("recommendations", 8)],
    "stockton-on-tees_2016-08-05.pdf": [("recommendations", 10), ("recommendations", 5)],
    "stoke-on-trent_2019-03-18.pdf": [("what needs to improve", 15)],
    "west-northamptonshire_2026-07-07.pdf": [("what needs to improve", 2)],
}


@pytest.mark.parametrize("name", SECTIONS)
def test_typed_lists_of_real_reports(shared: Path, name: str):
    clean = read((shared / "letters" / name).read_bytes(), name)
    found = [(section.kind.value, len(section.items)) for section in clean.sections]
    assert found == SECTIONS[name]


@pytest.mark.parametrize(
    ("name", "last", "count"),
    [
        ("nottingham_2022-09-05.pdf", 58, 58),
        ("west-northamptonshire_2026-07-07.pdf", 66, 66),
        ("stockton-on-tees_2016-08-05.pdf", 131, 131),
        ("nottingham_2014-05-14.pdf", 205, 205),
    ],
)
def test_every_numbered_paragraph_of_real_reports(shared: Path, name: str, last: int, count: int):
    clean = read((shared / "letters" / name).read_bytes(), name)
    numbers = [
        int(b.paragraph.rstrip("."))
        for b in clean.blocks
        if b.paragraph and b.kind is BlockKind.PARAGRAPH
    ]
    assert numbers == list(range(1, last + 1))
    assert len(numbers) == count


def test_a_page_of_html_named_pdf_is_mislabelled(shared: Path):
    name = "blackpool_2012-07-13.pdf"
    with pytest.raises(LoadError, match=r"mislabelled: named \.pdf but holds HTML"):
        read((shared / "letters" / name).read_bytes(), name)


LINE = "The local authority has worked hard since the last inspection to improve its services."


def page(*below: Put) -> list[Put]:
    return [*(Put(70, 780 - 14.6 * row, LINE) for row in range(12)), *below]


def test_a_bullet_of_a_symbol_font_is_a_bullet_though_it_reads_as_a_letter():
    items = [
        put
        for row in range(2)
        for put in (
            Put(70, 540 - 40 * row, "n", 10, True),
            Put(90, 540 - 40 * row, f"Plan {row} for children, and the oversight that is given"),
            Put(90, 525 - 40 * row, "by managers to these plans"),
        )
    ]
    data = make_pdf([page(Put(70, 565, "What needs to improve?", 14), *items)])
    clean = read(data.replace(b"Helvetica-Bold", b"Wingdings-Bold"), "a.pdf")
    assert [clean.text[item.start : item.end] for item in clean.sections[0].items] == [
        "Plan 0 for children, and the oversight that is given by managers to these plans",
        "Plan 1 for children, and the oversight that is given by managers to these plans",
    ]


def test_names_printed_one_a_line_stay_apart_and_wrapped_ones_together():
    names = ("Team inspectors: Ann Lee", "Joe King", "Mary Ann Evans", "Senior data analyst: Al Po")
    wrapped = (
        "Team inspectors: Ann Lee, Joe King, Someone Elsewhere, Another Personname, Jo",
        "Po",
    )
    below = [Put(70, 540 - 14.6 * row, line) for row, line in enumerate(names)]
    below += [Put(70, 420 - 14.6 * row, line) for row, line in enumerate(wrapped)]
    text = read(make_pdf([page(*below)]), "a.pdf").text
    assert "Team inspectors: Ann Lee\nJoe King\nMary Ann Evans\n\nSenior data analyst" in text
    assert "Another Personname, Jo Po" in text


def test_a_typed_list_with_sub_headings_of_its_own_depth():
    heads = ("What does the authority need to improve?", "Areas for improvement", "Protection")
    below = [Put(70, 570 - 30 * row, head, 14 if row == 0 else 12, True) for row, head in
             enumerate(heads)]  # fmt: skip
    below += [
        Put(70, 480, "1. Social workers should see every child alone and often, and record it."),
        Put(70, 450, "Leadership", 12, True),
        Put(70, 420, "2. Leaders should know the quality of practice, and act on what they learn."),
        Put(70, 390, "The local authority’s strengths", 12, True),
        Put(70, 360, "3. Staff are well supported by managers who know the children well."),
    ]
    clean = read(make_pdf([page(*below)]), "a.pdf")
    section = clean.sections[-1]
    assert section.kind is SectionKind.IMPROVEMENT
    assert [clean.text[item.start : item.end][:14] for item in section.items] == [
        "Social workers",
        "Leaders should",
    ]
