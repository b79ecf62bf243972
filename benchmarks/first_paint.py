"""How soon can a person press Start, and how soon after that do they see something learned?"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.report import publish, table
from tools import chromium, lab
from tools.app_server import ROOT, AppServer, serving

REPEATS = 5
CLICKS = 5
PEER = Path(__file__).with_name("one_button.py")
APP = ROOT / "app.py"


def main() -> None:
    """Measure both, in turn, and write the section."""
    with chromium.launched() as browser, tempfile.TemporaryDirectory() as folder:
        pairs = [
            (
                cold_start(browser, PEER, Path(folder) / f"peer-{i}"),
                cold_start(browser, APP, Path(folder) / f"app-{i}"),
            )
            for i in range(REPEATS)
        ]
        with serving(Path(folder) / "warm") as server:
            clicks = first_epochs(browser, server)
    peer, app = (median(seconds) for seconds in zip(*pairs, strict=True))
    ratio = median(ours / theirs for theirs, ours in pairs)
    rows = [
        ("Streamlit app of one button: server answers → button usable", f"{peer:.2f} s", "1.00"),
        ("Autoencoder Lab: server answers → Start usable", f"{app:.2f} s", f"{ratio:.2f}"),
        ("Start → first plotted epoch, default run, warm worker", f"{median(clicks):.2f} s", ""),
    ]
    publish(
        "first_paint",
        "First paint",
        f"Medians of {REPEATS} cold servers each, in turn, and of {CLICKS} clicks on a warm one, "
        f"in headless Chromium (slowest start {max(ours for _, ours in pairs):.2f} s, slowest "
        f"click {max(clicks):.2f} s). The browser is new to the page each time.\n\n"
        + table(("What", "Median", "Ratio"), rows),
    )


def cold_start(browser: Browser, script: Path, home: Path) -> float:
    """Seconds from the first answer of a new server to a button that can be pressed."""
    with serving(home, script) as server:
        answered = time.perf_counter()
        page = browser.new_page(base_url=server.url)
        page.goto("/", wait_until="commit")
        page.locator("button:not([disabled])", has_text="Start").wait_for()
        seconds = time.perf_counter() - answered
        page.close()
    return seconds


def first_epochs(browser: Browser, server: AppServer) -> list[float]:
    """Seconds from click to the first plotted epoch, of the default run, each in a new tab."""
    return [_first_epoch(browser, server) for _ in range(CLICKS)]


def _first_epoch(browser: Browser, server: AppServer) -> float:
    page = browser.new_page(base_url=server.url)
    lab.open_train(page)
    lab.wait_for_worker(page)
    seconds = lab.click_to_first_epoch(page)
    lab.wait_for_end(page)
    page.close()
    return seconds


if __name__ == "__main__":
    main()
