"""Seconds of a t-SNE map: ours against scikit-learn's, and how far each can be trusted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from sklearn.manifold import TSNE, trustworthiness

from aecore.data import load
from aecore.data.dataset import Dataset
from aecore.latent.maps.projection import pca, tsne
from benchmarks.report import publish, table

SOURCE = "mnist-5k"
ENCODING_DIM = 32
NEIGHBOURS = 15
REPEATS = 3
# What the page begins with, for both; scikit-learn's own default is twice as many.
ITERATIONS = 500
WANTED_RATIO, WANTED_DIFFERENCE = 0.75, 0.005

Drawing = Callable[[np.ndarray], np.ndarray]


def ours(code: np.ndarray) -> np.ndarray:
    """The map as the page draws it."""
    return tsne(code, iterations=ITERATIONS).points


def theirs(iterations: int) -> Drawing:
    """scikit-learn's map with its defaults, but for the number of iterations."""
    return lambda code: np.asarray(TSNE(max_iter=iterations, random_state=0).fit_transform(code))


def codes() -> np.ndarray:
    """(5000, 32) what a linear autoencoder would learn of the digits."""
    raw = load(SOURCE)
    assert isinstance(raw, Dataset)
    return pca(raw.x.reshape(len(raw.x), -1) / 255.0, ENCODING_DIM).points


def main() -> None:
    """Measure in turn and publish the table."""
    code = codes()
    drawings = {
        f"scikit-learn, {ITERATIONS} iterations": theirs(ITERATIONS),
        "scikit-learn, its default of 1,000": theirs(1000),
        f"ours (openTSNE), {ITERATIONS} iterations": ours,
    }
    seconds: dict[str, list[float]] = {name: [] for name in drawings}
    trust = {}
    for _ in range(REPEATS):
        for name, draw in drawings.items():
            start = time.perf_counter()
            points = draw(code)
            seconds[name].append(time.perf_counter() - start)
            trust[name] = float(trustworthiness(code, points, n_neighbors=NEIGHBOURS))
            print(f"{name}: {seconds[name][-1]:.2f} s, {trust[name]:.4f}", flush=True)
    _publish(seconds, trust)


def _publish(seconds: dict[str, list[float]], trust: dict[str, float]) -> None:
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    peer = next(iter(medians))
    rows = [
        (name, f"{median:.2f}", f"{median / medians[peer]:.2f}", f"{trust[name]:.4f}")
        for name, median in medians.items()
    ]
    columns = ("Map", "Seconds", "Ratio", f"Trustworthiness, k = {NEIGHBOURS}")
    text = (
        f"Medians of {REPEATS} maps each, in turn, of 5,000 codes of {ENCODING_DIM} numbers (the "
        f"first principal components of {SOURCE}); perplexity 30, seed 0. scikit-learn uses all "
        f"cores, ours one. Wanted: at most {WANTED_RATIO} of the time of as many iterations, "
        f"trustworthiness within {WANTED_DIFFERENCE}. Trustworthiness is scikit-learn's own.\n\n"
        f"{table(columns, rows)}"
    )
    publish("tsne", "t-SNE against scikit-learn", text)


if __name__ == "__main__":
    main()
