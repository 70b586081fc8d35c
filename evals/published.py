"""Writes a run's figures into a document: ``python -m evals.published RUN README.md``.

The document has the lines ``<!-- evaluation -->`` and ``<!-- /evaluation -->``; what stands
between them is replaced. The run is one of ``assistant eval run … --beside-baseline``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from evals.report.markdown import readme_table
from evals.report.rows import HEADLINE
from evals.run.folder import read
from evals.scores import Scores, score
from index.errors import SuiteError

_BETWEEN = re.compile(r"(?<=<!-- evaluation -->\n).*?(?=<!-- /evaluation -->)", re.DOTALL)


def table(run: Path) -> str:
    """Return the headline figures of a run and of the baseline beside it, and what they mean.

    Raises:
        SuiteError: the folder holds no finished run.
    """
    ours = score(read(run))
    plain = score(read(run / "baseline"))
    figures = readme_table([("plain baseline", plain), ("assistant", ours)])
    return f"{figures}\n{_caption(ours)}\n"


def write(run: Path, document: Path) -> None:
    """Replace the table in ``document``.

    Raises:
        SuiteError: the document does not say where it goes.
    """
    text = document.read_text("utf-8")
    if not _BETWEEN.search(text):
        raise SuiteError(
            f"{document} does not say where the table goes: add the lines <!-- evaluation --> "
            "and <!-- /evaluation -->"
        )
    new = table(run)
    document.write_text(_BETWEEN.sub(lambda _: new, text), "utf-8")


def _caption(scores: Scores) -> str:
    about = scores.run.about
    figures = [figure for name in HEADLINE if (figure := scores.figure(name)) is not None]
    meanings = "; ".join(f"`{f.metric.name}`: {f.metric.title}" for f in figures)
    return (
        f"{len(scores.questions)} questions of `{about.suite}`, k = {about.k}; in brackets 95 % "
        f"intervals; `wrong_authority` is better when lower. {meanings}."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals.published", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of a run made with --beside-baseline")
    parser.add_argument("document", type=Path, help="the Markdown file to write into")
    chosen = parser.parse_args(arguments)
    write(chosen.run, chosen.document)
    print(f"wrote the figures of {chosen.run} into {chosen.document}")


if __name__ == "__main__":
    main()
