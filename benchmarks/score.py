"""Rows scored a second, streamed: ours beside PyOD's own autoencoder of the same layers.

PyOD is needed for this benchmark alone; without it, its line is left out.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import Experiment, train
from aecore.export.score_table import write_scores
from benchmarks.report import publish, table

ROWS, COLUMNS, TRAINED_ROWS = 1_000_000, 30, 20_000
LAYERS, CODE = [64, 32], 8


def data(folder: Path) -> tuple[Path, Path]:
    """A Parquet table to score, and some rows to train on."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(0)
    mixing = random.normal(size=(CODE, COLUMNS))
    x = (random.normal(size=(ROWS, CODE)) @ mixing + random.normal(size=(ROWS, COLUMNS))) / 3
    names = [f"c{i}" for i in range(COLUMNS)]
    everything, some = folder / "rows.parquet", folder / "some.parquet"
    pq.write_table(pa.table(dict(zip(names, x.T, strict=True))), everything)
    pq.write_table(pa.table(dict(zip(names, x[:TRAINED_ROWS].T, strict=True))), some)
    return everything, some


def ours(everything: Path, some: Path, folder: Path) -> tuple[float, int]:
    """Seconds to score all rows into a CSV file, and the growth of memory meanwhile, in MiB."""
    experiment = Experiment.from_dict(
        {
            "data": {"source": str(some), "calibration_fraction": 0.2},
            "model": {"encoding_dim": CODE, "backbone": {"kind": "dense", "units": LAYERS}},
            "training": {"epochs": 3},
        }
    )
    result = train(experiment)
    before = _peak()
    began = time.perf_counter()
    write_scores(result, str(everything), folder / "scores.csv")
    return time.perf_counter() - began, _peak() - before


def theirs(everything: Path, some: Path) -> float | None:
    """Seconds of PyOD's `decision_function` on the same rows, read by pandas; None without PyOD."""
    try:
        from pyod.models.auto_encoder import AutoEncoder
    except ImportError:
        return None
    import pandas as pd

    model = AutoEncoder(hidden_neuron_list=[*LAYERS, CODE], epoch_num=3, verbose=0)
    model.fit(pd.read_parquet(some).to_numpy(np.float32))
    began = time.perf_counter()
    model.decision_function(pd.read_parquet(everything).to_numpy(np.float32))
    return time.perf_counter() - began


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and publish the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything, some = data(folder)
        seconds, memory = ours(everything, some, folder)
        peer = theirs(everything, some)
    rows = [["ours, into CSV with p-values and flags", f"{ROWS / seconds:,.0f}", f"{memory:,}"]]
    if peer is not None:
        rows.append(["PyOD AutoEncoder.decision_function", f"{ROWS / peer:,.0f}", "–"])
    text = (
        f"{ROWS:,} rows of {COLUMNS} columns in Parquet, layers {LAYERS} and a code of {CODE}. "
        "Memory is the growth of the peak while rows are scored.\n\n"
        f"{table(['', 'rows a second', 'MiB more'], rows)}"
    )
    publish("score", "Scoring", text)


if __name__ == "__main__":
    main()
