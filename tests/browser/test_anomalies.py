"""Do alarms follow the handle at once, and is a review by keyboard alone kept with the run?"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tools import lab
from tools.chromium import settle

SCORING_MILLISECONDS = 120_000
# What is on screen a frame later, without waiting for a server.
AFTER_A_FRAME = """handle => new Promise(done => requestAnimationFrame(
    () => requestAnimationFrame(() => done(handle.getAttribute("aria-valuetext")))))"""
MARKED = re.compile(r"(\d+) marked")


def test_score_drag_review_and_download(page: Page, tmp_path: Path) -> None:
    """The whole way: train, score, move the threshold, mark rows, find all again, download."""
    lab.open_train(
        page,
        data__source="breast-cancer",
        data__calibration_fraction=0.3,
        training__epochs=5,
    )
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Anomalies")
    page.get_by_role("button", name="Score the rows", exact=True).click()
    expect(rows(page)).to_be_visible(timeout=SCORING_MILLISECONDS)
    stop = page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_have_count(0, timeout=SCORING_MILLISECONDS)
    settle(page)

    move_the_threshold(page)
    review_by_keyboard(page)
    find_it_again(page)
    download(page, tmp_path)


def rows(page: Page) -> Locator:
    """The list of the oddest rows."""
    return page.get_by_role("listbox", name="The oddest rows")


def handle(page: Page) -> Locator:
    """The threshold."""
    return page.get_by_role("slider", name="Threshold")


def alarms(page: Page) -> int:
    """How many rows raise an alarm, as the handle says."""
    found = re.search(
        r"([\d,]+) of [\d,]+ rows", handle(page).get_attribute("aria-valuetext") or ""
    )
    assert found
    return int(found[1].replace(",", ""))


def figure(page: Page, title: str) -> Locator:
    """The value of a figure at the threshold."""
    return page.locator("dl").filter(has_text=title).locator(".value").first


def move_the_threshold(page: Page) -> None:
    """Handle, figures and list agree, step by step with the keys and within a frame by hand."""
    before = alarms(page)
    expect(figure(page, "Alarms")).to_have_text(str(before))
    handle(page).press("ArrowLeft")
    expect(figure(page, "Alarms")).to_have_text(str(before + 1))
    expect(rows(page).locator(".alarm")).to_have_count(before + 1)
    expect(page.get_by_text("Moved by hand")).to_be_visible()

    box = page.locator(".plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.97 * box["width"], box["y"] + 0.5 * box["height"])
    assert re.search(r"\b[0-2] of", handle(page).evaluate(AFTER_A_FRAME))
    assert int(figure(page, "Alarms").inner_text()) <= 2
    page.mouse.up()
    expect(page.get_by_text(re.compile("Moved by hand: [0-2] of"))).to_be_visible()
    page.get_by_role("button", name="Back to the rule").click()
    expect(page.get_by_text("Moved by hand")).to_have_count(0)
    expect(figure(page, "Alarms")).to_have_text(str(before))


def review_by_keyboard(page: Page) -> None:
    """Three rows marked faster than the server answers, one mark taken away, another row shown."""
    rows(page).press("j")
    for key in ("o", "n", "u", "k", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text=MARKED)).to_have_text(re.compile("2 marked"))
    expect(page.get_by_text("1 odd, 1 normal")).to_be_visible()
    chosen = rows(page).locator("[aria-selected=true]")
    number = int(chosen.get_attribute("data-row") or "")
    expect(page.get_by_role("heading", name=f"Row {number:,}", exact=True)).to_be_visible()


def find_it_again(page: Page) -> None:
    """Scores and marks are there after a reload."""
    page.reload()
    expect(page.get_by_role("status").filter(has_text=MARKED)).to_be_visible()
    expect(page.get_by_text("1 odd, 1 normal")).to_be_visible()
    settle(page)


def download(page: Page, folder: Path) -> None:
    """All rows, and as many flags as alarms."""
    page.get_by_role("radio", name="Download").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    waiting.value.save_as(folder / "rows.csv")
    with (folder / "rows.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert list(found[0])[:4] == ["row", "score", "p_value", "flag"]
    assert sum(row["flag"] == "1" for row in found) == alarms(page)
