import asyncio
import io
from urllib.parse import urljoin

import httpx
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from assistant.types import Ask
from assistant.web.answer_view import exchange_html
from assistant.web.app import build_pages
from assistant.web.parts import WebParts
from assistant.web.session import Exchange
from assistant.web.templating import rooted, serve_below
from assistant.web.view_links import Lead
from tests.fake_count import FakeCount
from tests.stripping import ROOT, Stripping
from tests.web_fakes import FakeAnswerer, corpus, seed_store

_LEADING = ("href", "src", "action", "data-copy-link")
_PAGES = ("/collection", "/accessibility", "/problems", "/compare", "/sources", "/count")


@pytest.fixture
def below():
    """The parts and the pages of a chat below a path, behind a proxy that takes it off."""
    store = seed_store()
    parts = WebParts(
        FakeAnswerer(store), store, corpus=lambda: corpus(store), count=FakeCount(store)
    )
    yield parts, Stripping(build_pages(parts, root=ROOT))
    serve_below("")


def links(html):
    found = BeautifulSoup(html, "lxml").select(",".join(f"[{name}]" for name in _LEADING))
    told = [tag[name] for tag in found for name in _LEADING if tag.has_attr(name)]
    return [link.partition("#")[0] for link in told if not link.startswith("#")]


def test_every_link_below_a_path_leads_somewhere(below):
    parts, app = below
    answer = parts.answerer.answer(Ask("connected carers?"))
    chat = exchange_html(Exchange(1, "q", answer, done=True), [Lead("Compare", "/compare")])

    async def crawl():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            waiting = [f"{ROOT}{page}" for page in _PAGES] + links(chat)
            seen = {}
            while waiting and len(seen) < 150:
                address = waiting.pop(0)
                if address in seen or "as=" in address:
                    continue
                response = await client.get(address)
                seen[address] = response.status_code
                if response.headers["content-type"].startswith("text/html"):
                    waiting += [urljoin(address, link) for link in links(response.text)]
            return seen

    seen = asyncio.run(crawl())
    assert len(seen) > 25
    home = {
        address for address in seen if address.startswith((f"{ROOT}/?",)) or address == f"{ROOT}/"
    }
    assert home, "the chat itself is Gradio's, and tried in a browser"
    assert {address for address, status in seen.items() if status != 200} == home


def test_saved_views_lead_below_the_path_too(below):
    async def saved():
        transport = httpx.ASGITransport(below[1])
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            address = f"{ROOT}/timeline?authority=Stockton-on-Tees&as=excel"
            return (await client.get(address)).content

    sheet = load_workbook(io.BytesIO(asyncio.run(saved())))["References"]
    leading = [row[3].hyperlink.target for row in sheet.iter_rows(min_row=2)]
    assert leading
    assert all(link.startswith(f"http://127.0.0.1{ROOT}/letter/") for link in leading)


def test_an_address_is_as_it_was_without_a_path():
    assert rooted("/collection") == "/collection"
