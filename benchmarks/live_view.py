"""Live view: what it costs a training run that a browser watches it."""

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

# Epochs of a run -> pairs of runs: a short one is mostly its first drawing, a long one ticks.
RUNS = {60: 5, 300: 3}
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
        trained(browser, server, store, min(RUNS), watch=True)
        rows = [
            row
            for epochs, pairs in RUNS.items()
            for row in compared(browser, server, store, epochs, pairs)
        ]
    publish(
        "live_view",
        "Being watched",
        "The default run with more epochs, watched and not, in turn, on one server; seconds of "
        "all epochs but two. Chromium runs on the same machine. The ratio is the median of "
        f"{' and of '.join(str(pairs) for pairs in RUNS.values())} pairs.\n\n"
        + table(("Training", "Median", "Ratio"), rows),
    )


def compared(
    browser: Browser, server: AppServer, store: RunStore, epochs: int, repeats: int
) -> list[tuple[str, str, str]]:
    """The two rows of runs of one length."""
    pairs = [
        (
            trained(browser, server, store, epochs, watch=False),
            trained(browser, server, store, epochs, watch=True),
        )
        for _ in range(repeats)
    ]
    alone, watched = (median(seconds) for seconds in zip(*pairs, strict=True))
    ratio = median(with_ / without for without, with_ in pairs)
    return [
        (f"{epochs} epochs, nobody watches", f"{alone:.2f} s", "1.00"),
        (f"{epochs} epochs, a browser watches", f"{watched:.2f} s", f"{ratio:.3f}"),
    ]


def trained(
    browser: Browser, server: AppServer, store: RunStore, epochs: int, *, watch: bool
) -> float:
    """Seconds that the epochs of one run took, with its page open or left after the start."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page, training__epochs=epochs)
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
