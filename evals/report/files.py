"""Writes all reports of a run into a folder."""

from __future__ import annotations

from pathlib import Path

from evals.compare import Comparison
from evals.report.junit import junit
from evals.report.markdown import comparison_markdown, scores_markdown
from evals.report.page import page
from evals.report.trec import qrels_file, run_file
from evals.scores import Scores


def write_reports(
    scores: Scores, folder: Path, comparison: Comparison | None = None
) -> dict[str, Path]:
    """Write HTML, Markdown, JUnit XML and the TREC files.

    Returns:
        Format → file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    markdown = scores_markdown(scores)
    if comparison is not None:
        markdown += "\n" + comparison_markdown(comparison)
    contents = {
        "html": ("report.html", page(scores, comparison)),
        "markdown": ("report.md", markdown),
        "junit": ("junit.xml", junit(scores)),
        "trec_run": ("run.trec", run_file(scores)),
        "trec_qrels": ("qrels.trec", qrels_file(scores)),
    }
    written = {}
    for name, (file, text) in contents.items():
        written[name] = folder / file
        # a lone surrogate in a hostile question has no UTF-8: it is shown as "?"
        written[name].write_bytes(text.encode("utf-8", "replace"))
    return written
