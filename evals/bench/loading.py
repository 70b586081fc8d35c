"""Loading PDF letters, with layout, headings and cleaning, beside pypdf's bare text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from evals.bench.ratio import Ratio, side_by_side_ms


def loading(letters: Path | None) -> Iterator[Ratio | str]:
    """Yield all PDF files of the folder through both."""
    import pypdf

    from index.loading import read

    paths = sorted(letters.glob("*.pdf")) if letters else []
    held = {p.name: data for p in paths if (data := p.read_bytes()).startswith(b"%PDF")}
    if not held:
        yield "loading PDF: not measured; name a folder of letters with --letters"
        return
    pages = sum(len(pypdf.PdfReader(BytesIO(data)).pages) for data in held.values())

    def theirs() -> None:
        for data in held.values():
            for page in pypdf.PdfReader(BytesIO(data)).pages:
                page.extract_text()

    def ours() -> None:
        for name, data in held.items():
            read(data, name)

    mine, other = side_by_side_ms(ours, theirs, 1)
    yield Ratio(
        f"loading {len(held)} PDF letters of {pages} pages, cleaned",
        "page",
        mine / pages,
        "pypdf, text alone",
        other / pages,
    )
