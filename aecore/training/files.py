"""Files of a run's events and history, and compact arrays."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from aecore.training.events import Event

PROGRESS = "progress"
# Between these, the largest value and all that is not small beside it keep three digits as float16.
SMALLEST_HALF, LARGEST_HALF = 1e-3, float(np.finfo(np.float16).max)


def compact(x: np.ndarray) -> np.ndarray:
    """The values to three digits in half the bytes, float16, where they allow it; else float32."""
    largest = float(np.abs(x).max(initial=0.0))
    fits = largest == 0.0 or SMALLEST_HALF <= largest <= LARGEST_HALF
    return x.astype(np.float16 if fits else np.float32)


def write_events(events: Iterable[Event], path: Path) -> None:
    """One JSON object a line; progress is left out."""
    path.write_text("".join(map(event_line, events)), "utf-8")


def event_line(event: Event) -> str:
    """An event as a line of such a file; nothing of progress, which nobody reads later."""
    return "" if event["event"] == PROGRESS else json.dumps(event) + "\n"


def write_history(history: Mapping[str, Sequence[float]], path: Path) -> None:
    """CSV: a column an entry of the logs, a row an epoch, counted from 1."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", *history])
        for epoch, values in enumerate(zip(*history.values(), strict=True), start=1):
            writer.writerow([epoch, *values])


def read_history(path: Path) -> dict[str, list[float]]:
    """What `write_history` wrote.

    Raises:
        OSError, ValueError: there is no such file, or it is damaged.
    """
    with path.open(newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    found = {name: [float(v) for v in c] for name, c in zip(names, columns, strict=True)}
    del found["epoch"]
    return found
