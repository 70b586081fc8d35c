"""Turns records into questions: defaults, expected statuses, groups; reads no documents."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from assistant.types import Status
from evals.suite.fields import ConversationLine, HeaderLine, QuestionLine, explain
from evals.suite.records import Record
from evals.types import Fault, Gold, Question, Said

Unit = tuple[Question, ...]

_STATUSES: dict[str, tuple[Status, ...]] = {
    "unanswerable_in_domain": (Status.NOT_STATED, Status.NOT_HELD),
    "unanswerable_out_of_domain": (Status.OUT_OF_SCOPE,),
    "false_premise": (Status.PREMISE_CONTRADICTED,),
    "ambiguous_needs_authority": (Status.AMBIGUOUS,),
}
"""Expected statuses by category, as the sample questions define them."""


def units(records: list[Record]) -> tuple[list[Unit], list[Fault]]:
    """Return the units of a suite in order, and what is wrong with its lines."""
    found: list[Unit] = []
    faults: list[Fault] = []
    header = HeaderLine(suite="")
    for at, record in enumerate(records):
        if at == 0 or records[at - 1].file != record.file:
            header = HeaderLine(suite="")
        try:
            if "suite" in record.data and "question" not in record.data:
                header = HeaderLine.model_validate(record.data)
                continue
            unit, unknown = _unit(record, header)
        except ValidationError as error:
            faults.append(Fault(record.file, record.line, explain(error)))
            continue
        found.append(unit)
        faults += [_unknown_field(record, name) for name in unknown]
        faults += [f for question in unit for f in _faults(question)]
    return found, faults + _duplicates(found)


def _unit(record: Record, header: HeaderLine) -> tuple[Unit, list[str]]:
    if "turns" not in record.data:
        line = QuestionLine.model_validate(record.data)
        return (_question(line, record, header),), line.unknown()
    talk = ConversationLine.model_validate(record.data)
    turns = tuple(
        replace(_question(turn, record, header), conversation=talk.id, turn=number)
        for number, turn in enumerate(talk.turns, start=1)
    )
    unknown = {name for line in (talk, *talk.turns) for name in line.unknown()}
    return turns, sorted(unknown)


def _question(line: QuestionLine, record: Record, header: HeaderLine) -> Question:
    repeated = line.repeat.text * line.repeat.times if line.repeat else ""
    hostile = line.kind is not None and not line.category
    quotes = tuple(Gold(g[0], g[1], g[2] if len(g) == 3 else None) for g in line.gold_quotes)
    gold = quotes + tuple(Gold(source, "") for source in line.gold_documents)
    named = line.filters.get("authority")
    return Question(
        id=line.id,
        question=line.question + repeated,
        category=line.category or ("hostile" if hostile else "uncategorised"),
        gold=gold,
        groups=_groups(line, len(gold)),
        facts=tuple(line.nuggets if line.facts is None else line.facts),
        exact_facts=line.facts is not None,
        statuses=_statuses(line, hostile),
        authority=named if isinstance(named, str) else None,
        answer=line.answer or line.expected,
        notes=line.notes,
        history=tuple(Said(said.role, said.content) for said in line.history),
        standalone=line.standalone_question,
        hostile=hostile,
        must_not_contain=tuple(line.must_not_contain),
        no_overlap=line.no_overlap,
        file=record.file,
        line=record.line,
        documents=_pinned(header.documents if line.documents is None else line.documents),
        as_of=line.as_of or header.as_of,
    )


def _groups(line: QuestionLine, count: int) -> tuple[tuple[int, ...], ...]:
    if line.quote_groups is not None:
        return tuple(tuple(group) for group in line.quote_groups)
    return (tuple(range(count)),) if count else ()


def _statuses(line: QuestionLine, hostile: bool) -> tuple[Status, ...]:
    if line.status is not None:
        return tuple(line.status) if isinstance(line.status, list) else (line.status,)
    if hostile:
        return ()
    if line.category in _STATUSES:
        return _STATUSES[line.category]
    partial = (Status.PARTIAL,) if "partial" in line.notes.casefold() else ()
    return (Status.ANSWERED, *partial)


def _pinned(documents: list[str] | dict[str, str] | None) -> tuple[tuple[str, str], ...]:
    if documents is None:
        return ()
    if isinstance(documents, list):
        return tuple((source, "") for source in documents)
    return tuple(documents.items())


def _unknown_field(record: Record, name: str) -> Fault:
    return Fault(record.file, record.line, f"unknown field {name!r} is not used", warning=True)


def _faults(question: Question) -> list[Fault]:
    """Return what is wrong with one question by itself."""
    messages = []
    if not question.question.strip() and not question.hostile:
        messages.append(f"{question.id}: the question is empty")
    for group in question.groups:
        outside = [i for i in group if not 0 <= i < len(question.gold)]
        if outside or not group:
            messages.append(
                f"{question.id}: quote_groups names {outside or 'an empty group'}, "
                f"but gold_quotes has the indexes 0 to {len(question.gold) - 1}"
            )
    answerable = {Status.ANSWERED, Status.PARTIAL, Status.PREMISE_CONTRADICTED}
    if not question.gold and not question.hostile and set(question.statuses) <= answerable:
        messages.append(
            f"{question.id}: is expected to be {', '.join(question.statuses)}, "
            "but names no gold quote"
        )
    if any(not fact.strip() for fact in question.facts):
        messages.append(f"{question.id}: a fact is empty")
    return [Fault(question.file, question.line, message) for message in messages]


def _duplicates(found: list[Unit]) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[str, Question] = {}
    for unit in found:
        named = [(q.id, q) for q in unit]
        if unit[0].conversation is not None:
            named.insert(0, (unit[0].conversation, unit[0]))
        for name, question in named:
            if name in seen:
                first = f"{seen[name].file}:{seen[name].line}"
                message = f"the id {name!r} is taken: {first} has it"
                faults.append(Fault(question.file, question.line, message))
            seen.setdefault(name, question)
    return faults
