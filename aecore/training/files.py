"""How do a run's events and history stand in files?"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from aecore.training.events import Event


def write_events(events: Iterable[Event], path: Path) -> None:
    """One JSON object a line; progress is left out."""
    lines = (json.dumps(event) for event in events if event["event"] != "progress")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_history(history: Mapping[str, Sequence[float]], path: Path) -> None:
    """CSV: a column an entry of the logs, a row an epoch, counted from 1."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", *history])
        for epoch, values in enumerate(zip(*history.values(), strict=True), start=1):
            writer.writerow([epoch, *values])
