"""From an ordered code to the encoding dimension that is advised, as a person gets there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tools import chromium, lab

# Long enough that a pause comes before the last training has begun.
NUMBERS, EPOCHS = 8, 60
# What the slider changes must be on screen with the next frame.
IN_A_FRAME = """slider => new Promise(resolve => {
    const host = slider.getRootNode();
    slider.value = "1";
    slider.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => {
        const frames = [...host.querySelectorAll(".frames img")];
        resolve([frames.findIndex(each => getComputedStyle(each).opacity === "1"),
                 frames.every(each => each.complete && each.naturalWidth > 0)]);
    });
})"""


def test_one_training_tells_every_dimension(page: Page) -> None:
    """First numbers by slider, what is measured, trainings paused and gone on with, and advice."""
    lab.open_train(
        page,
        data__source="digits",
        model__encoding_dim=NUMBERS,
        model__penalties__ordered="yes",
        training__epochs=EPOCHS,
    )
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Reconstructions")
    page.get_by_text("First numbers", exact=True).click()
    slider = page.get_by_role("slider", name="First numbers of the code")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^8 of 8 · error"))
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^7 of 8 · error"))
    assert slider.evaluate(IN_A_FRAME) == [1, True]

    lab.go_to(page, "Dimensions")
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_role("heading", name="The dimension of the data itself").wait_for()
    chart = page.get_by_role("img", name=re.compile("^squared scaled units by .*ordered code from"))
    expect(chart).to_be_visible()
    # Each step that is measured draws the page anew; what is typed meanwhile could be lost.
    expect(page.get_by_role("button", name="Measure again")).to_be_enabled()
    chromium.settle(page)
    page.get_by_role("spinbutton", name="Seeds").fill("1")
    page.get_by_role("spinbutton", name="Seeds").press("Enter")
    page.get_by_role("button", name="Train 4 separately").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_text(re.compile(r"of 4 trainings are still to come")).wait_for()
    page.get_by_role("button", name="Go on").click()
    trained = page.get_by_role("img", name=re.compile("4 separate trainings as dots"))
    expect(trained).to_be_visible(timeout=120_000)

    use = page.get_by_role("button", name=re.compile(r"^Use \d+$"))
    chosen = (use.text_content() or "").rpartition(" ")[2]
    use.click()
    page.get_by_role("link", name="Train it").click()
    chromium.settle(page)
    lab.unfold(page)
    expect(page.get_by_role("spinbutton", name="Encoding dimension")).to_have_value(chosen)
