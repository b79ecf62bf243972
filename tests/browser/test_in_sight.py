"""Does what answers an action lie within the window, without scrolling?"""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import VIEWPORT
from tools import chromium, lab

# Where the first picture of a page begins at the latest, in pixels.
FIRST_PICTURE = 400
# Shares of the map's sides, around most of its points.
CORNERS = ((0.1, 0.9), (0.1, 0.1), (0.9, 0.1), (0.9, 0.9))


def box_of(what: Locator) -> dict[str, float]:
    """Where something is on the page, which has not been scrolled."""
    what.wait_for()
    box = what.bounding_box()
    assert box is not None
    return {"bottom": box["y"] + box["height"], **box}


def test_pictures_come_first_and_answers_stand_beside_the_map(page: Page) -> None:
    """Samples, the pad, and what a lasso selects: all seen at once in a window of usual size."""
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)

    lab.go_to(page, "Reconstructions")
    assert page.title() == "Reconstructions · Autoencoder Lab"
    first = page.get_by_role("img", name=re.compile(r"^Row \d+: original")).first
    assert box_of(first)["y"] < FIRST_PICTURE
    page.get_by_role("radio", name="Try your own").click()
    pad = page.get_by_role("img", name="Pad to draw on")
    chromium.settle(page)
    assert box_of(pad)["bottom"] <= VIEWPORT["height"]

    lab.go_to(page, "Latent space")
    assert box_of(lab.latent_map(page))["bottom"] <= VIEWPORT["height"]
    draw_lasso(page)
    selected = page.get_by_role("heading", name=re.compile(r"\d+ selected"))
    expect(selected).to_be_visible()
    assert box_of(selected)["bottom"] <= VIEWPORT["height"]
    samples = page.get_by_role("img", name=re.compile(r"^Row \d+: original")).first
    assert box_of(samples)["bottom"] <= VIEWPORT["height"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def draw_lasso(page: Page) -> None:
    """Around most points, with the tool that is in hand at first."""
    area = lab.latent_map(page).locator(".nsewdrag").first.bounding_box()
    assert area is not None
    corners = [area["x"], area["y"]] + np.array(CORNERS) * [area["width"], area["height"]]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in (*corners[1:], corners[0]):
        page.mouse.move(*corner, steps=8)
    page.mouse.up()
    chromium.settle(page)
