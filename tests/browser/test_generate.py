"""Does the Generate page answer a slider, a click on the plane and the film's own controls?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tools import lab

PIXELS = "canvas => canvas.toDataURL()"


def picture(page: Page, of: str) -> Locator:
    """What the decoder made of a code or a place; what is left of another section goes last."""
    return page.get_by_role("img", name=f"Decoded {of}", exact=True)


def source(page: Page, of: str) -> str:
    """The address of the picture, which is made from its content."""
    return picture(page, of).get_attribute("src") or ""


def test_sliders_places_and_films_are_decoded(page: Page) -> None:
    """A slider and a click each bring another picture; a film is played without the server."""
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Generate")
    before = source(page, "code")
    page.get_by_role("slider").first.press("PageUp")
    expect(picture(page, "code")).not_to_have_attribute("src", before)

    page.get_by_role("radio", name="Anywhere").click()
    plane = page.get_by_role("application")
    expect(page.get_by_text("Among the samples")).to_be_visible()
    expect(picture(page, "code")).to_have_count(0)
    before = source(page, "place")
    plane.click(position={"x": 70, "y": 20})
    expect(page.get_by_text("A hole: 0%")).to_be_visible()
    expect(picture(page, "place")).not_to_have_attribute("src", before)
    across = page.get_by_role("spinbutton", name=re.compile("^Component 1"))
    typed = float(across.input_value())
    plane.press("ArrowRight")
    expect(across).not_to_have_value(f"{typed:.3f}")
    assert float(across.input_value()) > typed

    page.get_by_role("radio", name="Interpolate").click()
    film = page.get_by_role("img", name=re.compile("of the way$"))
    expect(film).to_have_attribute("aria-label", "The sample at 0% of the way")
    first = film.evaluate(PIXELS)
    page.get_by_role("slider", name="How far along the way").press("End")
    expect(film).to_have_attribute("aria-label", "The sample at 100% of the way")
    assert film.evaluate(PIXELS) != first
    page.get_by_role("button", name="Play").click()
    expect(film).not_to_have_attribute("aria-label", "The sample at 100% of the way")
    page.get_by_role("button", name="Pause").click()
