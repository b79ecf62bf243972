"""A text table read beside the readers of others, and Parquet read in parts and at once.

Each way trains in a process of its own, on 2,000,000 rows made for the purpose; so does a file of
few rows, to tell what Keras and its libraries take whatever the data.

    python -m benchmarks.data
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import text_tables
from benchmarks.report import publish, table

ROWS, FEATURES, DIMENSION = 2_000_000, 50, 8
FEW_ROWS = 20_000
ROWS_A_GROUP = 100_000
EPOCHS, BATCH = 4, 1024
LIMIT = "AECORE_MAX_IN_MEMORY_BYTES"
ALL_IN_MEMORY, IN_PARTS = 2**40, 64 * 2**20
MIB = 2**20


def make(path: Path, rows: int) -> None:
    """Rows near a subspace, written a row group at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(0)
    axes = random.normal(size=(DIMENSION, FEATURES)).astype(np.float32)
    names = [f"feature {i}" for i in range(FEATURES)]
    schema = pa.schema([(name, pa.float32()) for name in names])
    with pq.ParquetWriter(path, schema) as file:
        for first in range(0, rows, ROWS_A_GROUP):
            count = min(ROWS_A_GROUP, rows - first)
            x = random.standard_normal((count, DIMENSION), np.float32) @ axes
            x += 0.1 * random.standard_normal(x.shape, np.float32)
            columns = [pa.array(column) for column in np.ascontiguousarray(x.T)]
            file.write_table(pa.Table.from_arrays(columns, schema=schema))


def child(path: str) -> None:
    """Train on a file, and print what it took as JSON."""
    from aecore import Experiment, train

    experiment = Experiment.from_dict(
        {
            "data": {"source": path, "split": "ordered"},
            "preprocessing": {"scaling": "standardize"},
            "model": {"encoding_dim": DIMENSION, "backbone": {"units": [32]}},
            "training": {"loss": "mse", "epochs": EPOCHS, "batch_size": BATCH},
        }
    )
    seconds: list[float] = []
    started: list[float] = []

    def listen(event: dict[str, Any]) -> None:
        if event["event"] == "started":
            started.append(time.perf_counter())
        if event["event"] == "epoch":
            seconds.append(event["seconds"])

    began = time.perf_counter()
    result = train(experiment, on_event=listen)
    found = {
        "peak": peak_bytes(),
        "before": started[0] - began,
        # The first epoch compiles.
        "epoch": statistics.median(seconds[1:]),
        "mse": result.metrics["mse"],
        "rows": result.metrics["rows"],
        "of_rows": result.metrics.get("of_rows", result.metrics["rows"]),
    }
    print(json.dumps(found))


def peak_bytes() -> int:
    """The most memory that this process has held so far, as Linux counts it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    [most] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(most) * 1024


def measured(path: Path, limit: int) -> dict[str, Any]:
    """What `child` prints in a process of its own."""
    environment = {**os.environ, LIMIT: str(limit), "TF_CPP_MIN_LOG_LEVEL": "3"}
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.data", str(path)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def main() -> None:
    """Measure all three and publish the table."""
    with tempfile.TemporaryDirectory() as folder:
        text_table = Path(folder) / "table.csv"
        text_tables.make(text_table)
        reading = text_tables.measured(text_table)
        text_table.unlink()
        many, few = Path(folder) / "many.parquet", Path(folder) / "few.parquet"
        make(many, ROWS)
        make(few, FEW_ROWS)
        at_once, in_parts = measured(many, ALL_IN_MEMORY), measured(many, IN_PARTS)
        idle = measured(few, ALL_IN_MEMORY)
    rows = [
        _row(f"{ROWS:,} rows read at once", at_once, idle),
        _row(f"{ROWS:,} rows read in parts", in_parts, idle),
        _row(f"{FEW_ROWS:,} rows read at once", idle, idle),
    ]
    columns = ["data", "peak", "above the last line", "before training", "an epoch", "held-out MSE"]
    text = (
        f"Reading {text_tables.MEGABYTES} MB of CSV, {text_tables.COLUMNS} columns, into a frame; "
        f"median of {text_tables.TIMES} processes each.\n\n{reading}\n\n"
        f"Peak resident memory of a process that trains {FEATURES}-32-{DIMENSION}-32-{FEATURES}, "
        f"batch {BATCH}, on {ROWS * FEATURES * 4 / MIB:,.0f} MiB of float32; median seconds of "
        f"{EPOCHS - 1} epochs after the first. Read in parts, {in_parts['rows']:,} of "
        f"{in_parts['of_rows']:,} held-out rows are measured on.\n\n{table(columns, rows)}"
    )
    publish("data", "Reading tables, also such as are larger than memory", text)


def _row(what: str, found: dict[str, Any], idle: dict[str, Any]) -> list[str]:
    above = (found["peak"] - idle["peak"]) / MIB
    return [
        what,
        f"{found['peak'] / MIB:,.0f} MiB",
        f"{above:,.0f} MiB",
        f"{found['before']:.1f} s",
        f"{found['epoch']:.2f} s",
        f"{found['mse']:.4f}",
    ]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1])
    else:
        main()
