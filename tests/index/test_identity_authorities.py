"""Authorities in questions and running text: exact names, ambiguous ones, slips and non-places."""

from datetime import date

import pytest

from index.identity.authorities import authorities

ORDINARY = """
reading bath bury wells start storks report leads hackney barking bucks wilts staffs the and for
with children social workers worker care leavers leaver adoption adopters fostering foster
carers kinship placement placements permanence plans planning pathway advisers assessment
assessments audit audits supervision caseload caseloads management managers manager leaders
leadership inspectors inspector inspection inspections visit visits letter letters judgement
judgements grade grades graded good outstanding inadequate adequate requires improvement better
worse best worst first last latest newest oldest recent previous earlier later monitoring
focused assurance joint targeted area thematic short standard framework safeguarding protection
neglect abuse domestic exploitation missing return home homes residential unregistered
unregulated homeless homelessness accommodation housing health mental emotional wellbeing
education schools school virtual attendance exclusion employment training court courts
proceedings judiciary legal gateway panel panels outline orders order guardianship special
viability regulation matching contact family families father fathers mother mothers parents
parent brothers sisters siblings baby babies unborn birth young people person teenager teenagers
disabled disability disabilities asylum seeking unaccompanied refugees language interpreter
culture faith race ethnicity diversity identity voice wishes feelings views advocacy advocate
advocates complaint complaints budget budgets funding finance financial investment money cost
costs staff staffing recruitment retention turnover vacancies vacancy agency morale workload
workloads training induction practice quality assurance performance data information records
recording record chronology chronologies thresholds threshold referral referrals referred
contact front door hub partnership partners partnerships police probation hospital doctors
nurses council councillor councillors members member political corporate parent parenting
strategic strategy director directors chief executive board boards improvement improve improved
improving decline declined declining weak weakness strong strength strengths serious widespread
failures failure delay delays drift timely timeliness swift prompt slow quickly backlog response
respond responded experience experiences progress impact outcomes evidence number numbers figure
figures percentage many much more less most least how what when where which who whom whose why
does did done has have had was were is are be been being about after again against all also
among any because before between both but by can could down each even every few from get give
given go going great here high his her him hold however important in into it its just keep know
known large like long look made make may might must need needs never new next no nor not now of
off often old on once only or other our out over own part perhaps place point possible put quite
rather really right said same say says see seem seen several shall she should show shown since
small so some soon still such take taken tell than that their them then there these they thing
things think this those though through time to today together too under until up upon us use
used very want way well went what while will within without word words work worked working would
year years yes yet you your street went spoke stroke store stone smoke survey surrender country
county southern northern eastern western midway leeks pools stove steward trend trained derive
demand device durable eating easing narrow sorrow borrow burrow bedroom sandbox waited walking
warning wandering dealing healing sealing feeling leading heading writing meaning having
hovering covering lowering lewd islander harbour harvest garnet varnish tourist thorough through
plough cough enough slough
""".split()  # noqa: SIM905


def names(text):
    return [match.names for match in authorities().find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what changed in North Northamptonshire?", [("North Northamptonshire",)]),
        ("stoke on trent and stockton council", [("Stoke-on-Trent",), ("Stockton-on-Tees",)]),
        ("Stoke–on–Trent", [("Stoke-on-Trent",)]),
        ("Bournemouth, Christchurch & Poole", [("Bournemouth, Christchurch and Poole",)]),
        ("Nottingham is not Nottinghamshire", [("Nottingham",), ("Nottinghamshire",)]),
        ("Stockton's carers, stocktons leavers", [("Stockton-on-Tees",), ("Stockton-on-Tees",)]),
        ("are stokes workers overloaded, Mr Stokes?", [("Stoke-on-Trent",)]),
        ("middlesboro, peterboro, nottm", [("Middlesbrough",), ("Peterborough",), ("Nottingham",)]),
        ("Redcar \nand Cleveland", [("Redcar and Cleveland",)]),
        ("Hull, or Kingston upon Thames", [("Kingston upon Hull",), ("Kingston upon Thames",)]),
        ("bath & NE somerset", [("Bath and North East Somerset",)]),
        ("St. Helens and St Helen's", [("St Helens",), ("St Helens",)]),
        ("is Reading good at reading in Bury?", [("Reading",), ("Bury",)]),
        ("how did reading borough council do", [("Reading",)]),
        ("REPORT TO READING CABINET", [("Reading",)]),
        ("Greater Manchester, Newcastle-under-Lyme, Bury St Edmunds", []),
        ("Ms Sutton of York Road spoke to Cllr Kent", []),
        ("what about bury, bath and reading?", []),
        ("Reading and writing are taught well. Reading skills improved.", []),
        ("Reading the letter, I wonder. Bath time. Bury the lede.", []),
        ("Reading Road, Essex Street, Durham Lane, Wells Court", []),
        ("Does Redcar close care leavers at 21?", [("Redcar and Cleveland",)]),
        ("did Reading improve? And Bath?", [("Reading",), ("Bath and North East Somerset",)]),
        ("East Riding, West Berkshire, York", [
            ("East Riding of Yorkshire",),
            ("West Berkshire",),
            ("York",),
        ]),
    ],
)  # fmt: skip
def test_names_in_running_text(text, expected):
    assert names(text) == expected


def test_a_match_has_the_texts_own_words_and_place():
    text = "Was Stockton’s care good?"
    (match,) = authorities().find(text)
    assert text[match.start : match.end] == match.words == "Stockton"
    assert match.certain
    assert match.successors == ()


def test_an_ambiguous_form_gives_every_name_and_is_not_certain():
    (match,) = authorities().find("the SBC letter")
    assert match.names == ("Slough", "Solihull", "Southend-on-Sea", "Stockton-on-Tees", "Swindon")
    assert not match.certain


def test_an_abolished_authority_is_itself_and_tells_its_successors():
    (match,) = authorities().find("Northamptonshire County Council")
    assert match.names == ("Northamptonshire",)
    assert match.successors == ("North Northamptonshire", "West Northamptonshire")
    row = authorities().rows["Northamptonshire"]
    assert row.valid_on(date(2021, 3, 31))
    assert not row.valid_on(date(2021, 4, 1))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("how is Stoctkon doing?", "Stoctkon", "Stockton-on-Tees"),
        ("midlesbrough leavers", "midlesbrough", "Middlesbrough"),
        ("Nottinham", "Nottinham", "Nottingham"),
        ("north northamtonshire", "north northamtonshire", "North Northamptonshire"),
        ("stok-on-trent", "stok-on-trent", "Stoke-on-Trent"),
        ("Redcare and Cleveland local authority", "Redcare and Cleveland", "Redcar and Cleveland"),
        ("Birmingam's adopters", "Birmingam", "Birmingham"),
        ("westminister", "westminister", "Westminster"),
    ],
)
def test_misspelt_names(text, words, name):
    (match,) = authorities().fuzzy(text)
    assert (match.words, match.names, match.certain) == (words, (name,), False)


def test_what_is_spelt_rightly_is_no_misspelling():
    assert authorities().fuzzy("Stockton-on-Tees and Kent, Newcastle-under-Lyme") == []


def test_no_ordinary_word_becomes_a_place():
    assert len(set(ORDINARY)) >= 300
    wrong = {word for word in ORDINARY if authorities().fuzzy(word)}
    assert wrong == set()
    assert authorities().fuzzy(" ".join(ORDINARY)) == []
    exact = {word for word in ORDINARY if authorities().find(word)}
    assert exact == {"slough"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stockton", "Stockton-on-Tees"),
        ("stoke on trent", "Stoke-on-Trent"),
        ("reading borough council", "Reading"),
        ("London Borough of Enfield", "Enfield"),
        ("Royal Borough of Windsor and Maidenhead", "Windsor and Maidenhead"),
        ("City of York", "York"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("herefordshire, county of", "Herefordshire"),
        ("SBC", None),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_canonical_names_of_filter_values(name, expected):
    assert authorities().canonical(name) == expected


def test_every_canonical_name_finds_itself():
    table = authorities()
    assert {name: table.canonical(name) for name in table.rows} == {n: n for n in table.rows}
    assert {name: names(f"in {name} today") for name in table.rows} == {
        name: [(name,)] for name in table.rows
    }
