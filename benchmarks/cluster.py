"""Runs an hour of a cluster on this machine: scheduler, MLflow's server and workers of a core each.

`python -m benchmarks.cluster` writes its section of docs/cluster.md.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from aecore.experiment import Experiment
from aecore.jobs.server.engine import JobEngine
from benchmarks.report import DOCS, publish, table
from tools.local_cluster import LocalCluster, connected, running

PAGE = DOCS / "cluster.md"
FIRST, SECOND = "first worker", "second worker"
RUNS, ROUNDS = 8, 3
# What a worker of Dask prints once it is there for its scheduler.
REGISTERED = "Registered to:"
LOOK_SECONDS = 0.05
SECONDS_AN_HOUR = 3600


def seconds(engine: JobEngine, runs: int, first: int) -> float:
    """From the submission of runs of the default experiment, each with a seed of its own."""
    began = time.perf_counter()
    ids = [engine.train(Experiment().replace({"seed": first + i})) for i in range(runs)]
    while not all((view := engine.view(run_id)) is not None and view.ended for run_id in ids):
        time.sleep(LOOK_SECONDS)
    took = time.perf_counter() - began
    states = {engine.store.summary(run_id).state for run_id in ids}
    assert states == {"finished"}, states
    return took


def warmed(engine: JobEngine, workers: int) -> None:
    """Wait until every worker has trained."""
    while engine.state != "ready":
        time.sleep(LOOK_SECONDS)
    seconds(engine, 2 * workers, 0)


def measure(local: LocalCluster, engine: JobEngine) -> tuple[list[float], list[float]]:
    """Seconds of each round with one worker and with two, in turn."""
    one, two = list[float](), list[float]()
    warmed(engine, 1)
    for number in range(ROUNDS):
        one.append(seconds(engine, RUNS, 100 * number + 100))
        local.start(SECOND, "worker", "--cores", "1")
        local.wait_until(SECOND, lambda: REGISTERED in local.printed(SECOND))
        warmed(engine, 2)
        two.append(seconds(engine, RUNS, 100 * number + 150))
        local.kill(SECOND)
        print(f"{RUNS} runs: {one[-1]:.0f} s with one worker, {two[-1]:.0f} s with two", flush=True)
    return one, two


def main() -> None:
    """Measure and write the section."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), {FIRST: 1}) as local,
        connected(local) as engine,
    ):
        one, two = measure(local, engine)
    ratio = median(a / b for a, b in zip(one, two, strict=True))
    rows = [
        ("one", f"{SECONDS_AN_HOUR * RUNS / median(one):,.0f}", "1"),
        ("two", f"{SECONDS_AN_HOUR * RUNS / median(two):,.0f}", f"{ratio:.2f}"),
    ]
    experiment = Experiment()
    text = (
        f"{RUNS} runs of the default experiment (`{experiment.data.source}`, "
        f"{experiment.training.epochs} epochs), {ROUNDS} rounds of each in turn, of which the "
        "median is given. Workers have a core each; scheduler, MLflow's server and app share both "
        "cores with them.\n\n"
    )
    columns = ("Workers", "Runs an hour", "As many as with one")
    publish("cluster", "Runs an hour", text + table(columns, rows), PAGE)


if __name__ == "__main__":
    main()
