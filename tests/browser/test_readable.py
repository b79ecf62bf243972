"""Readable: every page in both themes as axe judges it, and in narrow windows."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tools import lab
from tools.app_server import AppServer
from tools.chromium import settle

PAGES = (
    *("train", "data", "reconstructions", "latent_space", "dimensions", "features"),
    *("anomalies", "generate", "runs"),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa"]}
GRAVE = ("serious", "critical")
PHONE, TABLET = 390, 820
WIDTH = "Math.max(...[document.documentElement, ...document.querySelectorAll("
WIDTH += "'[data-testid=stMain]')].map(each => each.scrollWidth))"


@pytest.fixture(scope="module")
def trained(browser: Browser, server: AppServer) -> AppServer:
    """The server with a small run, which all pages show."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page, data__source="digits", model__encoding_dim=8, training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)
    page.close()
    return server


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_is_hard_to_read(browser: Browser, trained: AppServer, theme: str) -> None:
    """Contrast, names and roles: nothing that axe calls serious or critical."""
    context = browser.new_context(color_scheme=theme, base_url=trained.url)  # type: ignore[arg-type]
    page, found = context.new_page(), []
    for name in PAGES:
        _open(page, name)
        for one in Axe().run(page, options=RULES).response["violations"]:
            if one["impact"] in GRAVE:
                found.append(f"{name}: {one['id']}: {[n['html'][:120] for n in one['nodes']]}")
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [PHONE, TABLET])
def test_nothing_is_wider_than_the_window(browser: Browser, trained: AppServer, width: int) -> None:
    """On a phone and on a tablet no page has to be moved sideways."""
    page = browser.new_page(base_url=trained.url, viewport={"width": width, "height": 844})
    wide = {}
    for name in PAGES:
        _open(page, name)
        wide[name] = page.evaluate(WIDTH)
    page.close()
    assert not {name: found for name, found in wide.items() if found > width}


def test_a_focused_link_of_the_navigation_has_a_ring(page: Page, server: AppServer) -> None:
    """Whoever goes through the pages with the keyboard sees where they are."""
    page.goto("/data")
    settle(page)
    link = page.get_by_role("navigation", name="App pages").get_by_role("link", name="Runs")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("outline-width", "2px")


def _open(page: Page, name: str) -> None:
    page.goto(f"/{'' if name == 'train' else name}")
    settle(page)
