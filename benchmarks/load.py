"""Load: many who watch one live run, and many who walk all pages, on one machine.

`make bench-load` writes its section of docs/benchmarks.md. Those who watch and walk are processes
on the same cores.
"""

from __future__ import annotations

import http.client
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page

from aecore.runs.store import RunStore
from benchmarks.report import publish, table
from tools import chromium, lab
from tools.app_server import AppServer, serving
from tools.visitor import visiting

WATCHERS, MORE_WATCHERS = 30, (60, 120, 240)
VISITORS, THINKING_SECONDS, ROUNDS = 20, (1.0, 5.0), 2
# A run is watched to its end, at most so long; each number of more watchers so long.
WATCHED_SECONDS, MANY_SECONDS, POLL_SECONDS = 120.0, 12.0, 1.0
EPOCHS, PAIRS = 150, 2
# A run that outlasts all who watch it.
LONG = {"training__epochs": 1_000, "training__batch_size": 4}
WANTED_WATCHING = 0.25
LOOK = {"width": 800, "dark": 0, "log": 0}


def watch(url: str, run_id: str, number: int, seconds: float) -> list[float]:
    """So many panels that ask for a run once a second, as `live.js` does; seconds an answer."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(number) as pool:
        found = pool.map(lambda _: _watcher(url, run_id, end), range(number))
        return list(chain.from_iterable(found))


def _watcher(url: str, run_id: str, end: float) -> list[float]:
    time.sleep(random.uniform(0, POLL_SECONDS))
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    known, waited, ended = {"version": "", "snapshot": ""}, [], False
    while time.monotonic() < end and not ended:
        began = time.monotonic()
        connection.request("GET", f"/live/{run_id}?{urlencode({**LOOK, **known})}")
        answer = connection.getresponse()
        content = answer.read()
        waited.append(time.monotonic() - began)
        if answer.status == http.HTTPStatus.OK:
            told = json.loads(content)
            known, ended = {name: str(told.get(name, "")) for name in known}, told["ended"]
        elif answer.status != http.HTTPStatus.NO_CONTENT:
            raise RuntimeError(f"{answer.status}: {content[:200]!r}")
        time.sleep(max(0.0, POLL_SECONDS - (time.monotonic() - began)))
    return waited


def walk(url: str, run_id: str, number: int, rounds: int) -> list[float]:
    """So many visitors who go through all pages, thinking between them; seconds a page."""
    with ThreadPoolExecutor(number) as pool:
        found = pool.map(lambda _: _walker(url, run_id, rounds), range(number))
        return list(chain.from_iterable(found))


def _walker(url: str, run_id: str, rounds: int) -> list[float]:
    waited = []
    with visiting(url, urlencode({"run": run_id})) as visitor:
        visitor.open()
        for page in visitor.pages * rounds:
            time.sleep(random.uniform(*THINKING_SECONDS))
            began = time.monotonic()
            visitor.open(page)
            waited.append(time.monotonic() - began)
        if visitor.failures:
            raise RuntimeError(f"A page failed: {visitor.failures[0]}")
    return waited


def main() -> None:
    """Measure and publish."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "runs") as server,
        chromium.launched() as browser,
        ProcessPoolExecutor(1, get_context("spawn")) as others,
    ):
        load = Load(server, browser, RunStore(server.home), others)
        load.train(EPOCHS)
        watched, many, walked = load.compare(), load.many(), load.walk()
    holds = [number for number, waited in many.items() if p95(waited) < WANTED_WATCHING]
    rows = [
        (f"{number} watch a live run", *_figures(waited))
        for number, waited in {WATCHERS: watched.waited, **many}.items()
    ]
    rows.append((f"{VISITORS} walk all pages", *_figures(walked)))
    text = (
        f"Watchers ask once a second, as the panel does; visitors think {THINKING_SECONDS[0]:g} to "
        f"{THINKING_SECONDS[1]:g} s between pages. Both run on the server's own two cores. "
        f"{WATCHERS} watchers make training {watched.ratio:.2f} times as long (median of {PAIRS} "
        f"pairs). The most watchers of those tried with 95 % of answers within "
        f"{WANTED_WATCHING * 1000:g} ms: {max(holds, default=0)}.\n\n"
        + table(("Load", "Median", "95 %", "Longest"), rows)
    )
    publish("load", "Many at once", text)


class Watched(NamedTuple):
    """A run beside one that nobody watched: seconds an answer, and how many times as long."""

    waited: list[float]
    ratio: float


class Load:
    """A served app, and processes that watch it and walk through it."""

    def __init__(
        self, server: AppServer, browser: Browser, store: RunStore, others: ProcessPoolExecutor
    ) -> None:
        self._server, self._browser, self._store, self._others = server, browser, store, others

    def train(self, epochs: int, meanwhile: Callable[[str], object] = str) -> float:
        """Train a run that no page shows; seconds of its epochs but the first two."""
        run_id = self._begin({"training__epochs": epochs})
        meanwhile(run_id)
        while not self._store.summary(run_id).ended:
            time.sleep(POLL_SECONDS)
        return sum(self._store.view(run_id).epoch_seconds[2:])

    def compare(self) -> Watched:
        """Runs that nobody and that many watch, in turn."""
        waited: list[float] = []

        def watch_it(run_id: str) -> None:
            asked = (self._server.url, run_id, WATCHERS, WATCHED_SECONDS)
            waited.extend(self._others.submit(watch, *asked).result())

        ratios = []
        for _ in range(PAIRS):
            alone = self.train(EPOCHS)
            ratios.append(self.train(EPOCHS, watch_it) / alone)
        return Watched(waited, median(ratios))

    def many(self) -> dict[int, list[float]]:
        """Seconds an answer for more watchers of a run that goes on."""
        run_id = self._begin(LONG)
        found = {}
        for number in MORE_WATCHERS:
            asked = (self._server.url, run_id, number, MANY_SECONDS)
            found[number] = self._others.submit(watch, *asked).result()
        if self._store.summary(run_id).ended:
            raise RuntimeError("The run ended while it was watched.")
        with _page(self._browser, self._server) as page:
            page.goto(f"/?run={run_id}")
            lab.stop_button(page).click()
            lab.wait_for_end(page)
        return found

    def walk(self) -> list[float]:
        """Seconds a page for visitors who walk."""
        run_id = self._store.summaries()[-1].run_id
        return self._others.submit(walk, self._server.url, run_id, VISITORS, ROUNDS).result()

    def _begin(self, fields: Mapping[str, int]) -> str:
        with _page(self._browser, self._server) as page:
            lab.open_train(page, **fields)
            lab.wait_for_worker(page)
            lab.start(page)
            lab.wait_for_epoch(page, 1)
        return self._store.summaries()[0].run_id


def p95(seconds: Sequence[float]) -> float:
    """What 95 % of them are within."""
    return quantiles(seconds, n=20)[-1]


@contextmanager
def _page(browser: Browser, server: AppServer) -> Iterator[Page]:
    page = browser.new_page(base_url=server.url)
    yield page
    page.close()


def _figures(seconds: Sequence[float]) -> tuple[str, str, str]:
    found = (median(seconds), p95(seconds), max(seconds))
    median_, most, longest = (f"{value * 1000:,.0f} ms" for value in found)
    return median_, most, longest


if __name__ == "__main__":
    main()
