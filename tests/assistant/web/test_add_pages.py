import asyncio
import errno
import re
import zipfile
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from bs4 import BeautifulSoup

from assistant.auth.accounts import ADD, Accounts, add_account, allow
from assistant.http import body_limit
from assistant.rendering.references import formal_reference
from assistant.types import Citation
from assistant.web import batches, upload_request, uploads
from assistant.web.app import build_pages
from assistant.web.login import PasswordAuth
from assistant.web.uploads import Uploads, safe_name
from index.errors import AssistantError, IndexLocked
from index.store import manifest
from tests.adding_place import PATIENCE_S, Place
from tests.assistant.web.test_safety import HTML, PASSWORD, sign_in, visits
from tests.fakes import builder, letter
from tests.web_fakes import HOSTILE

LEEDS = letter(0).encode()
REPORT = (Path(__file__).parents[2] / "index/identity_fronts/bcp.txt").read_bytes()
KNOWN_BY_NAME = "letter-001.txt"


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def said(page):
    return [" ".join(one.get_text(" ").split()) for one in page.select(".added")]


def docx_bomb():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:document>" + b"<p>" * 100_000_000)
    return made.getvalue()


def test_several_documents_are_added_at_once_and_shown_with_what_was_read(place):
    page = place.add(("Leeds.txt", LEEDS), ("Torbay.md", letter(3).encode()))
    first, second = said(page)
    assert "Leeds.txt Added." in first
    assert "Authority Leeds Kind focused visit letter" in first
    assert "Authority Torbay" in second
    assert place.sources == ["Leeds.txt", "Torbay.md", KNOWN_BY_NAME]
    assert place.kept == ["Leeds.txt", "Torbay.md"]
    assert {(place.files / name).stat().st_mode & 0o777 for name in place.kept} == {0o600}
    listed = BeautifulSoup(place.get("/collection/add").text, "lxml")
    assert [one.get_text() for one in listed.select(".talks .quiet")] == ["Leeds.txt", "Torbay.md"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.7 cut", "cut short"),
        ("a.pdf", LEEDS, "mislabelled: named .pdf but holds plain text"),
        ("a.docx", b"PK\x03\x04 broken", "damaged or cut short"),
        ("a.docx", docx_bomb(), "(unpacks|unpacked|memory|larger|bytes)"),
        ("a.txt", b"", "empty: the file holds nothing"),
        ("a.png", b"\x89PNG", "not a kind of file we read"),
        ("a.ODT", b"PK", r"an OpenDocument text, .*: save it as Word \(\.docx\) or PDF"),
        ("a.msg", b"x", "an Outlook e-mail, .*: add the document that is attached to it"),
        (
            "a.docx",
            b"{\\rtf1 x}",
            "mislabelled: named .docx but holds rich text, .*: save it",
        ),
        ("metadata.csv", b"source,authority\n*,Kent\n", "not a kind of file we read"),
        ("README.md", b"# About", "describes the folder"),
    ],
)
def test_what_cannot_be_read_is_named_in_a_sentence_and_nothing_is_kept(
    place, name, content, reason
):
    (refused,) = said(place.add((name, content)))
    assert re.search(rf"^{re.escape(name)} Not done: .*{reason}.*\.$", refused), refused
    assert str(place.index.parent) not in refused
    assert place.kept == []
    assert place.sources == [KNOWN_BY_NAME]
    assert manifest.read(place.index).problems == ()


def test_the_same_bytes_are_held_once_and_the_same_name_twice(place):
    same, other = said(place.add(("mine.txt", letter(1).encode()), (KNOWN_BY_NAME, LEEDS)))
    assert "Held already: it is the same file as letter-001.txt." in same
    assert "It is called letter-001 (2).txt here." in other
    assert place.sources == ["letter-001 (2).txt", KNOWN_BY_NAME]


def test_markup_in_a_name_stays_a_name(place):
    page = place.add((f"{HOSTILE.replace('/', '')}.txt", LEEDS))
    assert page.select("main script, main img, main svg, main iframe") == []
    assert "<svg>" in page.select_one(".added h2").get_text()
    (kept,) = place.kept
    assert not set("<>\"'&{}`$") & set(kept.replace("'", "").replace("&", ""))


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Leeds report (final).PDF", "Leeds report (final).pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\letters\\Leeds.docx", "Leeds.docx"),
        (".hidden.txt", "hidden.txt"),
        ("=cmd|'x'!A1.txt", "cmd_'x'_A1.txt"),
        ("~$open.docx", "open.docx"),
        ("Caerdydd – Gŵyl\n2.md", "Caerdydd _ Gŵyl_2.md"),
        ("<>.txt", "document.txt"),
        ("ŵ" * 300 + ".txt", "ŵ" * 60 + ".txt"),
    ],
)
def test_names_on_the_disk_are_made_here(given, safe):
    assert safe_name(given) == safe


def test_a_correction_holds_over_the_text_and_is_marked_and_can_be_taken_back(place):
    place.add(("Leeds.txt", LEEDS))
    doc_id = place.doc_id("Leeds.txt")
    given = {"document": doc_id, "authority": "bristol council", "kind": "focused visit letter",
             "published": "31/01/2022"}  # fmt: skip
    (shown,) = said(place.ended(place.post("/collection/correct", data=given)))
    assert (
        "Authority Bristol (given by hand) Kind focused visit letter Date 31 January 2022" in shown
    )
    identity = place.store.identity(doc_id)
    assert (identity.authority_name, identity.authority.origin) == ("Bristol", "sidecar")
    assert (identity.kind.origin, identity.dated_from) == ("text", "sidecar")
    row = (place.files / "metadata.csv").read_text().splitlines()[1]
    assert row == "Leeds.txt,,,,,Bristol,2022-01-31,,,,authority published"
    assert "Bristol" in place.get(f"/collection/document/{doc_id}").text
    emptied = {"document": doc_id, "authority": "", "kind": "", "published": ""}
    (shown,) = said(place.ended(place.post("/collection/correct", data=emptied)))
    assert "given by hand" not in shown.split("Correct ")[0]
    assert place.store.identity(doc_id).authority_name == "Leeds"


def test_the_address_and_the_days_of_a_visit_are_given_and_stand_in_references(place):
    place.add(("Leeds.txt", LEEDS))
    doc_id = place.doc_id("Leeds.txt")
    url = "https://files.ofsted.gov.uk/v1/file/50176754?a=1&b=2"
    given = {"document": doc_id, "visit_start": "7 December 2021", "visit_end": "08/12/2021",
             "url": f" {url} "}  # fmt: skip
    (shown,) = said(place.ended(place.post("/collection/correct", data=given)))
    assert "Visit 7–8 December 2021 (given by hand)" in shown
    assert f"Published at {url} (given by hand)" in shown
    row = (place.files / "metadata.csv").read_text().splitlines()[1]
    assert row == f"Leeds.txt,,,,,,,2021-12-07,2021-12-08,{url},visit_start visit_end url"
    form = BeautifulSoup(place.get(f"/collection/document/{doc_id}").text, "lxml")
    values = {one["name"]: one["value"] for one in form.select(".field input")}
    assert (values["visit_start"], values["url"]) == ("7 December 2021", url)
    cited = Citation(1, place.store.identity(doc_id), None, "12", "Findings", 0, 1, "F")
    assert formal_reference(cited).endswith(f", Findings, paragraph 12, {url}")


def selected(page):
    """What the form gives each judgement, by its name."""
    fields = page.select(".grades select")
    return {one["name"]: one.select_one("[selected]").text for one in fields
            if one.select_one("[selected]")}  # fmt: skip


READ = {"overall_effectiveness": "inadequate", "impact_of_leaders": "inadequate",
        "help_and_protection": "inadequate", "in_care": "requires improvement"}  # fmt: skip


def test_grades_are_corrected_added_taken_out_marked_and_taken_back(place):
    place.add(("Report.txt", REPORT))
    doc_id = place.doc_id("Report.txt")
    path = f"/collection/document/{doc_id}"
    form = BeautifulSoup(place.get(path).text, "lxml")
    assert selected(form) == READ
    able = [one.text for one in form.select("[name=care_leavers] option")]
    assert able == ["none was read", "outstanding", "good", "requires improvement", "inadequate",
                    "not given"]  # fmt: skip
    given = READ | {"document": doc_id, "overall_effectiveness": "good",
                    "care_leavers": "outstanding", "in_care": "not given"}  # fmt: skip
    (shown,) = said(place.ended(place.post("/collection/correct", data=given)))
    told = shown.split("Correct ")[0]
    assert "Overall effectiveness good (given by hand)" in told
    assert "Impact of leaders inadequate Help" in told
    assert "Children in care not given (given by hand)" in told
    assert "Care leavers outstanding (given by hand)" in told
    row = (place.files / "metadata.csv").read_text().splitlines()
    assert row[0].endswith(",url,overall_effectiveness,in_care,care_leavers,corrected")
    corrected = "overall_effectiveness in_care care_leavers"
    assert row[1] == f"Report.txt,,,,,,,,,,good,not given,outstanding,{corrected}"
    identity = place.store.identity(doc_id)
    assert {one.key: one.grade.value for one in identity.judgements if one.origin == "sidecar"} == {
        "overall_effectiveness": "good", "care_leavers": "outstanding"
    }  # fmt: skip
    assert 'good <span class="quiet">(given by hand)' in place.get(f"/letter/{doc_id}").text
    assert "good (given by hand)" in place.get("/collection").text
    kept = selected(BeautifulSoup(place.get(path).text, "lxml"))
    assert kept == {key: one for key, one in given.items() if key != "document"}
    (shown,) = said(place.ended(place.post("/collection/correct", data={"document": doc_id})))
    assert "given by hand" not in shown.split("Correct ")[0]
    assert selected(BeautifulSoup(place.get(path).text, "lxml")) == READ


def test_grades_of_what_is_no_report_any_more_are_not_kept(place):
    place.add(("Report.txt", REPORT))
    data = {
        "document": place.doc_id("Report.txt"),
        "kind": "focused visit letter",
        "in_care": "good",
    }
    (shown,) = said(place.ended(place.post("/collection/correct", data=data)))
    assert "Kind focused visit letter (given by hand)" in shown
    assert "this document gives no grade" in shown
    assert "Grades in this report" not in shown


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("visit_end", "yesterday", "“yesterday” is no day"),
        ("url", "javascript:alert(1)", "“javascript:alert(1)” is no address of a page"),
        ("url", "https://a b", "is no address of a page: copy it from the browser"),
        ("authority", "Atlantis", "“Atlantis” is no English local authority"),
        ("in_care", "brilliant", "“brilliant” is no grade: choose one from the list."),
        ("kind", "novel", "“novel” is no kind of document"),
        ("published", "31/13/2022", "“31/13/2022” is no day"),
        ("published", "1 May 2199", "“1 May 2199” is still to come"),
    ],
)
def test_a_correction_that_cannot_be_is_said_and_what_was_typed_stays(
    place, field, typed, sentence
):
    place.add(("Leeds.txt", LEEDS))
    data = {"document": place.doc_id("Leeds.txt"), field: typed}
    answer = place.post("/collection/correct", data=data)
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert sentence in page.select_one("[role=alert]").get_text()
    assert typed in ("novel", "brilliant") or page.select_one(f"[name={field}]")["value"] == typed
    assert place.kept == ["Leeds.txt"]


def test_a_visit_cannot_end_before_it_began(place):
    place.add(("Leeds.txt", LEEDS))
    given = {"visit_start": "8 May 2022", "visit_end": "7 May 2022"}
    data = {"document": place.doc_id("Leeds.txt"), **given}
    answer = place.post("/collection/correct", data=data)
    assert answer.status_code == 422
    assert "The visit would end on 7 May 2022, before it began on 8 May 2022." in answer.text


def test_a_document_is_removed_with_its_file_and_no_other_can_be(place):
    place.add(("Leeds.txt", LEEDS))
    doc_id = place.doc_id("Leeds.txt")
    place.ended(place.post("/collection/correct", data={"document": doc_id, "authority": "Kent"}))
    (shown,) = said(place.ended(place.post("/collection/remove", data={"document": doc_id})))
    assert shown == "Leeds.txt Removed."
    assert place.sources == [KNOWN_BY_NAME]
    assert "Leeds" not in (place.files / "metadata.csv").read_text()
    for other in (doc_id, place.doc_id(KNOWN_BY_NAME), "../../x"):
        assert place.post("/collection/remove", data={"document": other}).status_code == 404
    assert place.sources == [KNOWN_BY_NAME]


def test_what_a_new_build_left_out_is_put_back(place):
    place.add(("Leeds.txt", LEEDS))
    builder(place.index).build([place.index.parent / "corpus"])
    place.adding.documents._index._follow()
    assert "Not in the index now" in place.get("/collection/add").text
    (shown,) = said(place.ended(place.post("/collection/put-back")))
    assert "Authority Leeds" in shown
    assert place.sources == ["Leeds.txt", KNOWN_BY_NAME]


def test_only_accounts_with_the_right_add_and_only_as_long_as_they_have_it(place, tmp_path):
    users = tmp_path / "users"
    add_account(users, "ann", PASSWORD)
    auth = PasswordAuth(Accounts(users))
    place.may = lambda who: auth.may(who, ADD)
    app = build_pages(place.parts, auth)
    sent = {"files": [("files", ("Leeds.txt", LEEDS))], "headers": HTML}
    one = {"document": place.doc_id(KNOWN_BY_NAME)}
    paths = [("GET", "/collection/add", {"headers": HTML}), ("POST", "/collection/add", sent),
             ("POST", "/collection/put-back", {"headers": HTML}),
             ("POST", "/collection/remove", {"headers": HTML, "data": one}),
             ("POST", "/collection/correct", {"headers": HTML, "data": one})]  # fmt: skip
    _, *refused, held = visits(app, sign_in(), *paths, ("GET", "/collection", {"headers": HTML}))
    assert [one.status_code for one in refused] == [403] * len(paths)
    assert all("Your account may not add" in one.text for one in refused)
    assert "/collection/add" not in held.text
    allow(users, "ann", ADD)
    _, shown, held = visits(app, sign_in(), paths[0], ("GET", "/collection", {"headers": HTML}))
    assert shown.status_code == 200
    assert "/collection/add" in held.text
    (unknown,) = visits(app, paths[1])
    assert unknown.status_code == 401
    assert place.kept == []


def test_a_right_that_is_taken_away_meanwhile_counts_at_once(place):
    rights = [True, False]  # when the files arrive, and when they are read
    place.may = lambda who: rights.pop(0) if rights else True
    (refused,) = said(place.add(("Leeds.txt", LEEDS)))
    assert "Not done: the right to add documents was taken away before it was read." in refused
    assert list(place.files.iterdir()) == []


def test_a_second_waits_and_is_told_so(place):
    entered, go = Event(), Event()
    put = place.adding.documents._put

    def slow(path):
        entered.set()
        assert go.wait(PATIENCE_S)
        return put(path)

    place.adding.documents._put = slow
    sent = [("files", ("Leeds.txt", LEEDS))], [("files", ("Torbay.txt", letter(3).encode()))]
    first, second = (place.post("/collection/add", files=files) for files in sent)
    assert entered.wait(PATIENCE_S)
    waiting = place.get(second.headers["location"]).text
    assert "Others are adding documents. Yours come after 1 other." in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    go.set()
    assert "Authority Leeds" in said(place.ended(first))[0]
    assert "Authority Torbay" in said(place.ended(second))[0]


def test_more_than_can_wait_are_turned_away(place, monkeypatch):
    monkeypatch.setattr(batches, "_MOST_WAITING", 0)
    answer = place.post("/collection/add", files=[("files", ("Leeds.txt", LEEDS))])
    assert (answer.status_code, "Very many documents" in answer.text) == (429, True)
    assert place.kept == []


def test_as_many_as_can_be_kept_are_and_another_once_one_is_removed(place, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_KEPT", 1)
    other = ("Torbay.txt", letter(3).encode())
    added, refused = said(place.add(("Leeds.txt", LEEDS), other))
    assert "Leeds.txt Added." in added
    reason = "1 documents were added from here, and no more can be; remove some first."
    assert refused == f"Torbay.txt Not done: {reason}"
    assert (place.kept, place.sources) == (["Leeds.txt"], ["Leeds.txt", KNOWN_BY_NAME])
    place.ended(place.post("/collection/remove", data={"document": place.doc_id("Leeds.txt")}))
    assert "Torbay.txt Added." in said(place.add(other))[0]


def full(*_arguments):
    raise OSError(errno.ENOSPC, "No space left on device", "/srv/secret")


def unwritable(path):
    try:
        full()
    except OSError as error:
        raise AssistantError("the index in /srv/secret could not be written") from error


def locked(path):
    raise IndexLocked("process 7 is writing to the index in /srv/secret")


def broken(path):
    raise RuntimeError("/srv/secret")


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [
        (unwritable, "there is no room left on the disk."),
        (full, "there is no room left on the disk."),
        (locked, "another program is writing to the index"),
        (broken, "something went wrong"),
    ],
)
def test_what_fails_is_said_without_the_server_s_paths_and_the_next_is_added(
    place, fails, sentence
):
    add, place.live.add = place.live.add, fails
    (refused,) = said(place.add(("Leeds.txt", LEEDS)))
    assert f"Leeds.txt Not done: {sentence}" in refused
    assert "secret" not in refused
    assert list(place.files.iterdir()) == []
    place.live.add = add
    assert "Authority Leeds" in said(place.add(("Leeds.txt", LEEDS)))[0]


def test_a_disk_that_is_full_when_files_arrive_is_said(place, monkeypatch):
    monkeypatch.setattr("shutil.copyfileobj", full)
    (refused,) = said(place.add(("Leeds.txt", LEEDS)))
    assert refused == "Leeds.txt Not done: there is no room left on the disk."
    assert list(place.files.iterdir()) == []


def test_a_correction_that_fails_leaves_what_was_said_before(place):
    place.add(("Leeds.txt", LEEDS))
    place.live.add = locked
    data = {"document": place.doc_id("Leeds.txt"), "authority": "Kent"}
    (refused,) = said(place.ended(place.post("/collection/correct", data=data)))
    assert "another program" in refused
    assert "Kent" not in (place.files / "metadata.csv").read_text()
    assert place.store.identity(data["document"]).authority_name == "Leeds"


def test_size_and_number_have_limits(place, monkeypatch):
    many = [("files", (f"{n}.txt", LEEDS)) for n in range(21)]
    answer = place.post("/collection/add", files=many)
    assert (answer.status_code, "at most 20 are read at once" in answer.text) == (422, True)
    answer = place.post("/collection/add", files=[("files", ("", b""))])
    assert (answer.status_code, "No file was chosen" in answer.text) == (422, True)
    monkeypatch.setattr(upload_request, "MOST_FILE_BYTES", 100)
    assert "at most 0 MB are read" in said(place.add(("Leeds.txt", LEEDS)))[0]
    monkeypatch.setattr(body_limit, "MOST_ADDED_BYTES", -99_000)
    answer = place.post("/collection/add", files=[("files", ("Leeds.txt", LEEDS))])
    assert (answer.status_code, "Together the files are larger" in answer.text) == (413, True)
    assert place.kept == []


def test_documents_that_come_too_slowly_are_given_up(place):
    async def trickle():
        yield b"--x\r\n"
        await asyncio.sleep(5)

    kind = {"content-type": "multipart/form-data; boundary=x"}
    request = ("POST", "/collection/add", {"content": trickle(), "headers": {**HTML, **kind}})
    (answer,) = visits(body_limit.BodyLimit(place.app, patience_s=0.1), request)
    assert (answer.status_code, "took too long to arrive" in answer.text) == (408, True)


def test_another_site_adds_nothing(place):
    files = [("files", ("Leeds.txt", LEEDS))]
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        answer = place.post("/collection/add", files=files, headers={**HTML, **headers})
        assert answer.status_code == 403
    assert place.sources == [KNOWN_BY_NAME]


def test_what_is_no_form_is_refused(place):
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = place.post("/collection/add", content=b"--y\r\nz", headers={**HTML, **kind})
    assert answer.status_code in (400, 422)
    assert "nothing was added" in answer.text


def test_the_first_screen_says_where_documents_are_added(place):
    assert place.parts.can_add
    place.adding.for_all = False
    assert not place.parts.can_add


def test_what_an_ended_server_left_half_is_deleted(tmp_path: Path):
    (tmp_path / ".new-1234").write_bytes(b"half")
    assert Uploads(tmp_path).paths() == []
    assert list(tmp_path.iterdir()) == []
