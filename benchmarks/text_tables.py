"""Reading a text table of 200 MB beside the readers of Arrow and pandas, which find nothing out.

Each way reads the file in processes of its own, in turn, and the median of their times is kept.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.report import table

MEGABYTES, COLUMNS, ROWS_AT_ONCE = 200, 20, 50_000
TIMES = 3
WAYS = {
    "aecore": "the lab: signs, heading, numbers and gaps found out, every row checked",
    "pandas": "pandas.read_csv",
    "arrow": "pyarrow.csv.read_csv, all cores",
    "arrow-one": "pyarrow.csv.read_csv, one core",
}


def make(path: Path, megabytes: int = MEGABYTES) -> None:
    """Numbers of five digits, a category and a whole number a row."""
    import pandas as pd

    random = np.random.default_rng(0)
    words = np.array(["red", "green", "blue"])
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < megabytes * 10**6:
            numbers = random.normal(size=(ROWS_AT_ONCE, COLUMNS - 2)).round(5)
            frame = pd.DataFrame(numbers, columns=[f"sensor {i}" for i in range(COLUMNS - 2)])
            frame["colour"] = words[random.integers(0, len(words), ROWS_AT_ONCE)]
            frame["count"] = random.integers(0, 1000, ROWS_AT_ONCE)
            frame.to_csv(file, index=False, header=file.tell() == 0)


def measured(path: Path) -> str:
    """A table of seconds, and of each over those of pandas."""
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(TIMES):
        for way in WAYS:
            seconds[way].append(_seconds(way, path))
    medians = {way: statistics.median(found) for way, found in seconds.items()}
    rows = [
        [title, f"{medians[way]:.2f} s", f"{medians[way] / medians['pandas']:.2f}"]
        for way, title in WAYS.items()
    ]
    return table(["reader", "time", "over pandas"], rows)


def child(way: str, path: str) -> None:
    """Read once, and print the seconds that it took as JSON."""
    import pandas as pd
    from pyarrow import csv

    from aecore.data.readers import csv as lab

    readers = {
        "aecore": lambda: lab.read(Path(path)).frame,
        "pandas": lambda: pd.read_csv(path),
        "arrow": lambda: csv.read_csv(path).to_pandas(),
        "arrow-one": lambda: csv.read_csv(path, csv.ReadOptions(use_threads=False)).to_pandas(
            use_threads=False
        ),
    }
    began = time.perf_counter()
    frame = readers[way]()
    print(json.dumps({"seconds": time.perf_counter() - began, "rows": len(frame)}))


def _seconds(way: str, path: Path) -> float:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.text_tables", way, str(path)],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    return float(json.loads(said.splitlines()[-1])["seconds"])


if __name__ == "__main__":
    child(*sys.argv[1:])
