"""Does the main job work from end to end, in a real browser on the real server?"""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tools import lab
from tools.chromium import settle

# From the click to the words on screen; training itself ends earlier, see tests/jobs/.
STOP_SECONDS = 5
MANY_EPOCHS = 2000


def test_choose_train_watch_stop_and_look(page: Page) -> None:
    """The whole way: choose, start, watch, leave, return, stop, look, map, reload, find."""
    lab.open_train(page)
    choose_a_small_long_run(page)
    watch_it_learn(page)
    leave_and_come_back(page)
    stop_it(page)
    look_at_reconstructions(page)
    map_the_codes(page)
    find_rename_and_delete(page)


def test_what_training_takes_is_told_without_a_click(page: Page) -> None:
    """It appears beside the model once the worker can say what it has."""
    lab.open_train(page)
    told = page.get_by_text(re.compile("Training takes about .* GB of memory"))
    expect(told).to_be_visible(timeout=lab.READY_SECONDS * 1000)


def choose_a_small_long_run(page: Page) -> None:
    """Dimension and layers change the model that is drawn, and the address."""
    lab.set_number(page, "Encoding dimension", 8)
    expect(page.get_by_text("values are compressed into 8")).to_be_visible()
    page.get_by_role("button", name="Remove").nth(1).click()
    expect(page.get_by_role("spinbutton", name="Hidden layer 2")).to_have_count(0)
    lab.set_number(page, "Hidden layer 1", 48)
    expect(page.get_by_role("img", name=re.compile("48"))).to_be_visible()
    lab.set_number(page, "Epochs", MANY_EPOCHS)
    expect(page).to_have_url(re.compile(rf"training\.epochs={MANY_EPOCHS}"))
    expect(page).to_have_url(re.compile(r"model\.encoding_dim=8&model\.backbone.*units=48&"))


def watch_it_learn(page: Page) -> None:
    """The curve grows in one and the same node, and samples and map appear."""
    lab.start(page)
    lab.wait_for_epoch(page, 1)
    chart = lab.curves(page)
    chart.evaluate("node => { node.dataset.first = 'yes' }")
    early, drawn = lab.plotted_epoch(page), chart.screenshot()
    lab.wait_for_epoch(page, early + 3)
    assert chart.screenshot() != drawn
    expect(chart).to_have_attribute("data-first", "yes")
    expect(page.get_by_role("img", name=re.compile("[Rr]econstruct"))).to_be_visible()
    expect(page.get_by_text("Map of the codes")).to_be_visible()
    expect(lab.start_button(page)).to_be_disabled()


def leave_and_come_back(page: Page) -> None:
    """The run goes on while its page is not shown."""
    before = lab.plotted_epoch(page)
    lab.go_to(page, "Runs")
    lab.go_to(page, "Train")
    lab.wait_for_epoch(page, before + 1)
    expect(lab.stop_button(page)).to_be_enabled()


def stop_it(page: Page) -> None:
    """Stop acts at once, keeps what was learned and says so."""
    asked = time.monotonic()
    lab.stop_button(page).click()
    expect(page.get_by_text("what it learned is kept")).to_be_visible()
    assert time.monotonic() - asked < STOP_SECONDS
    assert 1 < lab.plotted_epoch(page) < MANY_EPOCHS
    expect(page.get_by_text("Measured on 1,000 validation rows")).to_be_visible()
    expect(lab.start_button(page)).to_be_enabled()


def look_at_reconstructions(page: Page) -> None:
    """Pictures of held-out samples, another page of them, and the errors."""
    lab.go_to(page, "Reconstructions")
    first = page.get_by_role("img", name=re.compile(r"^Row \d+: original, reconstruction")).first
    expect(first).to_be_visible()
    shown = first.get_attribute("alt") or ""
    page.get_by_role("button", name=re.compile("^(Go to )?[Pp]age 2$")).first.click()
    expect(page.get_by_text("13 to 24 of 1,000 samples")).to_be_visible()
    expect(page.get_by_role("img", name=shown, exact=True)).to_have_count(0)


def map_the_codes(page: Page) -> None:
    """PCA is there at once; t-SNE shows its progress and ends in a map that survives a reload."""
    lab.go_to(page, "Latent space")
    expect(lab.latent_map(page)).to_be_visible()
    lab.choose_tsne(page)
    lab.wait_for_tsne(page)
    expect(page.get_by_text("Distances between clusters")).to_be_visible()
    page.reload()
    settle(page)
    expect(lab.latent_map(page)).to_be_visible()


def find_rename_and_delete(page: Page) -> None:
    """The run stands in the list after a reload, under its new name, until it is deleted."""
    lab.go_to(page, "Runs")
    page.get_by_role("button", name="Rename", exact=True).click()
    name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    name.fill("Eight <b>numbers</b>")
    name.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    heading = page.get_by_role("heading", name="Eight <b>numbers</b>", exact=True)
    expect(heading).to_be_visible()
    page.reload()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(heading).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
