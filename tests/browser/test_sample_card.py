"""Does a map lead back to the right samples: under the mouse, on a click, in a box or lasso?"""

from __future__ import annotations

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from aecore.evaluation.samples import Samples
from aecore.latent.groups import names_of_rows
from aecore.runs import RunStore
from tests.waiting import until
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
LEFT_AND_RIGHT = "plot => plot._fullLayout.xaxis.range"
PLACES_OF_ALL = """plot => {
    const box = plot.getBoundingClientRect();
    const { xaxis, yaxis } = plot._fullLayout;
    const places = [];
    for (const trace of plot._fullData.filter(trace => trace.visible === true && trace.customdata))
        [...trace.customdata].forEach((position, i) => places.push([
            Number(position),
            box.left + xaxis._offset + xaxis.l2p(trace.x[i]),
            box.top + yaxis._offset + yaxis.l2p(trace.y[i]),
        ]));
    return places;
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
    from aecore.latent.maps.projection import pca

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
    until(lambda: is_ringed(page, position))
    before = lab.latent_map(page).evaluate(LEFT_AND_RIGHT)
    page.mouse.move(*lab.latent_map(page).evaluate(PLACE_OF_POINT, position))
    page.mouse.wheel(0, -200)
    until(lambda: lab.latent_map(page).evaluate(LEFT_AND_RIGHT) != before)
    until(lambda: is_ringed(page, position))


def is_ringed(page: Page, position: int) -> bool:
    """Whether the thickest ring lies on a point, wherever the map has it now."""
    box = page.locator(".map-marks circle").last.bounding_box()
    if box is None:
        return False
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    place = lab.latent_map(page).evaluate(PLACE_OF_POINT, position)
    return middle == pytest.approx(tuple(place), abs=2)


def test_a_map_in_space_shows_samples_too(page: Page, samples: Samples) -> None:
    """The chart was drawn anew, and the card belongs to the new one."""
    page.get_by_text("3-D", exact=True).click()
    expect(lab.latent_map(page).locator(".gl-container canvas").first).to_be_visible()
    chromium.settle(page)
    expect(lab.latent_map(page)).to_have_count(1)
    lab.latent_map(page).hover()
    box = lab.latent_map(page).bounding_box()
    assert box is not None
    across = itertools.cycle(np.linspace(0.3, 0.5, 60))

    def is_met() -> bool:
        page.mouse.move(box["x"] + box["width"] * next(across), box["y"] + box["height"] / 2)
        return card(page).is_visible()

    until(is_met, every=0.05)

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


@pytest.mark.parametrize("alone", [None, 3])
def test_a_lasso_selects_what_lies_in_it(page: Page, samples: Samples, alone: int | None) -> None:
    """Of all samples and of one class on its own; the file and the gallery hold the same rows."""
    assert samples.label is not None
    if alone is not None:
        lab.latent_map(page).locator(".legendtoggle").nth(alone).dblclick()
    classes = {alone} if alone is not None else set(range(10))
    until(lambda: set(samples.label[places_seen(page)[:, 0].astype(int)]) == classes)

    corners = draw_lasso(page)

    places = places_seen(page)
    seen = places[:, 0].astype(int)
    assert set(samples.label[seen]) == classes
    depth = depth_in_triangle(places[:, 1:], corners)
    rows = rows_in_file(page)
    # The hand holds the mouse to a pixel or two.
    assert set(samples.index[seen[depth > 2]]) <= rows <= set(samples.index[seen[depth > -2]])
    assert 0 < len(rows) < len(seen)
    expect_selected(page, samples, np.flatnonzero(np.isin(samples.index, list(rows))))


def test_two_selections_become_a_direction(page: Page, samples: Samples) -> None:
    """These and those stand in the fields of Generate, and their difference is decoded."""
    draw_lasso(page)
    lassoed = rows_in_file(page)
    page.get_by_role("button", name="Save as group A").click()
    expect(page.get_by_role("button", name="Save as group A")).to_be_disabled()
    expect(page.get_by_role("button", name="See A minus B")).to_have_count(0)
    draw_box_around_all(page)
    rows = len(samples.error)
    expect(page.get_by_role("heading", name=f"{rows} selected")).to_be_visible()
    page.get_by_role("button", name="Save as group B").click()
    page.get_by_role("button", name="See A minus B").click()

    these = page.get_by_role("textbox", name="These rows")
    expect(these).to_be_visible()
    assert these.input_value() == names_of_rows(np.array(list(lassoed)))
    told = f"From the mean of {rows} samples to that of {len(lassoed)}"
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_role("img", name="Strengths from −2 to 2")).to_be_visible()


def places_seen(page: Page) -> np.ndarray:
    """(n, 3) of each point on the map its position among the samples and its place on the page."""
    return np.array(lab.latent_map(page).evaluate(PLACES_OF_ALL))


def draw_lasso(page: Page) -> np.ndarray:
    """Draw a triangle over the map; its corners (3, 2) on the page."""
    choose_tool(page, "Lasso Select")
    area = lab.latent_map(page).locator(".nsewdrag").first.bounding_box()
    assert area is not None
    shares = np.array([[0.15, 0.8], [0.5, 0.15], [0.85, 0.7]])
    corners = [area["x"], area["y"]] + shares * [area["width"], area["height"]]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in (*corners[1:], corners[0]):
        page.mouse.move(*corner, steps=12)
    page.mouse.up()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ selected"))).to_be_visible()
    chromium.settle(page)
    return np.asarray(corners)


def depth_in_triangle(places: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """(n,) how far inside of a triangle each place (n, 2) is, in pixels; negative outside."""
    sides = np.roll(corners, -1, axis=0) - corners
    normals = np.stack([-sides[:, 1], sides[:, 0]], axis=1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    depths = np.einsum("nsd,sd->ns", places[:, None] - corners, normals)
    return np.asarray(depths.min(axis=1))


def rows_in_file(page: Page) -> set[int]:
    """The rows in the file of the selected samples."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV", exact=True).click()
    return set(pd.read_csv(download.value.path())["row"])


def expect_selected(page: Page, samples: Samples, positions: np.ndarray) -> None:
    """So many are selected, and the gallery begins with the first of them."""
    expect(page.get_by_role("heading", name=f"{len(positions)} selected")).to_be_visible()
    pictures = page.get_by_role("img", name=re.compile(r"^Row \d+: original"))
    expect(pictures).to_have_count(12)
    wanted = [f"Row {row}" for row in samples.index[positions[:12]]]
    names = "found => found.map((picture) => picture.alt.split(':')[0])"
    until(lambda: pictures.evaluate_all(names) == wanted)


def draw_box_around_all(page: Page) -> None:
    """Draw a box from corner to corner of the map."""
    choose_tool(page, "Box Select")
    area = lab.latent_map(page).locator(".nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 2, area["y"] + 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] - 2, steps=8)
    page.mouse.up()


def choose_tool(page: Page, title: str) -> None:
    """Take a tool of the map in hand."""
    lab.latent_map(page).hover()
    tool = page.locator(f".modebar-btn[data-title='{title}']")
    tool.click()
    expect(tool).to_have_class(re.compile(r"\bactive\b"))
    # The chart is drawn once more for its new mode; nobody's hand is on it before that.
    lab.let_time_pass(page, 500)
