import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import opened
from tests.e2e.steps import (
    QUESTION,
    ask,
    begin,
    choose_written,
    focused,
    searching,
    sign_in,
    visit,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def answered(page: Page) -> None:
    ask(page, QUESTION)


def answering(page: Page) -> None:
    choose_written(page)
    begin(page)


def looking(page: Page) -> None:
    page.route("**/answers/*", lambda route: None)
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current .waiting")


def partly(page: Page) -> None:
    ask(page, "partly: what is said about connected carers?")


def earlier(page: Page) -> None:
    """A source of the question before is open beside a refusal."""
    ask(page, QUESTION)
    ask(page, "budget of Stockton")
    page.locator("#earlier a.cite").first.click()
    page.wait_for_selector("#place mark")


def refused(page: Page) -> None:
    ask(page, "budget of Stockton")


def several(page: Page) -> None:
    ask(page, "rating")


def failed(page: Page) -> None:
    ask(page, "crash")


def panel_open(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#current a.cite").nth(3).click()
    page.wait_for_selector("#place mark")


def judging(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="No, not useful").click()
    page.wait_for_selector(".why-form")


def narrowing(page: Page) -> None:
    choosing(page)
    page.get_by_role("checkbox", name="Only Ofsted’s own words").check()
    page.get_by_role("checkbox", name="Middlesbrough", exact=True).check()
    page.get_by_role("button", name="Ask these").click()
    expect(page.locator("#asking-chips .chip")).to_have_count(2)
    ask(page, "budget of Stockton")
    page.wait_for_selector(".beyond")


def choosing(page: Page) -> None:
    page.get_by_role("button", name="Choose sources").click()
    page.wait_for_selector("#choose-form")


def listing(page: Page) -> None:
    """One is being renamed, and one deleted."""
    for question in (QUESTION, "budget of Stockton", "rating"):
        ask(page, question)
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".empty")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("button", name="Rename").nth(1).click()
    page.get_by_role("button", name="Delete “").last.click()


def empty(page: Page) -> None:
    page.wait_for_selector(".empty")


def near_open(page: Page) -> None:
    refused(page)
    page.locator("#current a.near").first.click()
    page.wait_for_selector("#place mark")


def lost(page: Page) -> None:
    page.route("**/answers/*", lambda route: route.abort())
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#lost")).to_contain_text("The connection was lost")


def unkept(page: Page) -> None:
    page.goto(f"{page.url}?conversation=gone")
    expect(page.locator("#unkept")).to_contain_text("not kept here any more")


STATES = [
    empty, looking, answering, answered, partly, refused, several, failed, panel_open, earlier,
    narrowing, choosing, judging, listing, near_open, lost, unkept,
]  # fmt: skip
SIZES = {"desktop": ((1280, 900),), "phone": ((390, 844), (320, 1200))}
"""High enough for axe not to call a button small that is half behind the question box."""


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def any_page(size: str, browser: Browser):
    yield from opened(browser, *SIZES[size][0], reduced_motion="reduce")


def violations_at(page: Page, size: str) -> list[str]:
    """What is found at each width of a size, light and dark."""
    return [one for width, height in SIZES[size] for one in at(page, width, height)]


def at(page: Page, width: int, height: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": height})
    found = []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        found += [f"{width} {colours} {one}" for one in violations(page)]
    return found


def violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {n['target']} {n['html'][:160]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(any_page: Page, size: str, served: str, state: Callable[[Page], None]):
    visit(any_page, served)
    state(any_page)
    assert violations_at(any_page, size) == []


VIEWS = [
    "timeline?authority=Stockton-on-Tees",
    "compare?authority=Middlesbrough&authority=Stoke-on-Trent",
    "compare",
    "brief?name=Middlesbrough",
    "changes?authority=Stoke-on-Trent",
]


OTHERS = ["collection", "authority/Middlesbrough", "problems", "accessibility", "LETTER"]
MISSING = ["nowhere", "letter/unknown", "timeline?authority=Leeds"]


@pytest.mark.parametrize("path", [*OTHERS, *MISSING, *VIEWS])
def test_axe_finds_nothing_on_the_other_pages(any_page: Page, size: str, served: str, path: str):
    if path == "LETTER":
        any_page.goto(f"{served}collection")
        path = any_page.locator("#held td:nth-child(3) a").first.get_attribute("href") or ""
        path = f"{path.lstrip('/')}?start=900&end=1000"
    any_page.goto(served + path)
    assert violations_at(any_page, size) == []


def test_axe_finds_nothing_behind_the_login(any_page: Page, size: str, served_login: str):
    any_page.goto(served_login)
    assert violations_at(any_page, size) == []
    sign_in(any_page, served_login, "ann")
    answered(any_page)
    assert violations_at(any_page, size) == []
    listing(any_page)
    assert violations_at(any_page, size) == []


@pytest.mark.parametrize(
    "state",
    [empty, answered, refused, panel_open, narrowing, choosing, judging, listing],
    ids=lambda s: s.__name__,
)
@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (320, 256)], ids=["narrow", "zoomed to 400 %"]
)
def test_nothing_is_cut_off_when_narrow_zoomed_or_widely_spaced(
    browser: Browser, served: str, state: Callable[[Page], None], width: int, height: int
):
    for page in opened(browser, width, height):
        visit(page, served)
        state(page)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert cut_off(page) == []


def cut_off(page: Page, which: str = "#header *, #columns *") -> list[str]:
    """What holds more words than it shows."""
    return page.evaluate(
        """which => [...document.querySelectorAll(which)]
        .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, textarea, input'))
        .filter(e => !['visible', 'auto', 'scroll'].includes(getComputedStyle(e).overflowX))
        .filter(e => getComputedStyle(e).clipPath !== 'inset(50%)')  // read aloud, not seen
        .filter(e => e.textContent.trim() && e.scrollWidth > e.clientWidth + 1)
        .map(e => e.outerHTML.slice(0, 120))""",
        which,
    )


@pytest.mark.parametrize("path", ["collection", "authority/Stockton-on-Tees", "problems", *VIEWS])
def test_other_pages_do_not_scroll_sideways_when_narrow(browser: Browser, served: str, path: str):
    for page in opened(browser, 320, 640):
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


ZOOMED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
"""What a window of 1280 by 900 is when it is zoomed to 200 %."""


def test_views_and_letters_are_whole_when_zoomed_to_200_percent(browser: Browser, served: str):
    context = browser.new_context(**ZOOMED)
    page = context.new_page()
    for path in ("", "collection", "authority/Stockton-on-Tees", *VIEWS):
        page.goto(served + path)
        assert_whole(page)
    context.close()


def assert_whole(page: Page) -> None:
    """Nothing scrolls sideways, and nothing holds more words than it shows."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert cut_off(page, "body *") == [], page.url


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desk", "phone"])
def test_a_screen_reader_reads_question_answer_and_sources_in_their_order(
    browser: Browser, served: str, width: int, height: int
):
    for page in opened(browser, width, height):
        visit(page, served)
        ask(page, QUESTION)
        read = tree(page)
        said = [name for _, name in read]
        question = next(n for n, (role, name) in enumerate(read)
                        if role == "heading" and QUESTION in name)  # fmt: skip
        letters = [read.index(("heading", name)) for name in LETTERS]
        links = [n for n, one in enumerate(said) if re.match(r"Source \d+: ", one)]
        cited = [n for n in links if read[n][0] == "link" and n > question]
        sources = next(n for n, name in enumerate(said) if name.startswith("Sources of this"))
        assert [question, *letters, sources] == sorted([question, *letters, sources])
        first = [said[n].split(":")[0] for n in cited if n < sources]
        assert list(dict.fromkeys(first)) == [f"Source {n}" for n in range(1, len(set(first)) + 1)]
        assert letters[0] < cited[0] < letters[1]
        box = read.index(("textbox", "Your question"))
        assert letters[-1] < box < read.index(("button", "Ask"))
        page.get_by_role("textbox", name="Your question").focus()
        expect(page.locator("#question textarea")).to_be_focused()


LETTERS = [
    "Stoke-on-Trent · Ofsted focused visit letter, 8 Nov 2023",
    "Middlesbrough · Ofsted monitoring visit letter, 6 May 2022",
    "Stockton-on-Tees · Ofsted focused visit letter, 31 Jan 2022",
]


def tree(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything that a screen reader is given, in the order it reads."""
    session = page.context.new_cdp_session(page)
    nodes = {n["nodeId"]: n for n in session.send("Accessibility.getFullAXTree")["nodes"]}

    def read(node: str) -> list[tuple[str, str]]:
        told = nodes[node]
        known = tuple(str(told.get(part, {}).get("value", "")) for part in ("role", "name"))
        below = [one for child in told.get("childIds", []) for one in read(child)]
        return below if told["ignored"] else [known, *below]

    return read(next(iter(nodes)))


def test_the_whole_journey_by_keyboard(page: Page, served: str):
    """Asks, opens a source, reads on, closes, asks for less, and looks at what is held."""
    visit(page, served)
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("connected carers at Stockton?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-1[data-done=yes]")
    tab_to(page, "Source 1: ", backwards=True)
    opener = focused(page)
    page.keyboard.press("Enter")
    expect(page.locator("#place-title")).to_be_focused()
    tab_to(page, "place-next")
    page.keyboard.press("Enter")
    expect(page.locator("#place-title")).to_have_text(re.compile("Source 2 of"))
    page.keyboard.press("Escape")
    assert focused(page) == opener
    tab_to(page, "Ask again without Stockton-on-Tees", backwards=True)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-2[data-done=yes]")
    tab_to(page, "Documents", backwards=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Documents you can ask about")).to_be_visible()


def tab_to(page: Page, name: str, backwards: bool = False) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.locator(":focus").count() and focused(page).startswith(name):
            return
    raise AssertionError(f"{name!r} cannot be reached by Tab")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desk", "phone"])
def test_header_and_composer_leave_five_sixths_of_the_height(
    browser: Browser, served: str, width: int, height: int
):
    for page in opened(browser, width, height):
        visit(page, served)
        for state in (empty, answered, refused):
            state(page)
            sizes = [page.locator(part).bounding_box() for part in ("#header", "#composer")]
            assert sum(size["height"] for size in sizes if size) <= height / 6


def test_on_a_phone_the_question_box_stays_in_reach(phone: Page, served: str):
    visit(phone, served)
    ask(phone, QUESTION)
    phone.locator("#question-1").evaluate("heading => heading.scrollIntoView()")
    expect(phone.locator("#question textarea")).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Ask", exact=True)).to_be_in_viewport()


def test_the_ring_of_the_focus_covers_no_words_and_is_not_cut(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.locator("#question-1").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        ring, words, holder = page.locator(":focus").evaluate(
            """link => { const style = getComputedStyle(link), box = link.getBoundingClientRect();
            const out = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            const said = link.closest('blockquote').querySelector('q').getClientRects();
            const pane = document.getElementById('conversation').getBoundingClientRect();
            return [[box.left - out, box.top - out, box.bottom + out],
              [...said].map(r => [r.right, r.top, r.bottom]), [pane.top, pane.bottom]]; }"""
        )
        left, top, bottom = ring
        line = [right for right, above, below in words if above < bottom and below > top]
        same = [right for right in line if right <= left + 8]
        assert all(right <= left + 0.5 for right in same)
        assert holder[0] <= top
        assert bottom <= holder[1]


def test_nothing_moves_where_less_motion_is_asked_for(browser: Browser, served: str):
    for page in opened(browser, 1280, 900, reduced_motion="reduce"):
        visit(page, served)
        with searching(page, QUESTION):
            assert page.evaluate("document.getAnimations().length") == 0
        expect(page.locator("#turn-1[data-done=yes]")).to_be_attached()
        page.locator("#current a.cite").first.click()
        page.wait_for_selector("#place mark")
        assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_answer_whole_and_no_controls(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    references = page.locator("#current .on-paper li")
    expect(references.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(references.first).to_be_visible()
    expect(references).to_have_count(9)
    expect(page.locator("#composer")).to_be_hidden()
    expect(page.locator("#current .actions").first).to_be_hidden()
    for quote in page.locator("#current blockquote").all():
        expect(quote).to_be_visible()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('#conversation, #columns, #talk, .gradio-container')]
        .filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.id || e.className)"""
    )
    assert cut == []


def test_every_control_is_at_least_24_pixels(page: Page, served: str):
    visit(page, served)
    panel_open(page)
    page.get_by_role("button", name="No, not useful").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.cite, button, summary, input')]
        .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML])
        .filter(([r]) => r.width && Math.min(r.width, r.height) < 24)
        .map(([, html]) => html.slice(0, 90))"""
    )
    assert small == []
