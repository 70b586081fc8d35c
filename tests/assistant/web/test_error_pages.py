import logging

import pytest

from assistant.web.app import build_pages
from assistant.web.parts import WebParts
from assistant.web.request_filter import MAX_BODY_BYTES
from tests.assistant.web.test_safety import HTML, visits
from tests.web_fakes import FakeAnswerer, seed_store


@pytest.fixture
def app():
    store = seed_store()
    app = build_pages(WebParts(FakeAnswerer(store), store))

    @app.get("/fails")
    def fails():
        raise RuntimeError("secret internals")

    return app


@pytest.mark.parametrize(
    ("request_", "status", "heading"),
    [
        (("GET", "/nowhere", {"headers": HTML}), 404, "There is no such page"),
        (("GET", "/gradio_api/info", {"headers": HTML}), 404, "There is no such page"),
        (("GET", "/letter/unknown", {"headers": HTML}), 404, "That document is not here"),
        (("PUT", "/collection", {"headers": HTML}), 405, "There is no such page"),
        (
            ("POST", "/feedback", {"headers": {**HTML, "sec-fetch-site": "cross-site"}}),
            403,
            "That is not allowed",
        ),
        (
            ("POST", "/feedback", {"headers": HTML, "content": b"x" * (MAX_BODY_BYTES + 1)}),
            413,
            "That is too large",
        ),
        (("GET", "/fails", {"headers": HTML}), 500, "Something went wrong"),
    ],
)
def test_a_browser_gets_a_page_of_ours_that_leads_back(app, request_, status, heading):
    (page,) = visits(app, request_)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert f"<h1>{heading}</h1>" in page.text
    assert '<a href="/">Back to the questions</a>' in page.text
    assert "secret" not in page.text


def test_what_failed_is_in_the_log(app, caplog):
    caplog.set_level(logging.ERROR, "assistant.web.error_pages")
    visits(app, ("GET", "/fails", {"headers": HTML}))
    assert "GET /fails failed" in caplog.text
    assert "secret internals" in caplog.text


def test_who_asks_for_no_page_gets_none(app):
    answers = visits(
        app, ("GET", "/nowhere", {}), ("GET", "/gradio_api/info", {}), ("GET", "/api/nowhere", {})
    )
    assert [a.status_code for a in answers] == [404, 404, 404]
    assert not any("<h1>" in a.text for a in answers)
