"""Does a map lead back to the right samples: under the mouse, on a click, in a box?"""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from aecore.evaluation.samples import Samples
from aecore.runs import RunStore
from tools import chromium, lab
from tools.app_server import AppServer

RUN_IN_ADDRESS = re.compile(r"run=(\w+)")
PLACE_OF_POINT = """(plot, position) => {
    const box = plot.getBoundingClientRect();
    const { xaxis, yaxis } = plot._fullLayout;
    for (const trace of plot._fullData) {
        const i = [...trace.customdata].indexOf(position);
        if (i < 0) continue;
        return [
            box.left + xaxis._offset + xaxis.l2p(trace.x[i]),
            box.top + yaxis._offset + yaxis.l2p(trace.y[i]),
        ];
    }
}"""
SHADES = """canvas => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return { width, height, red: [...data].filter((_, i) => i % 4 === 0) };
}"""


@pytest.fixture(scope="module")
def run_id(browser: Browser, server: AppServer) -> str:
    """A small run, trained in the app once for all of these tests."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)
    page.wait_for_url(RUN_IN_ADDRESS)
    found = RUN_IN_ADDRESS.search(page.url)
    page.close()
    assert found is not None
    return found[1]


@pytest.fixture
def samples(page: Page, server: AppServer, run_id: str) -> Samples:
    """The run's samples, with its map open on the page."""
    lab.open_train(page, run=run_id)
    lab.go_to(page, "Latent space")
    return RunStore(server.home).samples(run_id)


def card(page: Page) -> Locator:
    """The card beside the mouse."""
    return page.locator(".st-key-sample-card .card")


def expect_sample(page: Page, samples: Samples, position: int) -> None:
    """The card shows this sample's label, row, error and pictures."""
    assert samples.label is not None
    expect(card(page).locator(".title")).to_have_text(str(samples.label[position]))
    expect(card(page)).to_contain_text(f"Row {samples.index[position]:,} of the data set")
    for canvas, images in zip(
        card(page).locator("canvas").all(), (samples.original, samples.reconstruction), strict=True
    ):
        seen = canvas.evaluate(SHADES)
        side = seen["width"] // 8
        shades = np.array(seen["red"]).reshape(seen["height"], seen["width"])[::side, ::side]
        np.testing.assert_allclose(shades, 255 * images[position, ..., 0].clip(0, 1), atol=2)


def outermost(samples: Samples) -> list[int]:
    """Samples that no other hides: those furthest from the middle of the PCA map."""
    from aecore.latent.projection import pca

    points = pca(samples.code, 2).points
    return [int(np.argmax(points[:, 0])), int(np.argmin(points[:, 0]))]


def test_the_sample_under_the_mouse_is_shown(page: Page, samples: Samples) -> None:
    """Pointing at a sample's place brings up its card; leaving the map takes it away."""
    expect(lab.latent_map(page)).to_be_visible()
    for position in outermost(samples):
        x, y = lab.latent_map(page).evaluate(PLACE_OF_POINT, position)
        page.mouse.move(x - 3, y - 3)
        page.mouse.move(x, y)
        expect(card(page)).to_be_visible()
        expect(card(page)).to_have_attribute("data-position", str(position))
        expect_sample(page, samples, position)

    page.mouse.move(1, 1)
    expect(card(page)).to_be_hidden()


def test_a_click_rings_a_sample_and_shows_its_neighbours(page: Page, samples: Samples) -> None:
    """The ring lies on it, thin ones on its neighbours, and all move with the map."""
    (position, _), rings = outermost(samples), page.locator(".map-marks circle")
    x, y = lab.latent_map(page).evaluate(PLACE_OF_POINT, position)

    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    expect(card(page)).to_have_attribute("data-position", str(position))
    page.mouse.down()
    page.mouse.up()

    row = f"Neighbours of row {samples.index[position]:,}"
    expect(page.get_by_role("heading", name=row)).to_be_visible()
    expect(rings).to_have_count(9)
    lab.latent_map(page).scroll_into_view_if_needed()
    for _ in range(2):
        x, y = lab.latent_map(page).evaluate(PLACE_OF_POINT, position)
        box = rings.last.bounding_box()
        assert box is not None
        assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx(
            (x, y), abs=2
        )
        page.mouse.move(x, y)
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(500)


def test_a_map_in_space_shows_samples_too(page: Page, samples: Samples) -> None:
    """The chart was drawn anew, and the card belongs to the new one."""
    page.get_by_text("3-D", exact=True).click()
    expect(lab.latent_map(page).locator(".gl-container canvas").first).to_be_visible()
    chromium.settle(page)
    expect(lab.latent_map(page)).to_have_count(1)
    lab.latent_map(page).hover()
    box = lab.latent_map(page).bounding_box()
    assert box is not None
    for step in range(60):
        page.mouse.move(box["x"] + box["width"] * (0.3 + step / 300), box["y"] + box["height"] / 2)
        page.wait_for_timeout(50)
        if card(page).is_visible():
            break

    expect(card(page)).to_be_visible()
    expect_sample(page, samples, int(card(page).get_attribute("data-position") or -1))


def test_a_box_selects_what_is_seen_whatever_the_colours(page: Page, samples: Samples) -> None:
    """One class alone after isolating it, the same in other colours, and then all."""
    assert samples.label is not None
    expect(page.get_by_role("heading", name="selected")).to_have_count(0)
    lab.latent_map(page).locator(".legendtoggle").nth(3).dblclick()
    threes = np.flatnonzero(samples.label == 3)

    draw_box_around_all(page)
    expect_selected(page, samples, threes)

    page.get_by_role("combobox", name="Colour").click()
    page.get_by_role("option", name="Code 2", exact=True).click()
    chromium.settle(page)
    expect_selected(page, samples, threes)

    draw_box_around_all(page)
    expect_selected(page, samples, np.arange(len(samples.error)))


def expect_selected(page: Page, samples: Samples, positions: np.ndarray) -> None:
    """So many are selected, and the gallery begins with the first of them."""
    expect(page.get_by_role("heading", name=f"{len(positions)} selected")).to_be_visible()
    pictures = page.get_by_role("img", name=re.compile(r"^Row \d+: original"))
    expect(pictures).to_have_count(12)
    rows = [re.match(r"Row (\d+)", p.get_attribute("alt") or "") for p in pictures.all()]
    assert [int(row[1]) for row in rows if row] == samples.index[positions[:12]].tolist()


def draw_box_around_all(page: Page) -> None:
    """Draw a box from corner to corner of the map."""
    lab.latent_map(page).hover()
    box_select = page.locator(".modebar-btn[data-title='Box Select']")
    box_select.click()
    expect(box_select).to_have_class(re.compile(r"\bactive\b"))
    # The chart is drawn once more for its new mode; nobody's hand is at its corner before that.
    page.wait_for_timeout(500)
    area = lab.latent_map(page).locator(".nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 2, area["y"] + 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] - 2, steps=8)
    page.mouse.up()
