"""What a person sees of an error that nobody foresaw: words and a way out, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import failing_app
from tests.browser.failing_app import DIMENSION
from tools.app_server import serving
from tools.chromium import settle
from ui.app.last_resort import CAUSE

FAILING = Path(failing_app.__file__)
KEPT, AT_FIRST = f"Dimension {DIMENSION}", "Dimension 32"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the failing app is."""
    with serving(tmp_path_factory.mktemp("failing") / "runs", FAILING) as server:
        yield server.url


@pytest.fixture
def failing(browser: Browser, address: str) -> Iterator[Page]:
    """A tab of it."""
    page = browser.new_page()
    page.goto(address)
    settle(page)
    yield page
    page.close()


def click(page: Page, name: str) -> None:
    """Press a button and wait until the page has been run."""
    page.get_by_role("button", name=name).first.click()
    settle(page)


def assert_told(page: Page) -> None:
    """The error is in words, and no trace of the code is to be seen."""
    expect(page.get_by_text(f"{CAUSE} (KeyError).")).to_be_visible()
    text = page.get_by_test_id("stApp").inner_text()
    assert "Traceback" not in text and "secret" not in text and "failing_app.py" not in text
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("where", ["Fail when clicked", "Fail in a part"])
def test_a_failure_is_told_and_the_page_goes_on(failing: Page, where: str) -> None:
    """What the tab holds is kept."""
    click(failing, where)
    assert_told(failing)

    click(failing, "Draw the page again")

    expect(failing.get_by_text("All of it is drawn")).to_be_visible()
    expect(failing.get_by_text(KEPT)).to_be_visible()
    expect(failing.get_by_text(CAUSE)).to_have_count(0)


def test_a_page_that_fails_whenever_it_is_drawn_can_be_begun_afresh(failing: Page) -> None:
    """What makes it fail is in the tab, which forgets it."""
    failing.get_by_text("Fail when drawn").click()
    settle(failing)
    assert_told(failing)
    click(failing, "Draw the page again")
    assert_told(failing)

    click(failing, "Begin afresh")

    expect(failing.get_by_text("All of it is drawn")).to_be_visible()
    expect(failing.get_by_text(AT_FIRST)).to_be_visible()


def test_a_refusal_that_nobody_told_is_a_sentence_too(failing: Page) -> None:
    """With its cause and what to do."""
    click(failing, "Refuse when clicked")

    expect(failing.get_by_text("There are too many of them. Let some finish.")).to_be_visible()
    expect(failing.get_by_text(CAUSE)).to_have_count(0)
