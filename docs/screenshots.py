"""Writes docs/images: every page, light and dark, of a run that is trained for the purpose."""

from __future__ import annotations

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
"""
EPOCHS = 40
SHOWN_EPOCH = 14


def main() -> None:
    """Train one run and take every picture of it."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "runs") as server,
        chromium.launched() as browser,
    ):
        _train_others(browser, server)
        for theme in THEMES:
            _take_all(browser, server, theme)


def _train_others(browser: Browser, server: AppServer) -> None:
    """Some earlier runs, for the list of runs."""
    for fields in (
        {"data__source": "breast-cancer"},
        {"data__source": "digits", "model__encoding_dim": 8},
        {"data__source": "digits", "model__encoding_dim": 2},
    ):
        page = browser.new_page(base_url=server.url)
        lab.open_train(page, **fields)
        lab.start(page)
        lab.wait_for_end(page)
        page.close()


def _take_all(browser: Browser, server: AppServer, theme: str) -> None:
    """Every page in one theme, around a run that is trained before the camera."""
    page = _new_page(browser, server, theme)
    lab.open_train(page, training__epochs=EPOCHS)
    lab.wait_for_worker(page)
    _take(page, f"train-form-{theme}")
    lab.start(page)
    lab.wait_for_epoch(page, SHOWN_EPOCH)
    _take(page, f"train-{theme}")
    lab.wait_for_end(page)
    lab.go_to(page, "Reconstructions")
    _take(page, f"reconstructions-{theme}")
    lab.go_to(page, "Latent space")
    lab.compute_tsne(page)
    _take(page, f"latent-space-{theme}")
    lab.go_to(page, "Runs")
    _take(page, f"runs-{theme}")
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
