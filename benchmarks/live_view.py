"""What does it cost a training run that a browser watches it?"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from aecore.runs.store import RunStore
from benchmarks.report import publish, table
from tools import chromium, lab
from tools.app_server import AppServer, serving

PAIRS = 5
EPOCHS = 60
POLL_SECONDS = 1.0
ELSEWHERE = "about:blank"


def main() -> None:
    """Train watched and unwatched in turn, on one server, and write the section."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "runs") as server,
        chromium.launched() as browser,
    ):
        store = RunStore(server.home)
        trained(browser, server, store, watch=True)
        pairs = [
            (
                trained(browser, server, store, watch=False),
                trained(browser, server, store, watch=True),
            )
            for _ in range(PAIRS)
        ]
    alone, watched = (median(seconds) for seconds in zip(*pairs, strict=True))
    ratio = median(with_ / without for without, with_ in pairs)
    rows = [
        ("nobody watches", f"{alone:.2f} s", "1.00"),
        ("a browser watches", f"{watched:.2f} s", f"{ratio:.3f}"),
    ]
    publish(
        "live_view",
        "Being watched",
        f"The default run with {EPOCHS} epochs, {PAIRS} times each way, in turn, on one server; "
        "seconds of all its epochs. Chromium runs on the same machine. The ratio is the median of "
        f"{PAIRS} pairs.\n\n" + table(("Training", "Median", "Ratio"), rows),
    )


def trained(browser: Browser, server: AppServer, store: RunStore, *, watch: bool) -> float:
    """Seconds that the epochs of one run took, with its page open or left after the start."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page, training__epochs=EPOCHS)
    lab.wait_for_worker(page)
    lab.start(page)
    lab.wait_for_epoch(page, 1)
    if not watch:
        page.goto(ELSEWHERE)
    seconds = _epoch_seconds(store)
    page.close()
    return seconds


def _epoch_seconds(store: RunStore) -> float:
    """Wait until the newest run has ended; seconds of its epochs but the first two."""
    while not (newest := store.summaries()[0]).ended:
        time.sleep(POLL_SECONDS)
    return sum(store.view(newest.run_id).epoch_seconds[2:])


if __name__ == "__main__":
    main()
