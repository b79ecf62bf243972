"""Writes docs/images: every page, light and dark, of runs that are trained for the purpose."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools import chromium, lab
from tools.app_server import AppServer, serving

IMAGES = Path(__file__).with_name("images")
THEMES = ("light", "dark")
WIDTH, HEIGHT = 1280, 960
# Streamlit scrolls the page inside the window, so a window as tall as the page shows all of it.
PAGE_HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
LOADED = """() => !document.querySelector("[data-testid=stSkeleton]")
    && [...document.images].every(image => image.complete)
    && document.fonts.status === "loaded"
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(
        chart => chart.querySelector(".main-svg"))
"""
# The last one is what the pages open at first.
RUNS = (
    {
        "data__source": "breast-cancer",
        "data__classes": '["benign"]',
        "data__calibration_fraction": 0.3,
    },
    {"data__source": "digits", "model__encoding_dim": 8},
    {"data__source": "digits", "model__encoding_dim": 32, "model__penalties__ordered": "yes"},
    {"training__epochs": 200, "training__batch_size": 64},
)
CALIBRATED, ORDERED, CODED = "breast-cancer", "digits, code 32", "digits, code 8"
WATCHED = "Two numbers only"
WATCHED_EPOCH = 20


def main() -> None:
    """Train the runs and take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "runs") as server,
        chromium.launched() as browser,
    ):
        _train_runs(browser, server)
        for theme in THEMES:
            _take_what_stands_still(_new_page(browser, server, theme), theme)
        for theme in THEMES:
            _take_training(_new_page(browser, server, theme), theme)


def _train_runs(browser: Browser, server: AppServer) -> None:
    for fields in RUNS:
        page = browser.new_page(base_url=server.url)
        lab.open_train(page, **fields)
        lab.start(page)
        lab.wait_for_end(page)
        page.close()


def _take_what_stands_still(page: Page, theme: str) -> None:
    """The form, and every page that shows runs that have ended."""
    lab.open_train(page)
    _take(page, f"train-form-{theme}")
    lab.go_to(page, "Data")
    page.get_by_text("A few samples, as they came").wait_for()
    _take(page, f"data-{theme}")
    lab.go_to(page, "Reconstructions")
    _take(page, f"reconstructions-{theme}")
    _choose(page, "Over time")
    page.get_by_role("slider", name="Time").press("End")
    _take(page, f"over-time-{theme}")
    _choose(page, "Try your own")
    _choose(page, "Perturb")
    page.get_by_role("img", name="Map of").wait_for()
    _take(page, f"try-your-own-{theme}")
    lab.go_to(page, "Latent space")
    lab.choose_tsne(page)
    if theme == THEMES[0]:
        # The server keeps the map for whoever asks next.
        lab.wait_for_tsne(page)
    lab.latent_map(page).wait_for()
    _take(page, f"latent-space-{theme}")
    lab.go_to(page, "Generate")
    page.get_by_test_id("stImage").first.wait_for()
    _take(page, f"generate-{theme}")
    _choose(page, "Anywhere")
    page.get_by_role("application").wait_for()
    # What is left of the sliders would make the page as tall as they were.
    page.get_by_role("img", name="Decoded code", exact=True).wait_for(state="detached")
    _take(page, f"anywhere-{theme}")
    lab.go_to(page, "Runs")
    _take(page, f"runs-{theme}")
    lab.go_to(page, "Guide")
    _take(page, f"guide-{theme}")
    _take_dimensions(page, theme)
    _take_features(page, theme)
    _take_anomalies(page, theme)
    page.close()


def _take_dimensions(page: Page, theme: str) -> None:
    """The run with an ordered code, measured, and a few separate trainings beside it."""
    lab.go_to(page, "Dimensions")
    lab.choose_run(page, ORDERED)
    if theme == THEMES[0]:
        # The server keeps what is measured and trained for whoever asks next.
        page.get_by_role("button", name="Measure", exact=True).click()
        seeds = page.get_by_role("spinbutton", name="Seeds")
        seeds.fill("2")
        seeds.press("Enter")
        page.get_by_role("button", name="Train 12 separately").click()
    page.get_by_role("img", name="12 separate trainings").wait_for(timeout=lab.READY_SECONDS * 1000)
    page.get_by_role("button", name=re.compile("separately$|All are trained")).wait_for()
    _take(page, f"dimensions-{theme}")


def _take_features(page: Page, theme: str) -> None:
    """What the codes of a run of digits are good for."""
    lab.go_to(page, "Features")
    lab.choose_run(page, CODED)
    if theme == THEMES[0]:
        # The server keeps what is measured for whoever asks next.
        page.get_by_role("button", name="Probe the codes", exact=True).click()
    page.get_by_role("heading", name="How many labels it takes").wait_for(
        timeout=lab.READY_SECONDS * 1000
    )
    _take(page, f"features-{theme}")


def _take_anomalies(page: Page, theme: str) -> None:
    """The rows of the run that has some to calibrate with, scored."""
    lab.go_to(page, "Anomalies")
    lab.choose_run(page, CALIBRATED)
    if theme == THEMES[0]:
        # The server keeps the scores for whoever asks next.
        page.get_by_role("button", name="Score the rows", exact=True).click()
        page.get_by_role("button", name="Stop", exact=True).wait_for()
    page.get_by_role("button", name="Stop", exact=True).wait_for(
        state="detached", timeout=lab.READY_SECONDS * 1000
    )
    page.get_by_role("option").first.click()
    page.get_by_role("heading", name="Row ").wait_for()
    _choose(page, "With labels")
    _take(page, f"anomalies-{theme}")


def _choose(page: Page, section: str) -> None:
    page.get_by_role("radio", name=section, exact=True).click()
    chromium.settle(page)


def _take_training(page: Page, theme: str) -> None:
    """A run on its way."""
    lab.open_train(page)
    page.get_by_role("radio", name=WATCHED).click()
    page.get_by_text("784 values are compressed into 2").wait_for()
    lab.start(page)
    lab.wait_for_epoch(page, WATCHED_EPOCH)
    _take(page, f"train-{theme}")
    lab.wait_for_end(page)
    page.close()


def _new_page(browser: Browser, server: AppServer, theme: str) -> Page:
    return browser.new_page(
        base_url=server.url,
        viewport={"width": WIDTH, "height": HEIGHT},
        color_scheme="dark" if theme == "dark" else "light",
    )


def _take(page: Page, name: str) -> None:
    """A picture of the whole page, once it has come to rest."""
    page.wait_for_function(LOADED)
    page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, page.evaluate(PAGE_HEIGHT))})
    page.wait_for_function(LOADED)
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


if __name__ == "__main__":
    main()
