"""First pages in the manner of real documents that are not among the samples.

The texts in ``identity_fronts`` were written by hand after the wording and the layouts of
documents from 2013 to 2026: other frameworks, other kinds of letter, tables broken by their
cells or read by columns, councils and the press.
"""

from datetime import date
from pathlib import Path

import pytest

from index.identity import authorities, identify
from index.types import CleanText, Framework, Grade, Issuer, Kind

FOLDER = Path(__file__).parent / "identity_fronts"


def bare(text):
    return identify(CleanText(text, (0,), (), ()), "0" * 16, ("a.pdf",), None)


def front(name):
    return bare((FOLDER / f"{name}.txt").read_text("utf-8"))


def grades(name):
    return {one.key: one.grade for one in front(name).judgements}


O, G, R, A, I = Grade  # noqa: E741
ILACS_KEYS = ("overall_effectiveness", "impact_of_leaders", "help_and_protection", "in_care")


@pytest.mark.parametrize(
    ("name", "kind", "framework", "authority"),
    [
        ("sif_enfield", Kind.INSPECTION_REPORT, Framework.SIF, "Enfield"),
        ("reinsp", Kind.INSPECTION_REPORT, Framework.SIF, "Manchester"),
        ("presif", Kind.INSPECTION_REPORT, None, "Bury"),
        ("jtai", Kind.JOINT_INSPECTION, Framework.JTAI, "Bexley"),
        ("mon2017", Kind.MONITORING_VISIT, None, "Birmingham"),
        ("notts", Kind.FOCUSED_VISIT, None, "Nottinghamshire"),
        ("assure", Kind.ASSURANCE_VISIT, None, "Hammersmith and Fulham"),
        ("short", Kind.INSPECTION_REPORT, Framework.ILACS_SHORT, "Kensington and Chelsea"),
        ("interleaved", Kind.INSPECTION_REPORT, Framework.ILACS, "Bristol"),
        ("columns", Kind.INSPECTION_REPORT, Framework.ILACS_STANDARD, "Herefordshire"),
        (
            "bcp",
            Kind.INSPECTION_REPORT,
            Framework.ILACS_STANDARD,
            "Bournemouth, Christchurch and Poole",
        ),
        ("council", Kind.COUNCIL_REPORT, Framework.ILACS, "Swindon"),
        ("news", Kind.NEWS_ARTICLE, None, "Kirklees"),
        ("echo", Kind.NEWS_ARTICLE, None, "Croydon"),
        ("roundup", Kind.NEWS_ARTICLE, None, None),
        ("jtai2016", Kind.JOINT_INSPECTION, Framework.JTAI, "South Tyneside"),
        ("broken", Kind.INSPECTION_REPORT, Framework.SIF, "Windsor and Maidenhead"),
        ("send", Kind.JOINT_INSPECTION, None, "Medway"),
        ("trust", Kind.INSPECTION_REPORT, Framework.ILACS_STANDARD, "Sunderland"),
    ],
)
def test_kind_framework_and_authority(name, kind, framework, authority):
    identity = front(name)
    assert identity.kind.value is kind
    assert (identity.framework.value if identity.framework else None) is framework
    assert identity.authority_name == authority


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "sif_enfield",
            {
                "overall_effectiveness": G,
                "help_and_protection": R,
                "in_care": G,
                "care_leavers": G,
                "adoption": G,
                "leadership_management_governance": G,
                "lscb": G,
            },
        ),
        (
            "reinsp",
            {
                "overall_effectiveness": R,
                "help_and_protection": R,
                "in_care": R,
                "care_leavers": R,
                "adoption": G,
                "leadership_management_governance": G,
            },
        ),
        (
            "presif",
            {
                "overall_effectiveness": A,
                "help_and_protection": A,
                "leadership_management_governance": G,
            },
        ),
        (
            "broken",
            {
                "overall_effectiveness": R,
                "help_and_protection": R,
                "in_care": R,
                "care_leavers": I,
                "adoption": R,
                "leadership_management_governance": O,
                "lscb": I,
            },
        ),
        ("short", dict.fromkeys(ILACS_KEYS, O)),
        (
            "interleaved",
            {**dict(zip(ILACS_KEYS, (R, R, I, G), strict=True)), "care_leavers": G},
        ),
        ("columns", dict(zip(ILACS_KEYS, (I, I, I, R), strict=True))),
        ("bcp", dict(zip(ILACS_KEYS, (I, I, I, R), strict=True))),
        ("trust", {"impact_of_leaders": O, "help_and_protection": G, "in_care": G}),
        ("mon2017", {}),
        ("jtai", {}),
        ("council", {}),
        ("news", {}),
    ],
)
def test_own_judgements(name, expected):
    assert grades(name) == expected


@pytest.mark.parametrize(
    ("name", "published", "visit"),
    [
        ("sif_enfield", date(2015, 3, 27), (date(2015, 1, 20), date(2015, 2, 11))),
        ("presif", None, (date(2013, 3, 4), date(2013, 3, 13))),
        ("jtai", date(2023, 1, 30), (date(2022, 12, 5), date(2022, 12, 9))),
        ("jtai2016", date(2016, 9, 15), (date(2016, 7, 11), date(2016, 7, 15))),
        ("mon2017", date(2017, 3, 14), (date(2017, 1, 31), date(2017, 2, 1))),
        ("assure", date(2020, 12, 9), (date(2020, 11, 3), date(2020, 11, 5))),
        ("short", None, (date(2019, 9, 30), date(2019, 10, 4))),
        ("interleaved", None, (date(2022, 12, 12), date(2023, 1, 13))),
        ("council", date(2023, 7, 12), (date(2023, 7, 3), date(2023, 7, 14))),
        ("news", date(2024, 7, 3), None),
    ],
)
def test_days(name, published, visit):
    identity = front(name)
    assert (identity.published.value if identity.published else None) == published
    days = identity.visit_start and (identity.visit_start.value, identity.visit_end.value)
    assert days == visit
    assert identity.dated == (published or (visit and visit[1]))
    assert identity.dated_from == ("published" if published else "visit_end")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("presif", ["Jane Smith"]),
        ("mon2017", ["Peter McEntee", "Alison Smale"]),
        ("notts", ["Rachel Griffiths", "Jenny O’Brien"]),
        ("assure", ["Ann Lee", "Louise van der Meer", "J. P. Brown"]),
        ("short", ["Louise Warren"]),
        ("bcp", ["Claire Beckingham"]),
        ("jtai", []),
    ],
)
def test_inspectors(name, expected):
    assert [one.value for one in front(name).inspectors] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reinsp", [("overall_effectiveness", I, "2014")]),
        ("mon2017", [("overall_effectiveness", I, "November 2016")]),
        ("short", [("overall_effectiveness", O, "2016")]),
        ("council", [("overall_effectiveness", I, "3 and 14 July 2023")]),
        ("news", [("overall_effectiveness", G, None), ("overall_effectiveness", I, "2016")]),
        (
            "recalls",
            [("help_and_protection", A, "2011"), ("adoption", G, "May 2013")],
        ),
        ("roundup", []),
        ("sif_enfield", []),
        ("bcp", []),
    ],
)
def test_recalled_judgements(name, expected):
    told = front(name).reported_judgements
    assert [(one.key, one.grade, one.when) for one in told] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jtai", "multi-agency response to the criminal exploitation of children"),
        (
            "mon2017",
            "the progress made in the area of help and protection, with a particular focus on the"
            " multi-agency safeguarding hub (MASH)",
        ),
        (
            "notts",
            "the local authority’s arrangements for children in need and children subject to a"
            " child protection plan",
        ),
        ("jtai2016", "multi-agency response to abuse and neglect"),
        ("listed", "the front door - planning for children in need"),
        ("short", None),
        ("council", None),
    ],
)
def test_scope(name, expected):
    scope = front(name).scope
    assert (scope.value if scope else None) == expected


def test_an_article_on_many_authorities_has_no_visit():
    identity = front("roundup")
    assert (identity.visit_start, identity.visit_end, identity.dated) == (None, None, None)


def test_who_speaks():
    assert front("echo").issuer.value is Issuer.PRESS
    assert front("listed").issuer.value is Issuer.OFSTED
    assert front("council").issuer.value is Issuer.COUNCIL
    assert front("news").issuer.value is Issuer.PRESS
    assert front("unknown").issuer.value is Issuer.OTHER
    assert front("unknown").kind.value is Kind.OTHER
    assert front("unknown").authority is None


STYLES = (
    "{}",
    "{} City Council",
    "{} County Council",
    "{} Metropolitan Borough Council",
    "London Borough of {}",
    "Royal Borough of {}",
    "City of {}",
)
SIF = (
    "Inspection of services for children in need of help and \nprotection, children looked after "
    "and care leavers\nand\nReview of the effectiveness of the Local Safeguarding Children \n"
    "Board1\nInspection date: 24 November 2015 – 17 December 2015\n"
)


@pytest.mark.parametrize("style", STYLES)
def test_every_authority_is_read_from_the_front_page(style):
    wrong = []
    for name in (row.name for row in authorities().rows.values() if row.valid_to is None):
        printed = style.format(name)
        fronts = (
            f"{printed}\n{SIF}",
            f"Inspection of {printed} local \nauthority children’s services\nInspection dates: 8 "
            "to 19 June 2026\n",
            f"{printed}\nInspection of children’s social care services\nInspection dates: 8 June\n",
            f"1 May 2019\n\nDear X\n\nMonitoring visit to {printed} children’s services\n\nThis "
            f"letter summarises the findings of the visit to {name} on 7 and 8 May 2019, with "
            "help from Leeds.\n",
        )
        wrong += [text for text in fronts if bare(text).authority_name != name]
    assert wrong == []
