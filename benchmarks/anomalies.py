"""How well anomalies are found on five open sets, by each score and beside each detector.

`python -m benchmarks.anomalies DIR [SEEDS]` reads `<set>.npz` with `x` and `y` (1 is an anomaly)
from DIR. 60 % of the rows train, all of them or the normal ones alone; the rest is scored.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import Experiment, Result, train
from aecore.evaluation.anomalies.detection import auroc, average_precision
from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.scored_rows import UNTRAINED_TITLE
from aecore.evaluation.anomalies.scores import SCORES
from aecore.run import untrained
from aecore.runs.compared import Compared
from aecore.runs.comparing import compare
from aecore.runs.scoring import score_in_parts
from aecore.runs.training_data import training_data
from aecore.training.stops import STOPS
from benchmarks.promise import ALPHAS, HEAD, SPLITS, Kept, keep_promise, promise_rows
from benchmarks.report import RESULTS, publish, table

SETS = ("thyroid", "breastw", "mammography", "wbc", "annthyroid")
PROTOCOLS = {"unlabelled": "Trained on all rows", "normals": "Trained on normal rows"}
LAST, ENTROPY = "epochs", "loss-entropy"
TRAINED_SHARE = 0.6
WANTED = {"unlabelled": 0.905, "normals": 0.945}
PUBLISHED = {
    "unlabelled": "Isolation Forest .925, kNN .908, PCA .891, VAE .885",
    "normals": "kNN .954, Isolation Forest .951, PCA .944, VAE .944",
}


@dataclass(frozen=True)
class Split:
    """Rows to train on and rows to score."""

    train: np.ndarray
    test: np.ndarray
    odd: np.ndarray


# Name of a score or detector -> (n,) of the rows to score.
Scores = Mapping[str, np.ndarray]


def split(folder: Path, name: str, protocol: str, seed: int) -> Split:
    """60 % of the rows at random, of them the normal ones alone where so asked."""
    with np.load(folder / f"{name}.npz") as file:
        x, odd = file["x"].astype(np.float64), file["y"].ravel().astype(bool)
    order = np.random.default_rng(seed).permutation(len(x))
    chosen, rest = np.split(order, [int(TRAINED_SHARE * len(x))])
    if protocol == "normals":
        chosen = chosen[~odd[chosen]]
    return Split(x[chosen], x[rest], odd[rest])


def experiment(source: str, columns: int, stop: str, seed: int) -> Experiment:
    """What the preset for anomalies trains, on so few columns."""
    return Experiment.from_dict(
        {
            "data": {"source": source, "validation_fraction": 0.0},
            "preprocessing": {"scaling": "standardize"},
            "model": {"encoding_dim": max(1, round(columns / 4))},
            "training": {"epochs": 100, "stop": {"kind": stop}},
            "seed": seed,
        }
    )


def scored(result: Result, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Every score of a run for some rows."""
    parts = [part.scores for part, _ in score_in_parts(result, rows)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def found(rows: Split, seed: int) -> Scores:
    """Scores at both ends of training, and what detectors say, of the rows to score."""
    everything: dict[str, np.ndarray] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = str(Path(folder, "rows.npz"))
        np.savez(source, x=rows.train)
        for stop in (LAST, ENTROPY):
            result = train(experiment(source, rows.train.shape[1], stop, seed))
            own = scored(result, rows.test)
            everything |= {f"{SCORES[n].title}, {_end(stop)}": values for n, values in own.items()}
        prepared, _ = training_data(result)
        given = result.apply(rows.test).prepared
        compared = Compared(np.arange(len(given.x)), given.x, None, given.units)
        model = untrained(result.experiment, prepared)
        others = compare(result, prepared, compared, model, lambda doing: None, lambda: False)
    titles = {**{n: spec.title for n, spec in DETECTORS.items()}, "untrained": UNTRAINED_TITLE}
    return everything | {titles[name]: values for name, values in others.scores.items()}


def _end(stop: str) -> str:
    return "last epoch" if stop == LAST else STOPS[stop].title.lower()


@dataclass
class Figures:
    """AUROC, AUPRC and kept promises, by protocol, method, set and seed."""

    auroc: dict[tuple[str, str, str, int], float]
    auprc: dict[tuple[str, str, str, int], float]
    kept: dict[tuple[str, float], list[Kept]]

    def mean(self, of: str, protocol: str, method: str, name: str) -> float:
        """Over the seeds."""
        return float(np.mean(list(self._of_seeds(of, protocol, method, name).values())))

    def spread(self, of: str, protocol: str, method: str) -> float:
        """Standard deviation between seeds of the mean over the sets."""
        own = [self._of_seeds(of, protocol, method, name) for name in SETS]
        return float(np.std([np.mean([each[seed] for each in own]) for seed in own[0]]))

    def _of_seeds(self, of: str, protocol: str, method: str, name: str) -> dict[int, float]:
        figures: dict[tuple[str, str, str, int], float] = getattr(self, of)
        wanted = (protocol, method, name)
        return {key[3]: value for key, value in figures.items() if key[:3] == wanted}


def measure(folder: Path, seeds: int) -> Figures:
    """Everything, a set and a protocol after another."""
    figures = Figures({}, {}, {})
    random = np.random.default_rng(0)
    for protocol in PROTOCOLS:
        for name in SETS:
            for seed in range(seeds):
                rows = split(folder, name, protocol, seed)
                for method, scores in found(rows, seed).items():
                    odd, normal = scores[rows.odd], scores[~rows.odd]
                    key = (protocol, method, name, seed)
                    figures.auroc[key] = auroc(odd, normal)
                    figures.auprc[key] = average_precision(odd, normal)
                    if method == default() and seed == 0 and protocol == "normals":
                        split_again(figures, name, normal, random)
                print(f"{protocol}, {name}, seed {seed}", flush=True)
    return figures


def default() -> str:
    """The score and the stop that the page begins with."""
    return f"{next(iter(SCORES.values())).title}, {_end(LAST)}"


def split_again(
    figures: Figures, name: str, normal: np.ndarray, random: np.random.Generator
) -> None:
    """Split normal rows in two again and again: one half calibrates, the other is to be passed."""
    half = len(normal) // 2
    for alpha in ALPHAS:
        for _ in range(SPLITS):
            order = random.permutation(len(normal))
            found = keep_promise(normal[order[:half]], normal[order[half:]], alpha)
            if found is not None:
                figures.kept.setdefault((name, alpha), []).append(found)


def detection_rows(figures: Figures, protocol: str) -> Iterator[list[str]]:
    """A line for each method, the best mean AUROC first."""
    methods = list(dict.fromkeys(key[1] for key in figures.auroc if key[0] == protocol))
    means = {m: np.mean([figures.mean("auroc", protocol, m, n) for n in SETS]) for m in methods}
    for method in sorted(methods, key=lambda m: -means[m]):
        own = [figures.mean("auroc", protocol, method, name) for name in SETS]
        precision = np.mean([figures.mean("auprc", protocol, method, name) for name in SETS])
        spread = figures.spread("auroc", protocol, method)
        name = f"**{method}**" if method == default() else method
        average = f"{means[method]:.3f} ± {spread:.3f}"
        yield [name, average, f"{precision:.3f}", *(f"{value:.3f}" for value in own)]


def main(folder: Path, seeds: int = 5) -> None:
    """Measure and write the section of docs/results.md."""
    figures = measure(folder, seeds)
    columns = ["Method", "AUROC", "AUPRC", *SETS]
    parts = [
        f"Five open sets, 60 % of the rows to train on and the rest to score, {seeds} seeds. In "
        "bold what the page begins with. ± is the standard deviation between seeds."
    ]
    for protocol, title in PROTOCOLS.items():
        parts.append(
            f"{title}; wanted {WANTED[protocol]}; published means of like protocols: "
            f"{PUBLISHED[protocol]}."
        )
        parts.append(table(columns, list(detection_rows(figures, protocol))))
    parts.append(
        f"The promise about false alarms, over {SPLITS} random halves of the normal rows that one "
        "network (trained on normal rows, seed 0) scored: one half calibrates, of the other this "
        "share raises an alarm; so many splits lie in the 95 % band of the beta-binomial "
        "distribution that theory gives. `python -m benchmarks.promise` trains anew for each split."
    )
    parts.append(table(HEAD, list(promise_rows(figures.kept))))
    publish("anomalies", "Anomalies", "\n\n".join(parts), RESULTS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
