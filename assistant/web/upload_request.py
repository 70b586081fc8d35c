"""Takes in the documents that a browser sends: so many, so large, under names that can be read."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from assistant.http.body_limit import MOST_ADDED_BYTES, BodyRefusedError
from assistant.web.batches import reason_of
from assistant.web.uploads import Uploads
from index.building import files
from index.errors import LoadError

MOST_FILES = 20
MOST_FILE_BYTES = 50_000_000
FIELD = "files"
_MOST_PARTS = 1_000
"""Parts of a form that are looked at, to say how many files there are."""
_NAME_CHARS = 200
_NOTHING = "nothing was added"


class RefusedError(Exception):
    """What was asked is not done; its sentence says why.

    Attributes:
        status: the HTTP status that says why.
    """

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


async def received(request: Request, uploads: Uploads) -> list[tuple[str, Path | LoadError]]:
    """Return each file that was sent: what it is called, and where it lies now or why it does not.

    Raises:
        RefusedError: there is none, there are too many, or they could not be taken.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > 2 * MOST_ADDED_BYTES:
        raise _too_large()
    form = await _form(request)
    try:
        sent = [one for one in form.getlist(FIELD) if isinstance(one, UploadFile) and one.filename]
        if not sent:
            raise RefusedError(422, f"No file was chosen: {_NOTHING}.")
        if len(sent) > MOST_FILES:
            said = f"{len(sent)} files were chosen, and at most {MOST_FILES} are read at once"
            raise RefusedError(422, f"{said}: {_NOTHING}. Send them in parts.")
        return await to_thread.run_sync(lambda: [_taken(one, uploads) for one in sent])
    finally:
        await form.close()


async def _form(request: Request) -> FormData:
    """Return what was sent; files larger than a megabyte wait on the disk."""
    try:
        return await request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS)
    except BodyRefusedError as error:
        if error.status == 413:
            raise _too_large() from error
        raise RefusedError(
            error.status, f"The files took too long to arrive: {_NOTHING}."
        ) from error
    except ClientDisconnect as error:
        raise RefusedError(400, f"The sending was broken off: {_NOTHING}.") from error
    except HTTPException as error:
        raise RefusedError(400, f"What was sent cannot be read: {_NOTHING}.") from error
    except OSError as error:
        raise RefusedError(507, f"It could not be taken: {reason_of(error)}.") from error


def _taken(sent: UploadFile, uploads: Uploads) -> tuple[str, Path | LoadError]:
    name = PurePosixPath((sent.filename or "").replace("\\", "/")).name[-_NAME_CHARS:]
    fault = files.fault_of_name(Path(name)) or _fault_of_size(sent.size or 0)
    if fault is not None:
        return name, LoadError(name, fault)
    try:
        return name, uploads.take(sent.file)
    except OSError as error:
        return name, LoadError(name, reason_of(error))


def _fault_of_size(size: int) -> str | None:
    if size > MOST_FILE_BYTES:
        return f"{size / 1e6:.0f} MB; at most {MOST_FILE_BYTES // 1_000_000} MB are read from here"
    return None if size else "empty: the file holds nothing"


def _too_large() -> RefusedError:
    most = MOST_ADDED_BYTES // 1_000_000
    said = f"Together the files are larger than {most} MB: {_NOTHING}. Send fewer at once."
    return RefusedError(413, said)
