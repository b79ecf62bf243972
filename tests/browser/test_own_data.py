"""Can a user bring their own data, check it, and train on it?"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from playwright.sync_api import Page, expect

from tools import lab
from tools.chromium import settle

ROWS = 160


def give(page: Page, path: Path) -> None:
    """Open the Data page and upload a file there."""
    page.goto("/data")
    settle(page)
    page.get_by_role("radio", name="Your files").click()
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("200MB per file")
    page.locator("input[type=file]").set_input_files(path)


def train(page: Page) -> None:
    """Follow the link to the form, train a few epochs, and wait for the figures."""
    page.get_by_role("link", name="Train on this").click()
    page.get_by_role("heading", level=1, name="Train an autoencoder").wait_for()
    settle(page)
    lab.set_number(page, "Epochs", 5)
    lab.start(page)
    lab.wait_for_end(page)
    expect(page.get_by_text(re.compile("same samples improve"))).to_be_visible()


def table(path: Path) -> Path:
    """A CSV with a label column, categories, missing values and an id."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "id": np.arange(ROWS),
            "height": random.normal(50, 10, ROWS).round(2),
            "weight": random.gamma(2, 3, ROWS).round(2),
            "colour": np.array(["red", "brown", "black"])[random.integers(0, 3, ROWS)],
            "species": np.array(["cat", "dog"])[random.integers(0, 2, ROWS)],
        }
    )
    frame.loc[::9, "height"] = np.nan
    frame.to_csv(path, index=False)
    return path


def pictures(path: Path) -> Path:
    """A ZIP of 80 pictures in two folders."""
    random = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(80):
            kind = ("bright", "dark")[i % 2]
            low = 128 * (kind == "bright")
            content = io.BytesIO()
            pixels = random.integers(low, low + 128, (12, 10)).astype(np.uint8)
            Image.fromarray(pixels).save(content, "PNG")
            archive.writestr(f"{kind}/{i}.png", content.getvalue())
    return path


def test_a_table_with_labels_and_gaps(page: Page, tmp_path: Path) -> None:
    """Roles are proposed and can be changed; the run sees what the page said."""
    give(page, table(tmp_path / "animals.csv"))
    expect(page.get_by_text("160 rows are missing", exact=False)).to_be_visible()
    expect(page.get_by_text(re.compile("Ignored: .*unique in each row"))).to_be_visible()
    expect(page.get_by_text("128 rows to train on, 32 to validate.")).to_be_visible()
    train(page)
    expect(page.get_by_text(re.compile(r"animals\.csv · Dense"))).to_be_visible()
    lab.go_to(page, "Reconstructions")
    expect(page.get_by_text("colour = brown").first).to_be_attached()


def test_a_zip_of_pictures(page: Page, tmp_path: Path) -> None:
    """Folders become classes, and the model takes pictures of their size."""
    give(page, pictures(tmp_path / "shades.zip"))
    expect(page.get_by_role("img", name="30 pictures")).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Only these classes"))).to_be_visible()
    expect(page.get_by_text("12 × 10")).to_be_visible()
    train(page)


def test_a_bad_file_leaves_all_as_it_was(page: Page, tmp_path: Path) -> None:
    """One sentence of cause and one of what to do; the form's data set stays, the file does not."""
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n3,4,5\n")
    give(page, bad)
    expect(page.get_by_role("alert")).to_contain_text(re.compile("Line 3 of bad.csv"))
    settle(page)
    # The place for files is empty again, and the next one is judged by itself.
    junk = tmp_path / "junk.npz"
    junk.write_bytes(b"junk")
    page.locator("input[type=file]").set_input_files(junk)
    expect(page.get_by_role("alert")).to_contain_text("junk.npz")
    expect(page.get_by_text("bad.csv")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Back to MNIST")).click()
    expect(page.get_by_text("junk.npz")).to_have_count(0)
    expect(page.get_by_text("5,000").first).to_be_visible()
    lab.go_to(page, "Train")
    expect(page).to_have_url(re.compile(r"data\.source=mnist-5k"))


def logger(path: Path) -> Path:
    """What a logger exports: lines on itself, units, decimal commas, a sentinel and a fault."""
    random = np.random.default_rng(0)
    rows = [
        f"{20 + random.normal(0, 3):.2f};{1010 + random.normal(0, 8):.1f};{random.random():.3f}"
        for _ in range(ROWS)
    ]
    rows[40] = "err;1010.0;0.500"
    rows[60:70] = ["-999;1010.0;0.500"] * 10
    lines = ["Station;Lindenberg", "Serial number;SN-1", "", "temp;press;hum", "°C;hPa;1"]
    path.write_text("\n".join([*lines, *(row.replace(".", ",") for row in rows), ""]), "utf-8")
    return path


def test_an_instruments_export_is_understood_and_corrected(page: Page, tmp_path: Path) -> None:
    """What was left out is told, one click makes a sentinel missing, and the rest is trained on."""
    give(page, logger(tmp_path / "logger.csv"))
    rows = page.get_by_test_id("stMetric").filter(has_text="Rows")
    gaps = page.get_by_test_id("stMetric").filter(has_text="Missing values")
    expect(rows).to_contain_text("160")
    expect(gaps).to_contain_text("1")
    expect(
        page.get_by_text(re.compile("Line 5, below the heading, holds no values"))
    ).to_be_visible()
    expect(page.get_by_text(re.compile('"temp": 1 of 160 cells holds no number'))).to_be_visible()
    page.get_by_role("button", name="Count -999 as missing").click()
    expect(gaps).to_contain_text("11")
    page.get_by_text("How the file was read").click()
    expect(page.get_by_text("The decimal mark is a comma.")).to_be_visible()
    separator = page.get_by_role("combobox", name=re.compile("Between values"))
    expect(separator).to_have_value("As found: Semicolon")
    expect(page).to_have_url(re.compile(r"data\.reading\.missing_numbers=%5B-999"))
    train(page)
