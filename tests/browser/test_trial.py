"""Does a drawing come back, and does its point move, while it is being drawn?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tools import chromium, lab

PLACE = re.compile(r"yours lies at (-?[\d.]+), (-?[\d.]+)")


def chart(page: Page) -> Locator:
    """The map of the codes."""
    return page.locator(".st-key-trial-map").get_by_role("img", name=re.compile("Map of"))


def place(page: Page) -> tuple[str, ...]:
    """Where the map says that the drawing lies."""
    found = PLACE.search(chart(page).get_attribute("aria-label") or "")
    return found.groups() if found else ()


def stroke(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line on the pad, between places as shares of its sides."""
    box = page.get_by_role("img", name="Pad to draw on").bounding_box()
    assert box is not None
    (x0, y0), (x1, y1) = (
        (box["x"] + across * box["width"], box["y"] + down * box["height"])
        for across, down in (start, end)
    )
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move(x1, y1, steps=8)


def lift(page: Page) -> None:
    """End a line, and wait until the last of it was answered."""
    page.mouse.up()
    # The pad sends what is new a few times a second.
    lab.let_time_pass(page, 1000)
    chromium.settle(page)


def test_a_drawing_moves_its_point_and_changes_what_comes_back(page: Page) -> None:
    """Before the button is released; undoing, clearing, the brush and the fitting change it too."""
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Reconstructions")
    page.get_by_role("radio", name="Try your own").click()
    page.get_by_role("img", name="Pad to draw on").scroll_into_view_if_needed()
    chromium.settle(page)
    expect(chart(page)).to_have_attribute("aria-label", re.compile(r"^Map of \d+ codes$"))

    stroke(page, (0.5, 0.2), (0.5, 0.8))
    expect(chart(page)).to_have_attribute("aria-label", PLACE)
    lift(page)
    upright, picture = place(page), page.get_by_role("img", name="Yours, and its reconstruction")
    first = picture.get_attribute("src")
    page.evaluate("window.kept = document.querySelector('.st-key-trial-map canvas')")

    stroke(page, (0.2, 0.3), (0.8, 0.3))
    expect(picture).not_to_have_attribute("src", first or "")
    lift(page)
    assert place(page) != upright
    assert page.evaluate("window.kept.isConnected"), "the map was built anew"

    page.get_by_role("button", name="Undo").click()
    expect(chart(page)).to_have_attribute("aria-label", re.compile(f"at {', '.join(upright)}$"))
    page.get_by_role("button", name="Clear").click()
    expect(chart(page)).to_have_attribute("aria-label", re.compile(r"^Map of \d+ codes$"))

    page.get_by_text("Size and centre as in the data").click()
    stroke(page, (0.3, 0.2), (0.3, 0.5))
    lift(page)
    as_drawn = place(page)
    page.get_by_text("Size and centre as in the data").click()
    expect(chart(page)).not_to_have_attribute("aria-label", re.compile(f"{', '.join(as_drawn)}$"))
    page.get_by_text("Size and centre as in the data").click()
    expect(chart(page)).to_have_attribute("aria-label", re.compile(f"{', '.join(as_drawn)}$"))
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("slider", name="Brush").press("End")
    stroke(page, (0.3, 0.2), (0.3, 0.5))
    lift(page)
    assert place(page) not in ((), as_drawn)
