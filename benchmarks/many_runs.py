"""Each page with 1,000 runs in the store beside the same page with 10.

What is timed is one run of the script of a page on a warm server, in seconds of the processor, with
each store. The runs differ in their settings; their files are links to those of one trained run.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import streamlit as st
from streamlit.testing.v1 import AppTest

from aecore.experiment import Experiment
from aecore.runs import RunStore
from benchmarks.report import publish, table
from ui.app import services

ENTRYPOINT = Path(__file__).parents[1] / "app.py"
FEW, MANY = 10, 1_000
REPEATS = 7
PAGES = (
    "train",
    "data",
    "runs",
    "reconstructions",
    "latent_space",
    "generate",
    "anomalies",
)


def fill(home: Path, trained: Path, experiment: Experiment, runs: int) -> None:
    """A store of so many finished runs."""
    store = RunStore(home)
    for number in range(runs):
        changed = experiment.replace({"seed": number})
        run_id = store.create(changed, f"Run {number}")
        store.claim(run_id)
        shutil.copytree(trained, home / "artifacts" / run_id / "artifacts", copy_function=os.link)
        store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.01 + number / 1e6})


def seconds_by_page() -> dict[str, float]:
    """Seconds of a warm run of each page, on the store of this process."""
    tab = AppTest.from_file(str(ENTRYPOINT), default_timeout=300).run()
    services.engine()
    found = {}
    for page in PAGES:
        tab.switch_page(f"pages/{page}.py").run()
        tab.run()
        assert not tab.exception, tab.exception
        found[page] = statistics.median(_seconds(tab) for _ in range(REPEATS))
    st.cache_resource.clear()
    return found


def measured(home: Path) -> dict[str, float]:
    """The same for a store, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.many_runs", "--pages"]
    environment = {**os.environ, "AECORE_HOME": str(home)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Fill two stores and time each page with both."""
    # The server that is timed never imports Keras.
    from aecore import save, train

    with tempfile.TemporaryDirectory() as folder:
        trained = Path(folder) / "trained"
        trained.mkdir()
        described = {"data": {"source": "digits"}, "training": {"epochs": 5}}
        experiment = Experiment.from_dict(described)
        save(train(experiment), trained)
        seconds = []
        for runs in (FEW, MANY):
            home = Path(folder) / str(runs)
            fill(home, trained, experiment, runs)
            seconds.append(measured(home))
    rows = [_row(page, *(found[page] for found in seconds)) for page in PAGES]
    text = table(("Page", f"{FEW} runs", f"{MANY:,} runs", "Ratio"), rows)
    publish("many_runs", "Many runs", f"{__doc__.split(chr(10) * 2)[1].strip()}\n\n{text}")


def _seconds(tab: AppTest) -> float:
    began = time.process_time()
    tab.run()
    return time.process_time() - began


def _row(page: str, few: float, many: float) -> tuple[str, str, str, str]:
    name = page.replace("_", " ").capitalize()
    return name, f"{few * 1000:.0f} ms", f"{many * 1000:.0f} ms", f"{many / few:.2f}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--pages"]:
        print(json.dumps(seconds_by_page()))
    else:
        main()
