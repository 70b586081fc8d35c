from pathlib import Path

import pytest

from index.loading import read
from index.types import Block, BlockKind, CleanText, SectionKind

STOCKTON_LETTER = "000_715c783cab904e8f.txt"
ARTICLE = "001_145b8d6c54906490.txt"
COUNCIL_REPORT = "002_c84d50e829a22bac.txt"
STOKE_LETTER = "003_60fb85a75bd1459e.txt"
MIDDLESBROUGH_LETTER = "004_15baae9e72f688f5.txt"


def load(seeds: Path, name: str) -> CleanText:
    return read((seeds / name).read_bytes(), name)


def said(clean: CleanText, block: Block) -> str:
    return clean.text[block.start : block.end]


def of_kind(clean: CleanText, kind: BlockKind) -> list[str]:
    return [said(clean, block) for block in clean.blocks if block.kind is kind]


def find(clean: CleanText, start: str) -> Block:
    found = [block for block in clean.blocks if said(clean, block).startswith(start)]
    assert len(found) == 1, start
    return found[0]


def plain(text: str) -> CleanText:
    return read(text.encode(), "a.txt")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            STOCKTON_LETTER,
            "When children become looked after, plans to secure timely and appropriate permanence "
            "options are rigorously overseen by the independent reviewing officer's scrutiny and "
            "challenge.",
        ),
        (
            STOKE_LETTER,
            "When there are delays or concerns about care planning, IROs escalate these quickly "
            "and appropriately.",
        ),
        (
            STOKE_LETTER,
            "This is improving arrangements for planning and achieving permanence for children up "
            "to the age of 10 years.",
        ),
    ],
)
def test_sentences_cut_by_blank_lines_are_whole_again(seeds, name, sentence):
    assert sentence in load(seeds, name).text


def test_a_capital_after_blank_lines_starts_a_paragraph(seeds):
    clean = load(seeds, MIDDLESBROUGH_LETTER)
    assert find(clean, "They provide clear oversight").kind is BlockKind.PARAGRAPH


def test_letter_frame_is_furniture_and_stays_in_the_text(seeds):
    clean = load(seeds, STOKE_LETTER)
    assert of_kind(clean, BlockKind.FURNITURE) == [
        "Ofsted",
        "Piccadilly Gate",
        "Store Street",
        "Manchester",
        "M1 2WD",
        "T 0300 123 1231",
        "Textphone 0161 618 8524",
        "enquiries@ofsted.gov.uk",
        "www.qov.uk/ofsted",
        "8 November 2023",
        "Lisa Lyons",
        "Director of Children and Family Services",
        "Civic Centre",
        "Glebe Street",
        "Stoke-on-Trent",
        "ST4 1HH",
        "Dear Ms Lyons",
        "Yours sincerely",
        "Rebecca Quested",
        "His Majesty's Inspector",
    ]


def test_headings_of_a_letter(seeds):
    assert of_kind(load(seeds, MIDDLESBROUGH_LETTER), BlockKind.HEADING) == [
        "Monitoring visit to Middlesbrough children's services",
        "Areas covered by the visit",
        "Headline findings",
        "Findings and evaluation of progress",
    ]


def test_items_carry_the_sentence_that_leads_in(seeds):
    item = find(load(seeds, MIDDLESBROUGH_LETTER), "Planning and achieving permanence for")
    assert item.kind is BlockKind.ITEM
    assert item.heading == (
        "Areas covered by the visit",
        "Inspectors reviewed the progress made in the following areas of concern identified at "
        "the last inspection:",
    )


def test_nested_items_carry_both_lead_ins(seeds):
    item = find(load(seeds, COUNCIL_REPORT), "Children looked after and achieving permanence")
    assert (item.paragraph, item.level) == ("2)", 2)
    assert item.heading == (
        "DETAIL",
        "The Ofsted Judgements are divided into a number of categories:",
        "Sub-Judgements relate to the following:",
    )


def test_paragraph_numbers_stand_before_the_block(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    block = find(clean, "To date 104 Local Authorities")
    assert block.paragraph == "13."
    assert clean.text[block.start - 4 : block.start] == "13. "


def test_twin_rows_carry_their_own_tables_title(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    twins = [block for block in clean.blocks if said(clean, block) == "RI\t58\t56%"]
    outcomes = "Ofsted SIF Inspection Outcomes as at 5 August 2016"
    assert [block.heading for block in twins] == [
        (
            outcomes,
            "The experiences and progress of children who need help and protection",
            "Judgement | Count | %",
        ),
        (
            outcomes,
            "The experiences and progress of children looked after and achieving permanence",
            "Judgement | Count | %",
        ),
    ]


def test_label_and_grade_are_one_row(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    row = find(clean, "The experiences and progress of care leavers\n")
    assert said(clean, row) == "The experiences and progress of care leavers\noutstanding"
    assert (row.kind, row.heading) == (BlockKind.ROW, ("Individual LA Performance",))


def test_a_finding_that_stands_as_a_heading_can_be_quoted_and_frames_its_list(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    line = "The Judgement about the Experience and Progress of Care Leavers is that it is"
    assert find(clean, line).kind is BlockKind.PARAGRAPH
    item = find(clean, "All care leavers have up to date health")
    assert item.heading == ("SUB-JUDGEMENT FINDINGS", f"{line} Outstanding", "Key Strengths")


def test_bold_inside_a_line_becomes_a_block_of_its_own(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    name = "Experience of Progress of Children who need Help and Protection"
    assert find(clean, name).kind is BlockKind.HEADING
    assert clean.text[find(clean, name).end :].startswith("\n\nOfsted Judgement was Good\n")
    assert "**" not in clean.text


def test_recommendations_are_complete(seeds):
    clean = load(seeds, COUNCIL_REPORT)
    (section,) = clean.sections
    assert section.kind is SectionKind.RECOMMENDATIONS
    first_words = [clean.text[item.start : item.end].split()[0] for item in section.items]
    assert first_words == [
        "Improve",
        "Ensure",
        "Improve",
        "The",
        "Develop",
        "Ensure",
        "Ensure",
        "Ensure",
        "Ensure",
        "Continue",
    ]
    assert clean.text[: section.span.end].endswith("course of action is appropriate.")


def test_what_needs_to_improve(seeds):
    clean = load(seeds, STOKE_LETTER)
    (section,) = clean.sections
    assert section.kind is SectionKind.IMPROVEMENT
    assert [clean.text[item.start : item.end] for item in section.items] == [
        "Life-story work for all children, to support their understanding of their experiences "
        "and the decision-making about their lives.",
        "Consistency of management oversight.",
    ]


def test_an_article_without_a_list_of_recommendations_has_no_section(seeds):
    clean = load(seeds, ARTICLE)
    assert clean.sections == ()
    assert of_kind(clean, BlockKind.FURNITURE)[-2:] == [
        "Tel: 01206 878178Contact Us",
        "A Mackman Group collaboration - market research by Mackman Research | website design "
        "by Mackman",
    ]


@pytest.mark.parametrize("bullet", ["■", "•", "▪", "\u25cf ", "-", "\uf06e", "◼", "–", "\ufffd"])
def test_bullet_characters_are_deleted(bullet):
    clean = plain(f"What needs to improve?\n\n{bullet} The quality of plans.\n")
    item = find(clean, "The quality of plans.")
    assert (item.kind, item.heading) == (BlockKind.ITEM, ("What needs to improve?",))


def test_wrapping_is_undone_and_real_hyphens_stay():
    line = "Inspectors looked at how the local authority plans for permanence"
    text = "\n".join([*[line] * 8, "and for long-", "term fostering of children."])
    assert plain(text).text.endswith("for permanence and for long-term fostering of children.")


def test_hyphens_that_wrapping_put_into_words_are_deleted_where_the_file_proves_it():
    words = ["permanence", "inspectors", "fostering", "planning", "oversight", "children"]
    body = "\n".join(
        f"The authority has made good progress with its work on {word[:4]}-\n{word[4:]} this year, "
        "as the inspectors have seen in all of it"
        for word in words
    )
    text = f"{' '.join(words)} are the words that this whole file is about, as it says\n{body}."
    for word in words:
        assert f"work on {word} this year" in plain(text).text


def test_soft_hyphens_and_marks_that_print_nothing_are_deleted():
    assert (
        plain("Perma\u00adnence plan\u200bning\u00a0is good.").text
        == "Permanence planning is good."
    )


def test_pages_of_a_file_without_pages(seeds):
    assert load(seeds, STOCKTON_LETTER).pages == (0,)
