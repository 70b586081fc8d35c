"""``assistant index``: build, add, remove, status, verify."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.index_status import status_record, write_status
from assistant.cli.options import IndexOption, JsonOption, in_force
from assistant.cli.output import quiet, say, say_table, write, write_json
from assistant.cli.progress import progress
from assistant.question.documents import resolve
from assistant.rendering.references import label
from assistant.service.index_writer import as_held, index_builder
from assistant.service.open_index import open_collection, passage_counts
from index.errors import IndexDamaged, IndexMissing, LoadError, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.building.builder import Builder, Report
    from index.milvus.build import MilvusBuilder
    from index.types import Identity

app = typer.Typer(
    help="Build and look after the index.", no_args_is_help=True, rich_markup_mode=None
)

DocIds = Annotated[list[str], typer.Argument(metavar="DOC_ID ...", help="An id or a source.")]


@app.command()
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH ...]", help="Files or folders [default: the shipped seeds]."),
    ] = None,
    shard: Annotated[
        str,
        typer.Option(
            "--shard", metavar="I/N", help="In Milvus: this machine's part of the documents."
        ),
    ] = "1/1",
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the index hold exactly these files; what is unchanged is not read again."""
    from assistant.settings import seeds_folder

    settings, part = in_force(index), _shard(shard)
    if part != (1, 1) and settings.store != "milvus":
        raise UsageError("--shard needs ASSISTANT_STORE=milvus: a folder has one writer at a time")
    report(settings, paths or [seeds_folder()], as_json, part)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH ...", help="Files or folders.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add files to what is held; a changed file of the same name replaces the old one."""
    settings = in_force(index)
    before: Sequence[Identity] = ()
    with suppress(IndexMissing):
        collection = open_collection(settings)
        before = collection.identities()
        collection.close()
    settings = as_held(settings)
    outcome = _run(settings, lambda builder: builder.add(absolute(paths)))
    held = outcome[0].manifest.documents
    replaced = [identity for identity in before if identity.doc_id not in held]
    for identity in replaced:
        say(f"{identity.source}: replaces {label(identity)} ({identity.doc_id}).")
    named = [{"source": one.source, "doc_id": one.doc_id} for one in replaced]
    _show(outcome, as_json, more={"replaced": named})


@app.command()
def remove(doc_ids: DocIds, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Remove documents from the index; the files themselves stay."""
    settings = in_force(index)
    collection = open_collection(settings)
    held = collection.identities()
    wanted = [resolve(held, name).doc_id for name in doc_ids]
    collection.close()
    done, seconds = _run(as_held(settings), lambda builder: builder.remove(wanted))
    collection = open_collection(settings)
    left = passage_counts(collection).total()
    collection.close()
    _show((done, seconds), as_json, left)


@app.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Show what the index holds and was made with."""
    collection = open_collection(in_force(index))
    record = status_record(collection)
    collection.close()
    write_json(record) if as_json else write_status(record)


@app.command()
def verify(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Check every file of the index against its checksum; exit 1 where one is damaged."""
    from index.store import manifest, segment

    settings = in_force(index)
    if settings.store == "milvus":
        raise UsageError("a folder's files are checked; Milvus checks its own")
    folder = settings.index
    held = manifest.read(folder)
    faults = [fault for entry in held.segments for fault in segment.verify(folder, entry)]
    files = 1 + sum(len(entry.files) for entry in held.segments)
    if as_json:
        write_json({"index": str(folder), "files": files, "ok": not faults, "faults": faults})
    if faults:
        raise IndexDamaged(
            f"{'; '.join(faults)}. Run 'assistant index build' to make the index anew"
        )
    if not as_json:
        write(f"{files} files checked: all are what the manifest says.")


def report(
    settings: Settings,
    paths: list[Path],
    as_json: bool = False,
    shard: tuple[int, int] = (1, 1),
) -> None:
    """Build, and say what was done.

    Raises:
        LoadError: no document could be read.
    """
    _show(_run(settings, lambda builder: builder.build(absolute(paths)), shard), as_json)


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise UsageError(f"--shard {text!r} is no part: write it like 2/4, the second of four")


def absolute(paths: list[Path]) -> list[Path]:
    """Return whole paths: the manifest names them, and they must mean the same from elsewhere."""
    return [path.absolute() for path in paths]


def _run(
    settings: Settings,
    work: Callable[[Builder | MilvusBuilder], Report],
    shard: tuple[int, int] = (1, 1),
) -> tuple[Report, float]:
    began = time.monotonic()
    with quiet(), progress() as told:
        done = work(index_builder(settings, told, shard))
    return done, time.monotonic() - began


def _show(
    outcome: tuple[Report, float],
    as_json: bool,
    left: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Say what was done.

    Args:
        outcome: what was done, and the seconds that it took.
        as_json: also as JSON.
        left: how many passages are left, where the manifest counts more.
        more: what the JSON says beside the report.
    """
    done, seconds = outcome
    many = done.manifest.passages if left is None else left
    for why in done.rebuilt_because:
        say(f"The index was made anew: {why}.")
    if as_json:
        write_json({**_report_record(done), "passages": many, **(more or {})})
    say_table(("documents", ""), _counts(done))
    if done.problems:
        say_table(("not indexed", "why"), [(p.source, p.reason) for p in done.problems])
    passages = f"{many} passages; " if done.manifest.segments else ""
    say(f"{passages}took {seconds:.1f} s.")
    if not done.manifest.documents and done.problems:
        first = done.problems[0]
        raise LoadError(first.source, f"{first.reason}; no document could be read")


def _counts(done: Report) -> list[tuple[str, int]]:
    return [
        ("read", done.added),
        ("kept as they were", done.kept),
        ("removed or replaced", done.removed),
        ("files not indexed", len(done.problems)),
        ("held now", len(done.manifest.documents)),
    ]


def _report_record(done: Report) -> dict[str, Any]:
    return {
        "added": done.added,
        "kept": done.kept,
        "removed": done.removed,
        "documents": len(done.manifest.documents),
        "problems": [{"source": p.source, "reason": p.reason} for p in done.problems],
        "rebuilt_because": list(done.rebuilt_because),
        "corpus_fingerprint": done.manifest.corpus_fingerprint,
        "index_fingerprint": done.manifest.index_fingerprint,
    }
