"""Every preset on every data set that needs no download, at its defaults, with three seeds.

`python -m benchmarks.presets` writes docs/presets.md; `… iris wine` trains on some data sets alone.
What was trained is kept in presets.jsonl in the folder of runs, by all its settings: a command that
was ended goes on where it was, and a changed default trains anew what it changes, and no more.
Data sets that are downloaded are left out, so that the command needs no network.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from aecore import environment
from aecore.data.sources import DATASETS
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS, suiting
from benchmarks.presets_page import write_page

SEEDS = (0, 1, 2)
# Two networks at a time; each is small, and a machine has other things to do.
PROCESSES = 2
# Compiled functions stay in memory as long as their process.
RUNS_A_PROCESS = 12
PROGRESS = "presets.jsonl"

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """A preset on a data set from one seed."""

    source: str
    preset: str
    seed: int

    @property
    def experiment(self) -> Experiment:
        """What is trained."""
        return PRESETS[self.preset].experiment(self.source).replace({"seed": self.seed})

    @property
    def key(self) -> str:
        """Names its settings, all of them."""
        return hashlib.sha256(self.experiment.to_json().encode()).hexdigest()[:16]


def sources() -> list[str]:
    """The data sets at hand, the smallest first."""
    here = [name for name, spec in DATASETS.items() if spec.origin != "downloaded"]
    return sorted(here, key=lambda name: DATASETS[name].facts.rows)


def tasks(chosen: Iterable[str]) -> list[Task]:
    """All there is to train, everything from the first seed before anything from the second."""
    return [
        Task(source, preset, seed)
        for seed in SEEDS
        for source in chosen
        for preset in suiting(source)
    ]


def trained(task: Task) -> dict[str, Any]:
    """The figures of one task, and the seconds that it took."""
    from aecore import train

    began = time.perf_counter()
    metrics = train(task.experiment).metrics
    return {
        "key": task.key,
        "source": task.source,
        "preset": task.preset,
        "seed": task.seed,
        "seconds": round(time.perf_counter() - began, 1),
        "metrics": metrics,
    }


def kept(progress: Path) -> dict[str, Found]:
    """What was trained before, by key."""
    if not progress.exists():
        return {}
    lines = progress.read_text("utf-8").splitlines()
    return {found["key"]: found for found in map(json.loads, lines)}


def train_all(todo: list[Task], progress: Path) -> Iterator[Found]:
    """The figures of some tasks as they come, each kept as soon as it is there."""
    # Python 3.11's ProcessPoolExecutor can stand still once its processes have done their share.
    context = multiprocessing.get_context("spawn")
    with (
        context.Pool(PROCESSES, maxtasksperchild=RUNS_A_PROCESS) as pool,
        progress.open("a", encoding="utf-8") as file,
    ):
        for found in pool.imap_unordered(trained, todo):
            print(json.dumps(found), file=file, flush=True)
            yield found


def main(chosen: list[str]) -> None:
    """Train what is not kept yet, and write the page of all that is."""
    progress = environment.home() / PROGRESS
    progress.parent.mkdir(parents=True, exist_ok=True)
    before = kept(progress)
    missing = [task for task in tasks(chosen or sources()) if task.key not in before]
    for done, found in enumerate(train_all(missing, progress), 1):
        what = f"{found['source']}, {found['preset']}, seed {found['seed']}"
        print(f"{done} of {len(missing)}: {what}", flush=True)
    after, planned = kept(progress), tasks(sources())
    write_page([after[task.key] for task in planned if task.key in after], len(planned))


if __name__ == "__main__":
    main(sys.argv[1:])
