"""What holds for every file: nothing added, nothing but furniture lost, blocks cover all."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from evals import verbatim_check
from index.loading import read
from index.types import BlockKind, CleanText
from tests.index.loading_files import letter_docx, report_pdf


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.replace("\ufffe", "-")))


def letters(shared: Path) -> Iterator[Path]:
    return (
        path for path in sorted((shared / "letters").glob("*.pdf")) if "blackpool" not in path.name
    )


def check(clean: CleanText) -> None:
    end = 0
    for block in clean.blocks:
        between = clean.text[end : block.start].strip()
        assert between in ("", block.paragraph)
        text = clean.text[block.start : block.end]
        assert text
        assert text == text.strip()
        end = block.end
    assert end == len(clean.text)
    assert clean.pages[0] == 0
    assert list(clean.pages) == sorted(clean.pages)
    spans = {(block.start, block.end) for block in clean.blocks}
    starts = {start for start, _ in spans}
    ends = {end for _, end in spans}
    for section in clean.sections:
        assert section.span.start in starts
        assert all(item.start in starts and item.end in ends for item in section.items)


@pytest.mark.parametrize("data_and_name", [(report_pdf(), "a.pdf"), (letter_docx(), "a.docx")])
def test_made_files(data_and_name):
    check(read(*data_and_name))


def test_seeds_lose_only_marks(seeds):
    for path in sorted(seeds.glob("*.txt")):
        clean = read(path.read_bytes(), path.name)
        check(clean)
        assert words(clean.text) == words(path.read_text()), path.name


def unmarked(counted: Counter[str]) -> Counter[str]:
    """Words without the figures joined to them: PDFium gives "Board" and its footnote as Board1."""
    bare: Counter[str] = Counter()
    for word, count in counted.items():
        bare[word.rstrip("0123456789")] += count
    return bare


def test_letters_lose_only_running_lines_and_marks_of_footnotes_and_gain_nothing(shared):
    """Every other word that is lost stands on a line that is on at least 40 % of the pages."""
    for path in letters(shared):
        clean = read(path.read_bytes(), path.name)
        check(clean)
        document = pypdfium2.PdfDocument(path.read_bytes())
        pages = [page.get_textpage().get_text_range() for page in document]
        raw = words(" ".join(pages))
        gained, lost = words(clean.text) - raw, raw - words(clean.text)
        assert gained <= unmarked(lost), path.name
        for word, count in lost.items():
            known = word.isdigit() or word.rstrip("0123456789") in gained
            assert known or count >= 0.4 * len(pages), (path.name, word)


def test_999_sentences_of_a_thousand_are_verbatim(shared):
    """Sentences as pypdf reads them, those that cross pages included, are in the clean text."""
    tally = verbatim_check.Tally()
    for path in letters(shared):
        verbatim_check.check(path, tally)
    assert (tally.sentences > 7000, tally.crossing > 150) == (True, True)
    assert len(tally.missing) / tally.sentences < 0.001
    assert (tally.paragraphs > 1600, tally.strayed) == (True, [])


def test_the_same_bytes_give_the_same_text():
    assert read(report_pdf(), "a.pdf") == read(report_pdf(), "b.pdf")


def test_furniture_never_holds_findings(seeds):
    for path in sorted(seeds.glob("*.txt")):
        clean = read(path.read_bytes(), path.name)
        for block in clean.blocks:
            if block.kind is BlockKind.FURNITURE:
                assert len(clean.text[block.start : block.end].split()) <= 20
