"""Which authority a document is about, valid by date, and what holds for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.identity import identify, identity_record
from index.identity.reading import fold
from index.types import CleanText

PIECES = st.sampled_from(
    [
        "Ofsted\nPiccadilly Gate\n\n",
        "Dear Ms Kent\n\n",
        "Focused visit to Leeds children’s services",
        "Inspection of services for children in need of help and protection",
        "This letter summarises the findings ",
        "Inspection dates: ",
        "Lead inspector: ",
        "Ann Lee HMI, ",
        "7 and 8 December 2021",
        "31 February 2020 ",
        "Judgement Grade\n",
        "Overall effectiveness ",
        "Adoption performance\t",
        "requires improvement to be good",
        "Inadequate\n",
        "was judged ",
        "Since the last inspection in 2019, ",
        "SBC ",
        "Inspectors looked at ",
        ":\n- the front door\n",
        "REPORT TO CABINET\n",
        ". ",
        "\n\n",
        "’s ",
        "\x00\ud800",
        "",
    ]
)


def read(text, sidecar=None):
    return identify(CleanText(text, (0,), (), ()), "0" * 16, ("a.txt",), sidecar)


@pytest.mark.parametrize(
    ("authority", "day", "expected"),
    [
        ("Northamptonshire County Council", "3 to 14 June 2019", "Northamptonshire"),
        ("Northamptonshire", "3 to 14 June 2022", None),
        ("Bournemouth", "3 to 14 June 2018", "Bournemouth"),
        ("Bournemouth", "3 to 14 June 2021", "Bournemouth, Christchurch and Poole"),
        ("Cumbria", "14 to 25 November 2022", "Cumbria"),
        ("SBC", "3 to 14 June 2022", None),
        ("Cheshire", "3 to 14 June 2022", None),
    ],
)
def test_the_authority_is_valid_on_the_day(authority, day, expected):
    text = f"Inspection of {authority} children’s services\nInspection dates: {day}\n"
    assert read(text).authority_name == expected


def test_an_ambiguous_heading_is_settled_by_the_text_or_not_at_all():
    heading = "Inspection of SBC children’s services\nInspection dates: 3 to 14 June 2022\n"
    assert read(heading + "Leeds and Swindon work together.").authority_name == "Swindon"
    assert read(heading + "Leeds and Bradford work together.").authority_name is None


def test_many_authorities_in_the_text_do_not_outvote_the_heading():
    letter = (
        "1 May 2019\n\nAnn Lee\nDerby Council\nNottingham\n\nDear Ann\n\nFocused visit to Rutland "
        "children’s services\n\nThis letter summarises the findings of the visit on 2 and 3 April "
        "2019. " + "Leeds and Leicestershire help. " * 20
    )
    assert read(letter).authority_name == "Rutland"


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join))
def test_any_text_has_an_identity_whose_proofs_stand_in_it(text):
    identity = read(text)
    named = (identity.title, identity.scope, *identity.inspectors)
    for proven in filter(None, named):
        assert fold(text[proven.span.start : proven.span.end]) == proven.value
    dated = (identity.published, identity.visit_start, identity.visit_end)
    rest = (identity.authority, identity.framework, identity.issuer, identity.kind)
    spans = [one.span for one in (*dated, *rest) if one is not None]
    spans += [one.span for one in (*identity.judgements, *identity.reported_judgements)]
    assert all(0 <= span.start < span.end <= max(len(text), 1) for span in spans)
    assert identity_record(identity, 1)["doc_id"] == "0" * 16
