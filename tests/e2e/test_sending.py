"""Documents on their way to the server over a slow line: the bar, Stop, and a line that is cut."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, FilePayload, Page, expect

from tests.e2e.conftest import opened

pytestmark = pytest.mark.e2e
LARGE = FilePayload(name="scan.png", mimeType="image/png", buffer=b"\x89PNG" * 500_000)
SMALL = FilePayload(name="scan.png", mimeType="image/png", buffer=b"\x89PNG")
"""What is sent whole is refused at once: it is no kind of file that is read."""
SLOW_BYTES_S = 400_000
LOST = "The connection was lost, or a file changed. "
NONE = "Nothing was added."
PERHAPS = "All had been sent, so they may have been added: reload this page to see."


class Line:
    """Stands between the browser and a server; cut, it lets nothing through until it is mended.

    A browser tries again by itself where a connection breaks that it had used before.
    """

    def __init__(self, address: str) -> None:
        self.whole = True
        self._there = ("127.0.0.1", urlsplit(address).port)
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near = self._listener.accept()[0]
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection(self._there)
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    Thread(target=carry, args=(one, other), daemon=True).start()


def carry(one: socket.socket, other: socket.socket) -> None:
    """Hand on what comes, until either end is closed."""
    with suppress(OSError), one:
        while got := one.recv(65536):
            other.sendall(got)
        other.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def line(served_adding: str) -> Iterator[Line]:
    made = Line(served_adding)
    yield made
    made.close()


@pytest.fixture(scope="module")
def form(browser: Browser, line: Line) -> Iterator[Page]:
    for page in opened(browser, 1280, 900):
        page.goto(f"{line.address}collection/add")
        yield page


@pytest.fixture(scope="module")
def session(form: Page) -> CDPSession:
    return form.context.new_cdp_session(form)


def slow(session: CDPSession, bytes_s: int = SLOW_BYTES_S, offline: bool = False) -> None:
    """Let the page send so many bytes a second; offline, it hears nothing more."""
    known = {"offline": offline, "latency": 0, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {**known, "uploadThroughput": bytes_s})


@pytest.fixture
def sending(form: Page, session: CDPSession) -> Page:
    """A part of a large file has gone."""
    slow(session)
    form.set_input_files("#files", [LARGE])
    form.get_by_role("button", name="Add these").click()
    bar = form.get_by_role("progressbar", name="Sending")
    expect(bar).not_to_have_js_property("value", 0)
    assert bar.evaluate("bar => bar.value") < 100
    expect(form.get_by_role("button", name="Add these")).to_be_disabled()
    expect(form.get_by_role("button", name="Stop sending")).to_be_focused()
    return form


def stop(form: Page, _line: Line, _session: CDPSession) -> None:
    form.keyboard.press("Enter")


def cut(_form: Page, line: Line, _session: CDPSession) -> None:
    line.cut()


def go_deaf(_form: Page, _line: Line, session: CDPSession) -> None:
    """What had been taken in to be sent leaves all the same."""
    slow(session, offline=True)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (stop, f"Stopped. {NONE}"),
        (cut, f"{LOST}{NONE} Try again."),
        (go_deaf, f"{LOST}{PERHAPS}"),
    ],
    ids=["stopped", "lost", "lost when all was sent"],
)
def test_sending_is_shown_and_how_it_was_broken_off(
    sending: Page, line: Line, session: CDPSession, broken: Callable[..., None], said: str
):
    form = sending
    broken(form, line, session)
    expect(form.get_by_role("alert")).to_have_text(said)
    expect(form.get_by_role("progressbar")).to_be_hidden()
    expect(form.get_by_role("button", name="Stop sending")).to_be_hidden()
    expect(form.get_by_role("button", name="Add these")).to_be_focused()
    slow(session, -1)
    line.whole = True
    form.set_input_files("#files", [SMALL])
    expect(form.locator("#add-said")).to_have_text("")
    form.get_by_role("button", name="Add these").press("Enter")
    expect(form.locator("#progress")).to_have_text("Done.")
    expect(form.locator(".added")).to_contain_text("Not done: not a kind of file we read")
    form.go_back()
