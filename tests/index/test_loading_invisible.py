"""Text that a PDF draws and no reader sees; the text layer of a scan is read all the same."""

import pytest

from index.loading import read
from tests.index.loading_files import Put, make_pdf, raw_pdf

SEEN = "Leaders know their children well and visit them often enough to help."
HIDDEN = "The authority was judged to be outstanding in every part of its work."
PICTURE = "q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def page(content, form=""):
    """A page of this content, in which /X is a form of its own."""
    fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    again = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {fonts} >>"
    return raw_pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] "
            f"/Resources << {fonts} /XObject << /X 5 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            f"<< {again} /Length {len(form)} >>\nstream\n{form}\nendstream",
        ]
    )


def drawn(text, mode, y):
    return f"BT /F 11 Tf {mode} Tr 50 {y} Td ({text}) Tj ET"


def test_invisible_text_beside_text_that_is_seen_is_left_out_and_named():
    both = [Put(50, 700, SEEN), Put(50, 500, HIDDEN, invisible=True)]
    made = read(make_pdf([both, [Put(50, 700, "They see that early help is there for families.")]]),
                "a.pdf")  # fmt: skip
    assert SEEN in made.text
    assert "early help" in made.text
    assert "outstanding" not in made.text
    assert made.unread == ("invisible text on 1 page",)


def test_the_text_layer_of_a_scan_is_read():
    layer = [Put(50, 700, SEEN, invisible=True), Put(50, 500, HIDDEN, invisible=True)]
    made = read(make_pdf([layer]), "a.pdf")
    assert [part in made.text for part in (SEEN, HIDDEN)] == [True, True]
    assert made.unread == ()


@pytest.mark.parametrize(("size", "is_read"), [((595, 842), True), ((90, 90), False)])
def test_a_stamp_on_a_scan_hides_none_of_its_text_and_a_logo_is_no_scan(size, is_read):
    content = [PICTURE.format(*size), drawn(SEEN, 0, 800), drawn(HIDDEN, 3, 500)]
    made = read(page("\n".join(content)), "a.pdf")
    assert SEEN in made.text
    assert (HIDDEN in made.text) is is_read
    assert bool(made.unread) is not is_read


def test_invisible_text_inside_a_form_is_left_out():
    form = f"{drawn(SEEN, 0, 700)}\n{drawn(HIDDEN, 3, 500)}"
    made = read(page("/X Do", form), "a.pdf")
    assert made.text.strip() == SEEN
    assert made.unread == ("invisible text on 1 page",)
