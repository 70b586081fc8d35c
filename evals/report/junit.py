"""JUnit XML, one test case a question, for CI systems that show such files."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from evals.outcome import EXPLAINED, Outcome
from evals.scores import Scored, Scores

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FINE = frozenset({Outcome.RIGHT, Outcome.NOT_JUDGED})


def junit(scores: Scores) -> str:
    """Return the document; what is not right is a failure, an exception an error."""
    wrong = [s for s in scores.questions if s.outcome not in _FINE]
    failed = sum(1 for s in wrong if s.outcome is Outcome.FAILED)
    suite = ET.Element(
        "testsuite",
        name=_clean(scores.run.about.suite),
        tests=str(len(scores.questions)),
        failures=str(len(wrong) - failed),
        errors=str(failed),
        skipped=str(sum(1 for s in scores.questions if s.outcome is Outcome.NOT_JUDGED)),
    )
    timings = scores.run.timings
    for one in scores.questions:
        timing = timings.get(one.judged.question.id)
        spent_ms = sum(filter(None, (timing.search_ms, timing.answer_ms))) if timing else 0.0
        _case(suite, one, spent_ms)
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, one: Scored, spent_ms: float) -> None:
    question = one.judged.question
    case = ET.SubElement(
        suite,
        "testcase",
        name=_clean(question.id),
        classname=_clean(question.category),
        time=f"{spent_ms / 1000:.3f}",
    )
    if one.outcome is Outcome.NOT_JUDGED:
        ET.SubElement(case, "skipped", message=EXPLAINED[one.outcome])
    if one.outcome in _FINE:
        return
    tag = "error" if one.outcome is Outcome.FAILED else "failure"
    fault = ET.SubElement(case, tag, message=f"{one.outcome.value}: {EXPLAINED[one.outcome]}")
    answer = one.judged.answer
    got = answer.text[:1000] if answer else (one.judged.result.error or "")
    wanted = ", ".join(question.statuses) or "any status"
    fault.text = _clean(f"{question.question[:500]}\nexpected: {wanted}\ngot: {got}")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
