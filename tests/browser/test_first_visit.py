"""Does a first visit end in a reconstruction, in one click, without anything leaving the window?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import WAIT_MILLISECONDS
from tools import lab
from tools.app_server import AppServer, serving
from tools.chromium import settle

# From the click to a reconstruction; the whole first run may take a little longer.
FIRST_RUN_SECONDS = 30
MOST_SHIFTED = 0.05
DESKTOP, PHONE = (1280, 900), (390, 844)
RECONSTRUCTED = re.compile(r"samples as original, reconstruction and difference")
# What moves without a hand having been there just before.
WATCH_SHIFTS = """() => { window.shifted = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift" }); }"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server that nobody has trained anything on."""
    with serving(tmp_path_factory.mktemp("fresh") / "runs") as running:
        yield running


@pytest.fixture
def visit(browser: Browser, fresh: AppServer, size: tuple[int, int]) -> Iterator[Page]:
    """The front page, as a new browser of this size opens it."""
    window = ViewportSize(width=size[0], height=size[1])
    context = browser.new_context(viewport=window, base_url=fresh.url)
    context.set_default_timeout(WAIT_MILLISECONDS)
    page = context.new_page()
    page.goto("/")
    settle(page)
    lab.wait_for_worker(page)
    yield page
    context.close()


def in_window(part: Locator, size: tuple[int, int]) -> bool:
    """Whether all of it is seen without scrolling."""
    # What is drawn anew in this moment has no place yet.
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box
    across = box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    return across and box["y"] >= 0 and box["y"] + box["height"] <= size[1]


@pytest.mark.parametrize("size", [DESKTOP])
def test_first_visit_to_reconstruction_in_one_click(visit: Page, size: tuple[int, int]) -> None:
    """What an autoencoder is stands in the window, and its one button ends in reconstructions."""
    told = visit.get_by_text("An autoencoder learns to write each sample down in a few numbers")
    expect(told).to_be_visible()
    button = visit.get_by_role("button", name="Train my first")
    for part in (told, button, visit.get_by_role("img", name="becomes 16 numbers")):
        assert in_window(part, size)
    visit.evaluate(WATCH_SHIFTS)
    began = time.monotonic()
    button.click()
    lab.wait_for_epoch(visit, 1)
    shown = visit.get_by_role("img", name=RECONSTRUCTED)
    expect(shown).to_be_visible()
    assert time.monotonic() - began < FIRST_RUN_SECONDS
    lab.wait_for_end(visit)
    expect(visit.get_by_role("link", name="See reconstructions")).to_be_visible()
    assert visit.evaluate("window.shifted") < MOST_SHIFTED
    for part in (lab.curves(visit), visit.get_by_role("link", name="See reconstructions")):
        assert in_window(part, size)
    visit.goto("/")
    expect(visit.get_by_text("Finished").first).to_be_visible()
    expect(told).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_answer_to_start_is_where_the_finger_is(visit: Page, size: tuple[int, int]) -> None:
    """Progress, Stop and how it ended are in the window, also where the page was scrolled."""
    lab.open_train(visit, data__source="digits", training__epochs=2000)
    visit.get_by_text("Layers as a table").scroll_into_view_if_needed()
    assert in_window(lab.start_button(visit), size)
    visit.evaluate(WATCH_SHIFTS)
    lab.start(visit)
    progress = visit.get_by_role("progressbar", name="Training")
    assert in_window(progress, size)
    lab.wait_for_epoch(visit, 1)
    told = visit.get_by_text(re.compile(r"^\d+ of 2000$"))
    for part in (told, progress, lab.stop_button(visit)):
        assert in_window(part, size)
    lab.stop_button(visit).click()
    lab.wait_for_end(visit)
    assert in_window(visit.get_by_text("Stopped").first, size)
    assert visit.evaluate("window.shifted") < MOST_SHIFTED


@pytest.mark.parametrize("size", [DESKTOP])
def test_a_teacher_opens_a_link_and_hides_the_form(visit: Page, size: tuple[int, int]) -> None:
    """One click; the address keeps it for whoever opens it next, and Start is still there."""
    lab.open_train(visit, data__source="digits", training__epochs=3)
    visit.get_by_role("button", name="Hide the form").click()
    expect(visit.get_by_text("What do you want to do?")).to_have_count(0)
    expect(visit).to_have_url(re.compile("form=hidden"))
    visit.reload()
    settle(visit)
    expect(visit.get_by_role("button", name="Show the form")).to_be_visible()
    expect(visit.get_by_text("What do you want to do?")).to_have_count(0)
    lab.start(visit)
    lab.wait_for_end(visit)
