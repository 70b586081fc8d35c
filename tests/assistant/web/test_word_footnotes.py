import io

from docx import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from assistant.checking.paragraphs import Paragraph, of_word
from assistant.web.word_footnotes import Footnotes
from index.loading.reading import read

HOSTILE = "<w:t>&amp;</w:t> ]]> “words”"


def written(file) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def noted() -> bytes:
    file = WordFile()
    notes = Footnotes(file)
    first, second = file.add_paragraph("One."), file.add_table(1, 1).cell(0, 0).paragraphs[0]
    notes.add(first, "Here, page 1", HOSTILE)
    first.add_run(" More.")
    second.add_run("Two.")
    notes.add(second, "There")
    return written(file)


def test_each_mark_has_its_footnote_in_order_also_in_a_table():
    said = [
        Paragraph("One. [1] [2] More."),
        Paragraph("[1] Here, page 1", note=True),
        Paragraph(f"[2] {HOSTILE}", note=True),
        Paragraph("Two. [3]"),
        Paragraph("[3] There", note=True),
    ]
    assert of_word(noted()) == said
    assert of_word(written(WordFile(io.BytesIO(noted())))) == said


def test_the_file_has_what_word_needs_for_footnotes():
    file = WordFile(io.BytesIO(noted()))
    (part,) = (
        one.target_part
        for one in file.part.rels.values()
        if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    )
    notes = list(parse_xml(part.blob))
    kinds = [note.get(qn("w:type")) for note in notes]
    assert kinds == ["separator", "continuationSeparator", None, None, None]
    assert [note.get(qn("w:id")) for note in notes] == ["0", "1", "2", "3", "4"]
    body = file.element.body
    assert body.xpath(".//w:footnoteReference/@w:id") == ["2", "3", "4"]
    assert file.settings.element.xpath("w:footnotePr/w:footnote/@w:id") == ["0", "1"]
    assert file.settings.element.xpath("w:footnotePr/following-sibling::w:compat")
    used = {run.style.name for run in file.paragraphs[0].runs}
    assert "footnote reference" in {name.lower() for name in used}


def test_a_file_of_ours_reads_as_a_document_with_its_footnotes():
    text = read(noted(), "saved.docx").text
    assert "One." in text
    assert "Here, page 1" in text
