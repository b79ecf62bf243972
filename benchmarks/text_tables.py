"""Reading a text table of 200 MB beside the readers of Arrow and pandas, which find nothing out.

Each way reads the file in processes of its own, in turn, and the median of their times is kept.
Beside them, a checkout of an earlier version can be measured in the same run:

    git worktree add /somewhere/earlier COMMIT
    python -m benchmarks.text_tables /somewhere/earlier [MEGABYTES]
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.report import table

MEGABYTES, COLUMNS, ROWS_AT_ONCE = 200, 20, 50_000
TIMES = 3
WAYS = {
    "aecore": "the lab: signs, heading, numbers, times and gaps found out, every row checked",
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


def measured(path: Path, earlier: Path | None = None) -> str:
    """A table of seconds, and of each over those of pandas and, with one, of an earlier version.

    Args:
        earlier: a checkout of another version of the lab.
    """
    ways = dict(WAYS) if earlier is None else {**WAYS, "earlier": f"the lab at {earlier.name}"}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(TIMES):
        for way in ways:
            seconds[way].append(_seconds(way, path, earlier))
    medians = {way: statistics.median(found) for way, found in seconds.items()}
    beside = ["pandas", *(["earlier"] if earlier else [])]
    rows = [
        [title, f"{medians[way]:.2f} s", *(f"{medians[way] / medians[b]:.2f}" for b in beside)]
        for way, title in ways.items()
    ]
    return table(["reader", "time", *(f"over {name}" for name in beside)], rows)


def child(way: str, path: str) -> None:
    """Read once, and print the seconds that it took as JSON."""
    import pandas as pd
    from pyarrow import csv

    readers = {
        "pandas": lambda: pd.read_csv(path),
        "arrow": lambda: csv.read_csv(path).to_pandas(),
        "arrow-one": lambda: csv.read_csv(path, csv.ReadOptions(use_threads=False)).to_pandas(
            use_threads=False
        ),
    }
    began = time.perf_counter()
    readers[way]()
    print(json.dumps({"seconds": time.perf_counter() - began}))


# Run where a checkout lies, so that its own code is imported.
LAB = """
import json, sys, time
import pandas, pyarrow.csv
from aecore import data
began = time.perf_counter()
data.load(sys.argv[1])
print(json.dumps({"seconds": time.perf_counter() - began}))
"""


def _seconds(way: str, path: Path, earlier: Path | None) -> float:
    is_lab = way not in WAYS or way == "aecore"
    command = ["-c", LAB, str(path)] if is_lab else ["-m", "benchmarks.text_tables", way, str(path)]
    said = subprocess.run(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        check=True,
        cwd=earlier if way == "earlier" else None,
    ).stdout
    return float(json.loads(said.splitlines()[-1])["seconds"])


def main(earlier: str, megabytes: str = str(MEGABYTES)) -> None:
    """Print the table with an earlier version in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        make(path, int(megabytes))
        print(measured(path, Path(earlier)))


if __name__ == "__main__":
    run = child if sys.argv[1] in WAYS else main
    run(*sys.argv[1:])
