"""Write the example run that a first visit is shown, as its events and one sample on its way.

    python -m tools.example_run

Trained once and kept with the project, in ui/train/example.json.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from aecore import Experiment, train
from aecore.training.events import Event, pack
from tools.app_server import ROOT

FILE = ROOT / "ui" / "train" / "example.json"
EXPERIMENT = Experiment().replace({"model.encoding_dim": 16})
# Whole numbers of many digits say no more.
DIGITS = 4


def main(file: Path = FILE, experiment: Experiment = EXPERIMENT) -> None:
    """Train it and keep what the panel of a run is drawn from."""
    events: list[Event] = []
    result = train(experiment, on_event=events.append)
    samples = result.samples
    # The sample that comes back best but for half of them: neither the best nor an unlucky one.
    shown = int(np.argsort(samples.error)[len(samples.error) // 2])
    sample = {
        "original": pack(samples.original[shown]),
        "code": [round(float(number), DIGITS) for number in samples.code[shown]],
        "reconstruction": pack(samples.reconstruction[shown]),
    }
    kept = {"events": _last_of_each(events), "sample": sample}
    file.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")


def _last_of_each(events: list[Event]) -> list[Event]:
    """All epochs, and of the rest the last of its name: a view holds no more."""
    latest = {event["event"]: event for event in events}
    wanted = ("started", "yardsticks", "snapshot", "finished")
    epochs = [_rounded(event) for event in events if event["event"] == "epoch"]
    first, *rest = (latest[name] for name in wanted if name in latest)
    return [first, *epochs, *rest]


def _rounded(event: Event) -> Event:
    logs: dict[str, Any] = {name: round(value, 6) for name, value in event["logs"].items()}
    return {**event, "logs": logs, "seconds": round(event["seconds"], 3)}


if __name__ == "__main__":
    main()
