"""Reading in a child process: what harms it is named within its limits, the rest is read."""

import os
import resource
import threading
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from index.building.files import Found
from index.building.loading_process import LoadingProcess
from index.errors import LoadError
from tests.fakes import builder, corpus, letter
from tests.index.loading_files import Put, make_pdf, raw_pdf

_PAGE = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] "


def _form(stream, resources):
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << {resources} >> "
        f"/Length {len(stream)} >>\nstream\n{stream}\nendstream"
    )


def _pdf(objects):
    return raw_pdf(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", *objects]
    )


def form_in_itself():
    """A page whose form draws itself twice."""
    page = _PAGE + "/Resources << /XObject << /X 5 0 R >> >> >>"
    again = _form("/X Do /X Do", "/XObject << /X 5 0 R >>")
    return _pdf([page, "<< /Length 5 >>\nstream\n/X Do\nendstream", again])


def many_forms(levels=9, times=12):
    """Forms that each draw the next ``times`` times: 12 to the 9th letters."""
    page = _PAGE + "/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    forms = [
        _form("/X Do " * times, f"/Font << /F 5 0 R >> /XObject << /X {7 + n} 0 R >>")
        for n in range(levels)
    ]
    last = _form("BT /F 9 Tf 9 9 Td (a letter) Tj ET", "/Font << /F 5 0 R >>")
    return _pdf([page, "<< /Length 5 >>\nstream\n/X Do\nendstream", font, *forms, last])


HOSTILE = {"itself.pdf": form_in_itself, "laughs.pdf": many_forms}


@pytest.fixture(scope="module")
def process():
    with LoadingProcess() as reader:
        yield reader


def found(path):
    return Found(Path(path), Path(path).name, None)


def spent():
    """Seconds of processor time that ended children took: the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_file_that_takes_all_memory_or_time_is_refused_and_the_next_is_read(
    process, tmp_path, name
):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    begun = spent()
    with pytest.raises(LoadError, match="made to do harm"):
        process.load(found(path))
    assert spent() - begun < 10
    (tmp_path / "next.txt").write_text(letter(1), encoding="utf-8")
    assert process.load(found(tmp_path / "next.txt")).text.startswith("Focused visit to Stockton")


def test_the_cases_that_were_found_are_refused(process, shared):
    for name in ("form_recursion", "billion_laughs"):
        with pytest.raises(LoadError, match="made to do harm"):
            process.load(found(shared / f"cases/pdf/{name}.pdf"))


def test_a_long_report_is_read(process, tmp_path):
    line = "Children are visited often by workers who know them and their families well."
    pages = [
        [Put(70, 720 - 14 * n, f"{page} {n} {line}") for n in range(40)] for page in range(300)
    ]
    (tmp_path / "long.pdf").write_bytes(make_pdf(pages))
    document = process.load(found(tmp_path / "long.pdf"))
    assert len(document.pages) == 300
    assert document.text.count(line) == 300 * 40


def test_a_reply_is_what_reading_here_gives(process, seeds):
    from index.building.documents import load

    for path in sorted(seeds.glob("*.txt")):
        assert process.load(found(path)) == load(found(path))


def test_a_file_that_breaks_a_reader_is_named(process, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(letter(2), encoding="utf-8")
    row = {"published": "yesterday"}
    with pytest.raises(LoadError, match="yesterday"):
        process.load(Found(path, path.name, row))


def test_threads_are_served_one_after_the_other(tmp_path):
    corpus(tmp_path, range(12))
    texts = {}
    with LoadingProcess() as reader:

        def read(number):
            path = tmp_path / f"letter-{number:03d}.txt"
            texts[number] = reader.load(found(path)).text

        threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(f"findings of visit {number}." in texts[number] for number in range(12))


def test_a_build_names_the_hostile_and_holds_the_rest(tmp_path):
    letters = corpus(tmp_path / "letters", range(2))
    (letters / "itself.pdf").write_bytes(form_in_itself())
    os.mkfifo(letters / "pipe.txt")
    (letters / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    (letters / "out.txt").symlink_to(tmp_path / "outside.txt")
    (letters / "in.txt").symlink_to(letters / "letter-000.txt")
    with (letters / "sparse.txt").open("wb") as sparse:
        sparse.truncate(30_000_000_000)
    with open(os.fsencode(letters) + b"/caf\xe9.txt", "wb") as named:  # noqa: PTH123 - bytes
        named.write(b"A letter.")
    (letters / "~$letter.docx").write_bytes(b"\x07Word")
    (letters / "none.txt").touch()
    (letters / "none-too.txt").touch()
    report = builder(tmp_path / "index").build([letters])
    assert report.added == 2
    assert {problem.source: problem.reason.split(":")[0] for problem in report.problems} == {
        "caf\\xe9.txt": "its name is not UTF-8",
        "gone.txt": f"a link to {tmp_path / 'nowhere.txt'}, which is not there",
        "letter-000.txt": "the same bytes as in.txt",
        "itself.pdf": "needs more than 1000 MB of memory to read",
        "none-too.txt": "empty",
        "none.txt": "empty",
        "out.txt": f"a link out of the corpus, to {tmp_path / 'outside.txt'}",
        "pipe.txt": "no file that can be read (a pipe, a socket or a device); left out",
        "sparse.txt": "30000000000 bytes; at most 150000000 are read",
        "~$letter.docx": "the lock file of a document that is open in Word; not a document",
    }


def test_what_of_a_file_is_not_read_is_named_and_the_rest_is_held(tmp_path):
    document = docx.Document()
    document.add_paragraph("Half of them stay:")._p.append(OxmlElement("m:oMath"))
    (tmp_path / "letters").mkdir()
    document.save(tmp_path / "letters/half.docx")
    report = builder(tmp_path / "index").build([tmp_path / "letters"])
    assert report.added == len(report.manifest.documents) == 1
    assert [(one.source, one.reason) for one in report.problems] == [
        ("half.docx", "read, but for 1 formula")
    ]
