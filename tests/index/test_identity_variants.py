"""How the wording of front pages varies between authorities and years, one thing at a time.

Each case is a front page of one of the two big layouts with a single line changed; the lines are
written after real reports or after ways in which a PDF's words can come out of order.
"""

from datetime import date

import pytest

from index.identity import identify
from index.types import CleanText, Grade, Identity, Issuer, Judgement

GRADES = ("Good", "Requires improvement to be good", "Inadequate", "Good")
ROWS = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care and care leavers",
    "Overall effectiveness",
)
KEYS = ("impact_of_leaders", "help_and_protection", "in_care", "overall_effectiveness")
GIVEN = dict(
    zip(KEYS, (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, Grade.GOOD), strict=True)
)
TABLE = "\n".join(f"{row}\t{grade}" for row, grade in zip(ROWS, GRADES, strict=True))
NEW = "Inspection of {} local authority children’s services"
OLD = "\n\nInspection of children’s social care services"
SIF_KEYS = (
    "help_and_protection",
    "in_care",
    "adoption",
    "care_leavers",
    "leadership_management_governance",
)


def bare(text: str) -> Identity:
    return identify(CleanText(text, (0,), (), ()), "0" * 16, ("a.pdf",), None)


def ilacs(
    title: str = "Inspection of Kent local authority children’s services",
    dates: str = "Inspection dates: 13 to 24 March 2023",
    lead: str = "Lead inspector: Louise Walker, His Majesty’s Inspector",
    table: str = TABLE,
    body: str = "",
) -> Identity:
    return bare(f"{title}\n\n{dates}\n\n{lead}\n\nJudgement\tGrade\n{table}\n\n{body}\n")


def sif(
    name: str = "Leeds City Council",
    overall: str = "The overall judgement is that children’s services are good",
    table: str = (
        "1. Children who need help and protection\tGood\n"
        "2. Children looked after and achieving permanence\tGood\n2.1 Adoption performance\tGood\n"
        "2.2 Experiences and progress of care leavers\tGood\n"
        "3. Leadership, management and governance\tOutstanding"
    ),
    body: str = "",
) -> Identity:
    return bare(
        f"{name}\n\nInspection of services for children in need of help and \nprotection, children "
        "looked after and care leavers\nand\nReview of the effectiveness of the local safeguarding "
        "children board1\nInspection date: 20 January 2015 – 11 February 2015\nReport published: "
        f"27 March 2015\n\n{overall}\n\n{table}\n\n1 Ofsted produces this report.\n\n{body}\n"
    )


def given(judgements: tuple[Judgement, ...]) -> dict[str, Grade]:
    return {one.key: one.grade for one in judgements}


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is that children’s services are inadequate", "inadequate"),
        ("The overall judgement is requires improvement.", "requires improvement"),
        ("The overall judgement is that children’s services require\nimprovement", "require"),
        ("Children’s services in St. Helens require improvement to be good", "require"),
        ("Children's services in the Royal Borough of Kingston upon Thames are good.", "good"),
        ("Children’s services in Leeds are outstanding", "outstanding"),
        ("Leeds children’s services are good", "good"),
        ("Children’s services provided by Leeds City Council are inadequate", "inadequate"),
        ("Overall judgement: requires improvement", "require"),
    ],
)
def test_the_overall_sentence_of_the_single_inspection(sentence, grade):
    overall = given(sif(overall=sentence).judgements)["overall_effectiveness"]
    assert overall.value.startswith(grade[:7])


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The effectiveness of the Local Safeguarding Children Board (LSCB) is good.", "good"),
        ("The Sunderland Safeguarding Children Board is inadequate", "inadequate"),
        ("Bradford Safeguarding Children Board is good", "good"),
        ("The effectiveness of the LSCB:\nrequires improvement", "requires"),
        ("The Local Safeguarding Children’s Board is inadequate", "inadequate"),
        ("The judgement of the effectiveness of the LSCB is that it is good", "good"),
        (
            "The Hammersmith and Fulham, Kensington and Chelsea and Westminster Local Safeguarding "
            "Children Board is good",
            "good",
        ),
    ],
)
def test_the_sentence_on_the_safeguarding_board(sentence, grade):
    assert given(sif(body=sentence).judgements)["lscb"].value.split()[0] == grade


def test_the_board_is_named_once_where_a_heading_stands_above():
    body = "The Local Safeguarding Children Board\n\nThe Local Safeguarding Children Board is good"
    board = next(one for one in sif(body=body).judgements if one.key == "lscb")
    assert board.heading == "The Local Safeguarding Children Board"


@pytest.mark.parametrize(
    "table",
    [
        "\n".join(ROWS) + "\n" + "\n".join(GRADES),
        "\n\n".join(ROWS) + "\n\nGrade\n\n" + "\n\n".join(GRADES),
        "\n\n".join(cell for row in zip(ROWS, GRADES, strict=True) for cell in row),
        TABLE.replace("practice with", "practice Good\nwith").replace("families\tGood", "families"),
        TABLE.replace("\t", "1\t").replace("Good", "Good2"),
        TABLE.replace("children in care and", "children looked after and"),
        TABLE.replace("care leavers", "care-experienced young people"),
        TABLE.replace("children in", "children and young people in"),
    ],
)
def test_the_table_of_the_newer_layout_in_any_order(table):
    assert given(ilacs(table=table).judgements) == GIVEN


def test_grades_of_a_column_keep_the_overall_sentence_and_the_board():
    table = (
        "1. Children who need help and protection\n2. Children looked after and achieving "
        "permanence\n2.1 Adoption performance\n2.2 Experiences and progress of care leavers\n3. "
        "Leadership, management and governance\nGood\nGood\nInadequate\nGood\nOutstanding"
    )
    read = sif(table=table, body="The Local Safeguarding Children Board is inadequate")
    five = (Grade.GOOD, Grade.GOOD, Grade.INADEQUATE, Grade.GOOD, Grade.OUTSTANDING)
    expected = {**dict(zip(SIF_KEYS, five, strict=True)), "lscb": Grade.INADEQUATE}
    assert given(read.judgements) == {**expected, "overall_effectiveness": Grade.GOOD}


def test_no_overall_grade_is_taken_from_what_a_report_of_2026_recalls():
    read = ilacs(
        dates="Inspection dates: 8 to 19 June 2026",
        table="\n".join(TABLE.split("\n")[:3]),
        body="In 2022, the overall effectiveness was good. Children’s services in Kent are good.",
    )
    assert "overall_effectiveness" not in given(read.judgements)


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("Inspection dates: 10 to 14 and 24 to 28 October 2022", (2022, 10, 10), (2022, 10, 28)),
        ("Inspection dates: 11 December 2023 to 12 January 2024", (2023, 12, 11), (2024, 1, 12)),
        ("Inspection dates: from 3 to 14 October 2022", (2022, 10, 3), (2022, 10, 14)),
        ("Date of inspection: 4 – 8\u00a0November 2019", (2019, 11, 4), (2019, 11, 8)),
        ("Inspection date: Monday 8 July 2019 to Friday 19 July 2019", (2019, 7, 8), (2019, 7, 19)),
        ("Inspection dates 30/04/2018 to 11/05/2018", (2018, 4, 30), (2018, 5, 11)),
    ],
)
def test_days_of_the_inspection(label, start, end):
    read = ilacs(dates=label)
    assert (read.visit_start.value, read.visit_end.value) == (date(*start), date(*end))


@pytest.mark.parametrize(
    ("lead", "names"),
    [
        ("Lead inspector: Ms Nicola Bennett", ["Nicola Bennett"]),
        ("Lead inspector Paul d’Inverno HMI", ["Paul d’Inverno"]),
        ("Lead inspector: Éilis O’Connor, His Majesty’s\nInspector", ["Éilis O’Connor"]),
        ("Lead inspector: Louise Page, HMI", ["Louise Page"]),
        ("Lead inspectors: Ann Lee, HMI, and Joe King, HMI", ["Ann Lee", "Joe King"]),
        ("Lead inspector: Dawn Godfrey\nSenior Her Majesty’s Inspector", ["Dawn Godfrey"]),
        ("Reporting inspector: Ann-Marie Born HMI", ["Ann-Marie Born"]),
    ],
)
def test_the_lead_inspector(lead, names):
    assert [one.value for one in ilacs(lead=lead).inspectors] == names


@pytest.mark.parametrize(
    "team",
    [
        "Team inspectors: Ann Lee HMI, Joe King OI and Mary Ann Evans.",
        "Team inspectors: Ann Lee\nJoe King\nMary Ann Evans",
        "Team inspectors:\n\nAnn Lee HMI\n\nJoe King HMI\n\nMary Ann Evans (OI)",
        "Team inspectors\nAnn Lee\nJoe King\nMary Ann Evans",
        "Team inspectors: Ann Lee, Joe King\n\nAdditional inspectors: Mary Ann Evans",
        "Team inspector: Ann Lee\n\nTeam inspector: Joe King\n\nShadow inspector: Mary Ann Evans",
    ],
)
def test_the_team(team):
    body = f"Lead inspector: Jane Smith\n\n{team}\n\nSenior data analyst: Peter Brown\n"
    names = [one.value for one in sif(body=body).inspectors]
    assert names == ["Jane Smith", "Ann Lee", "Joe King", "Mary Ann Evans"]


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        (NEW.format("St. Helens"), "St Helens"),
        (NEW.format("Hull City Council"), "Kingston upon Hull"),
        (NEW.format("Stockton‑on‑Tees"), "Stockton-on-Tees"),
        (NEW.format("Herefordshire, County of"), "Herefordshire"),
        (
            NEW.format("Northamptonshire Children’s Trust (West Northamptonshire)"),
            "West Northamptonshire",
        ),
        (
            "Inspection of local authority children’s services\nBlackburn with Darwen",
            "Blackburn with Darwen",
        ),
        (
            "Achieving for Children\nRoyal Borough of Kingston upon Thames" + OLD,
            "Kingston upon Thames",
        ),
        (
            "Sunderland City Council\nTogether for Children on behalf of Sunderland City Council"
            + OLD,
            "Sunderland",
        ),
        ("Council of the Isles of Scilly" + OLD, "Isles of Scilly"),
        ("City of London Corporation" + OLD, "City of London"),
    ],
)
def test_the_authority_of_the_heading(title, authority):
    assert ilacs(title=title).authority_name == authority


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "At the time of the last inspection in 2019, children’s services were inadequate.",
            ("overall_effectiveness", Grade.INADEQUATE, "2019"),
        ),
        (
            "Services for children in need of help and protection were previously judged "
            "inadequate in January 2018.",
            ("help_and_protection", Grade.INADEQUATE, "January 2018"),
        ),
        (
            "The previous inspection of the local authority’s arrangements for the protection of "
            "children, in January 2013, judged them to be inadequate.",
            ("help_and_protection", Grade.INADEQUATE, "January 2013"),
        ),
    ],
)
def test_a_grade_that_is_recalled(body, told):
    one = ilacs(body=body).reported_judgements
    assert [(each.key, each.grade, each.when) for each in one] == [told]


def test_a_report_without_labels_is_known_by_its_imprint():
    imprint = (
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates "
        "and inspects to achieve excellence in the care of children and young people."
    )
    text = f"Kent County Council\n\nInspection of children’s social care services\n\n{imprint}\n"
    assert bare(text).issuer.value is Issuer.OFSTED
