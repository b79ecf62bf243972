"""Does the film of a run play in the browser?"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tools import chromium, lab

EPOCHS = 5
AS_PICTURE = "canvas => canvas.toDataURL()"


def test_a_run_is_seen_learning(page: Page) -> None:
    """A bar shows its samples; the slider by keyboard and the button move a film's pictures."""
    lab.open_train(page, data__source="digits", training__epochs=EPOCHS)
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Reconstructions")
    bars = page.locator(".st-key-error-histogram .bars .point")
    bars.last.scroll_into_view_if_needed()
    chromium.settle(page)
    sizes = [bar.bounding_box() for bar in bars.all()]
    tallest = max((box for box in sizes if box), key=lambda box: box["height"])
    page.mouse.move(tallest["x"] + tallest["width"] / 2, tallest["y"] + tallest["height"] / 2)
    page.locator(".hoverlayer .hovertext").first.wait_for()
    samples = page.locator(".hoverlayer .hovertext").first.text_content() or ""
    page.mouse.down()
    page.mouse.up()
    found = re.match(r"\d+", samples)
    assert found
    page.get_by_role("heading", name=f"{found[0]} with these errors").wait_for()

    page.get_by_text("Over time", exact=True).click()
    chromium.settle(page)
    film = page.locator(".film")
    expect(film).to_have_attribute("data-epoch", "0")
    canvases = film.get_by_role("img")
    expect(canvases).to_have_count(3)
    before = [canvas.evaluate(AS_PICTURE) for canvas in canvases.all()]
    slider = page.get_by_role("slider", name="Time")
    slider.press("ArrowRight")
    expect(film).to_have_attribute("data-epoch", "1")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^Epoch 1 of 5 · validation"))
    after = [canvas.evaluate(AS_PICTURE) for canvas in canvases.all()]
    assert all(old != new for old, new in zip(before, after, strict=True))

    page.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-epoch", str(EPOCHS))
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert canvases.first.evaluate(AS_PICTURE) not in (before[0], after[0])
