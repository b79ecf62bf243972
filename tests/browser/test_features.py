"""From a run to what its codes are good for, what is in them, and a file, as a person goes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tools import chromium, lab

NUMBERS, ROWS = 4, 1797


def choose(page: Page, section: str) -> None:
    """Change to another section."""
    page.get_by_role("radio", name=section, exact=True).click()
    chromium.settle(page)


def test_codes_are_probed_looked_into_and_taken_along(page: Page) -> None:
    """A verdict in words, cards with what each number moves, clusters, and a CSV with labels."""
    lab.open_train(page, data__source="digits", model__encoding_dim=NUMBERS, training__epochs=3)
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Features")
    page.get_by_role("button", name="Probe the codes").click()
    expect(page.get_by_text(re.compile("names the class of .* held-out rows"))).to_be_visible()
    scores = page.get_by_role("img", name=re.compile("^accuracy on held-out rows. Logistic"))
    expect(scores).to_be_visible()

    choose(page, "What is in them?")
    moved = page.get_by_role("img", name=re.compile(r"^Decoded while code \d goes from low"))
    expect(moved).to_have_count(NUMBERS)
    page.get_by_text("What the first layer of the encoder looks for").click()
    expect(page.get_by_role("img", name="Weights of units of the first layer")).to_have_count(2)

    choose(page, "Clusters")
    expect(
        page.get_by_role("img", name=re.compile("^Samples nearest to the centre"))
    ).to_have_count(10)

    choose(page, "Codes as a file")
    page.get_by_role("button", name="Make the file").click()
    button = page.get_by_role("button", name=re.compile("^Download"))
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    with Path(waiting.value.path()).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == ROWS
    assert list(rows[0]) == ["row", "label", "error", *(f"code_{i + 1}" for i in range(NUMBERS))]
