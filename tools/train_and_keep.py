"""Train experiments and keep them in a run store, with the code of any version since 0.1.

    PYTHONPATH=<checkout> python tools/train_and_keep.py <run folder> <JSON: name -> experiment>

One more run is kept as a crash would leave it: with epochs, but without files.
"""

from __future__ import annotations

import json
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from aecore import Experiment, save, train
from aecore.runs import RunStore
from aecore.training.events import Event, epoch_ended


def main(home: str, described: str) -> None:
    """Train one after another."""
    # A store notes which machine trained a run.
    machine: Callable[[], str] = lambda: "a-machine"  # noqa: E731
    socket.gethostname = machine
    store = RunStore(Path(home))
    for name, tree in json.loads(described).items():
        _keep(store, name, Experiment.from_dict(tree))
    interrupted = store.create(Experiment(), "Interrupted")
    store.claim(interrupted)
    store.log_epochs(interrupted, [epoch_ended(1, {"loss": 0.5, "val_loss": 0.25}, 0.125)])
    store.end(interrupted, "interrupted", cause="The app ended.", remedy="Start it again.")


def _keep(store: RunStore, name: str, experiment: Experiment) -> None:
    run_id, epochs = store.create(experiment, name), list[Event]()
    store.claim(run_id)

    def heard(event: Event) -> None:
        if event["event"] == "epoch":
            epochs.append(event)

    result = train(experiment, on_event=heard)
    store.log_epochs(run_id, epochs)
    with tempfile.TemporaryDirectory() as folder:
        save(result, Path(folder))
        store.keep(run_id, Path(folder))
    store.end(run_id, "finished", result.metrics)


if __name__ == "__main__":
    main(*sys.argv[1:])
