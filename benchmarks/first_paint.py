"""First paint: how soon Start can be pressed, and how soon after that something is learned."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.report import publish, table
from tools import chromium, lab
from tools.app_server import ROOT, AppServer, serving

REPEATS = 5
CLICKS = 5
# A person looks at a page before they click on it.
LOOKING_SECONDS = 1.0
PEER = Path(__file__).with_name("one_button.py")
APP = ROOT / "app.py"
# Seconds from a server's start to its answer, and from that to a button that can be pressed.
Start = tuple[float, float]


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
    peers, apps = zip(*pairs, strict=True)
    usable = [seconds for _, seconds in apps]
    rows = [
        *_rows("Streamlit app of one button", "button", peers, peers),
        *_rows("Autoencoder Lab", "Start", apps, peers),
        ("Start → first plotted epoch, default run, warm worker", f"{median(clicks):.2f} s", ""),
    ]
    publish(
        "first_paint",
        "First paint",
        f"Medians of {REPEATS} cold servers each, in turn, and of {CLICKS} clicks on a warm one, "
        f"in headless Chromium (slowest page {max(usable):.2f} s, slowest "
        f"click {max(clicks):.2f} s). The browser is new to the page each time, and clicks "
        f"{LOOKING_SECONDS:g} s after it stands.\n\n" + table(("What", "Median", "Ratio"), rows),
    )


def _rows(
    name: str, button: str, measured: Sequence[Start], peers: Sequence[Start]
) -> list[tuple[str, str, str]]:
    steps = (f"{name}: started → server answers", f"{name}: server answers → {button} usable")
    rows = []
    for i, step in enumerate(steps):
        ours, theirs = [start[i] for start in measured], [start[i] for start in peers]
        ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
        rows.append((step, f"{median(ours):.2f} s", f"{ratio:.2f}"))
    return rows


def cold_start(browser: Browser, script: Path, home: Path) -> Start:
    """Seconds from a new server's start to its first answer, and from that to a usable button."""
    began = time.perf_counter()
    with serving(home, script) as server:
        answered = time.perf_counter()
        page = browser.new_page(base_url=server.url)
        page.goto("/", wait_until="commit")
        page.locator("button:not([disabled])", has_text="Start").wait_for()
        usable = time.perf_counter()
        page.close()
    return answered - began, usable - answered


def first_epochs(browser: Browser, server: AppServer) -> list[float]:
    """Seconds from click to the first plotted epoch, of the default run, each in a new tab."""
    return [_first_epoch(browser, server) for _ in range(CLICKS)]


def _first_epoch(browser: Browser, server: AppServer) -> float:
    page = browser.new_page(base_url=server.url)
    lab.open_train(page)
    lab.wait_for_worker(page)
    time.sleep(LOOKING_SECONDS)
    seconds = lab.click_to_first_epoch(page)
    lab.wait_for_end(page)
    page.close()
    return seconds


if __name__ == "__main__":
    main()
