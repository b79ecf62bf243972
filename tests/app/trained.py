"""Runs that were really trained, put into the store that the app of the tests looks at."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aecore.evaluation.samples import Samples
from aecore.experiment import Experiment
from aecore.runs import RunStore

ROOT = Path(__file__).parents[2]
EXPERIMENTS: dict[str, dict[str, Any]] = {
    "digits": {"data": {"source": "digits"}, "training": {"epochs": 2}},
    "breast-cancer": {"data": {"source": "breast-cancer"}, "training": {"epochs": 2}},
}


@dataclass(frozen=True)
class Trained:
    """A folder as `python -m aecore run` leaves it."""

    folder: Path

    @property
    def experiment(self) -> Experiment:
        """What was trained."""
        return Experiment.from_json((self.folder / "experiment.json").read_bytes())

    @property
    def metrics(self) -> dict[str, Any]:
        """Its held-out figures."""
        found: dict[str, Any] = json.loads((self.folder / "metrics.json").read_text("utf-8"))
        return found

    @property
    def samples(self) -> Samples:
        """Its held-out samples."""
        return Samples.load(self.folder / "samples.npz")

    def changed(self, folder: Path, **samples: Any) -> Trained:
        """A copy in another folder with something about its samples changed."""
        shutil.copytree(self.folder, folder)
        dataclasses.replace(self.samples, **samples).save(folder / "samples.npz")
        return Trained(folder)

    def add_to(self, store: RunStore, name: str = "") -> str:
        """The run in a store, finished; its id."""
        run_id = store.create(self.experiment, name)
        store.claim(run_id)
        store.keep(run_id, self.folder)
        store.end(run_id, "finished", self.metrics)
        return run_id


def train_all(folder: Path) -> dict[str, Trained]:
    """Train every experiment, side by side, in processes of their own as a user would."""
    trainings = {name: _training(tree, folder / name) for name, tree in EXPERIMENTS.items()}
    for training in trainings.values():
        printed, _ = training.communicate()
        assert training.returncode == 0, printed
    return {name: Trained(folder / name) for name in trainings}


def _training(tree: dict[str, Any], folder: Path) -> subprocess.Popen[str]:
    folder.mkdir()
    described = folder.with_suffix(".json")
    described.write_text(json.dumps(tree), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "aecore", "run", str(described), "--out", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
