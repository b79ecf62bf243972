"""Exploring: how soon a moved slider shows its picture and a sheet of 400 is decoded."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page

from aecore.evaluation.samples import Samples
from aecore.generation.traversal import Grid, plane
from aecore.jobs.server.engine import JobEngine
from aecore.latent.codes import decoded
from aecore.runs.store import RunStore
from benchmarks.report import publish, table
from tools import chromium, lab
from tools.app_server import AppServer, serving
from ui.generate.pictures import ONE_SIDE, cell_side, sheet

# From the middle of a slider of 100 steps.
PRESSES = 40
REPEATS = 15
SIDE = 20
PAUSE_MILLISECONDS = 400
# Notes when a key goes down, and when a new picture has been loaded and can be painted.
ARM = """() => {
    const picture = () => document.querySelector("[data-testid=stImage] img");
    const before = picture().src;
    window.milliseconds = null;
    document.addEventListener("keydown", () => {
        const began = performance.now();
        const look = () => {
            const now = picture();
            if (now && now.src !== before && now.complete) {
                window.milliseconds = performance.now() - began;
            } else requestAnimationFrame(look);
        };
        look();
    }, { once: true, capture: true });
}"""

Decode = Callable[[np.ndarray], np.ndarray]


def main() -> None:
    """Train a run, move its sliders, decode its sheet both ways, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "runs"
        with serving(home) as server, chromium.launched() as browser:
            run_id = _trained(browser, server)
            alone = _slider(browser, server)
        one, peer_one, grid, peer_grid = _decoding(RunStore(home), run_id)
    p95 = quantiles(alone, n=20)[-1]
    rows = [
        ("key press on a slider → picture painted", _ms(median(alone)), _ms(p95), "≤ 150 ms p95"),
    ]
    pairs = [
        ("one code", _ms(peer_one), _ms(one), f"{one / peer_one:.2f}", ""),
        (
            f"{SIDE} × {SIDE} codes",
            _ms(peer_grid),
            _ms(grid),
            f"{grid / peer_grid:.2f}",
            "≤ 500 ms",
        ),
    ]
    publish(
        "explore",
        "Exploring a trained run",
        f"The default run; {PRESSES} presses in headless Chromium on the same machine, one viewer."
        "\n\n"
        + table(("Generate page", "Median", "p95", "Wanted"), rows)
        + f"\n\nRequest → PNG, medians of {REPEATS}, in turn. The peer is a script that has loaded "
        "the decoder with Keras and calls `model.predict`; ours goes to the worker and back.\n\n"
        + table(("Decoded", "`predict`", "Autoencoder Lab", "Ratio", "Wanted"), pairs),
    )


def _trained(browser: Browser, server: AppServer) -> str:
    """The default run, trained in the app; its id."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page)
    lab.start(page)
    lab.wait_for_end(page)
    page.close()
    return RunStore(server.home).summaries()[0].run_id


def _slider(browser: Browser, server: AppServer) -> list[float]:
    """Seconds from each key press to its picture, after some to warm up."""
    page = browser.new_page(base_url=server.url)
    lab.open_train(page)
    lab.go_to(page, "Generate")
    page.get_by_test_id("stImage").first.wait_for()
    chromium.settle(page)
    page.get_by_test_id("stSlider").first.locator("input").focus()
    seconds = [_press(page) for _ in range(PRESSES + 5)]
    page.close()
    return seconds[5:]


def _press(page: Page) -> float:
    page.wait_for_timeout(PAUSE_MILLISECONDS)
    page.evaluate(ARM)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.milliseconds !== null")
    return float(page.evaluate("window.milliseconds")) / 1000


def _decoding(store: RunStore, run_id: str) -> tuple[float, float, float, float]:
    """Median seconds of one code and of a sheet: in the worker and by `predict`, for each."""
    samples = store.samples(run_id)
    ranges = ((-1.0, 1.0), (-1.0, 1.0))
    grid = plane(samples.code.mean(axis=0, dtype=np.float64), (0, 1), ranges, SIDE)
    ours, theirs = _worker(store, run_id), _plain_script(store, run_id)
    engine, decode = ours
    try:
        single = _in_turn(lambda d: _one(d, samples), decode, theirs)
        many = _in_turn(lambda d: _sheet(d, grid, samples), decode, theirs)
    finally:
        engine.close()
    return (*single, *many)


def _worker(store: RunStore, run_id: str) -> tuple[JobEngine, Decode]:
    engine = JobEngine(store)
    engine.start()
    while engine.state != "ready":
        time.sleep(0.1)
    return engine, lambda codes: engine.decode(run_id, codes)


def _plain_script(store: RunStore, run_id: str) -> Decode:
    import keras

    decoder = keras.saving.load_model(store.path(run_id, "decoder.keras"), compile=False)
    return lambda codes: decoder.predict(codes, verbose=0)


def _in_turn(draw: Callable[[Decode], bytes], ours: Decode, theirs: Decode) -> tuple[float, float]:
    """Median seconds of both, after one each to warm up."""
    pairs = [(_seconds(draw, ours), _seconds(draw, theirs)) for _ in range(REPEATS + 1)][1:]
    first, second = zip(*pairs, strict=True)
    return median(first), median(second)


def _seconds(draw: Callable[[Decode], bytes], decode: Decode) -> float:
    began = time.perf_counter()
    draw(decode)
    return time.perf_counter() - began


def _one(decode: Decode, samples: Samples) -> bytes:
    return _png(sheet(decode(samples.code[:1])[None], samples.display_range, ONE_SIDE))


def _sheet(decode: Decode, grid: Grid, samples: Samples) -> bytes:
    return _png(sheet(decoded(decode, grid.codes), samples.display_range, cell_side(SIDE)))


def _png(picture: np.ndarray) -> bytes:
    content = io.BytesIO()
    Image.fromarray(picture).save(content, "PNG")
    return content.getvalue()


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


if __name__ == "__main__":
    main()
