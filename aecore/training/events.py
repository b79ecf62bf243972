"""What training says while it runs: small, JSON-serialisable events, and their sum, a `RunView`.

Every event is a dict with its name under `event`. `RunView.after` folds them one by one, so that
a page draws a live run and a kept one from the same thing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aecore.progress import ENDINGS as ENDINGS
from aecore.progress import Emit as Emit
from aecore.progress import Event as Event
from aecore.progress import JobView
from aecore.progress import ShouldStop as ShouldStop
from aecore.progress import ended as ended

MAX_EVENT_BYTES = 64 * 1024
# Types of packed numbers by their bits; their bytes are in one order on every machine.
NUMBERS = {8: "u1", 16: "<u2"}


def started(experiment: dict[str, Any], rows: dict[str, int], parameters: int) -> Event:
    """Training is about to begin; `rows` counts `train`, `validation` and `test`."""
    return {"event": "started", "experiment": experiment, "rows": rows, "parameters": parameters}


def data_read(
    rows: int,
    rows_left_out: list[dict[str, Any]],
    columns: int,
    columns_left_out: list[dict[str, Any]],
    notes: list[str],
) -> Event:
    """What was read of the data set; comes after `started`.

    `rows` and `columns` count what was read; of what is left out each has a `count` or a `name`,
    and `why`. `notes` are sentences on how a file was read.
    """
    return {
        "event": "data",
        "rows": rows,
        "rows_left_out": rows_left_out,
        "columns": columns,
        "columns_left_out": columns_left_out,
        "notes": notes,
    }


def progress(epoch: int, batch: int, batches: int, loss: float, seconds: float) -> Event:
    """`batch` of `batches` of `epoch` (from 1) are done; `seconds` since training began."""
    return {
        "event": "progress",
        "epoch": epoch,
        "batch": batch,
        "batches": batches,
        "loss": loss,
        "seconds": seconds,
    }


def epoch_ended(epoch: int, logs: dict[str, float], seconds: float) -> Event:
    """An epoch (from 1) is whole; `seconds` is what it took, validation included."""
    return {"event": "epoch", "epoch": epoch, "seconds": seconds, "logs": logs}


def yardsticks(measured_on: str, values: dict[str, float]) -> Event:
    """What the loss would be for simpler ways to reconstruct the same rows.

    `values` has `mean` and `pca`, and `entropy_floor` for binary cross-entropy.
    """
    return {"event": "yardsticks", "measured_on": measured_on, "values": values}


def snapshot(epoch: int, probe: dict[str, Any], latent_map: dict[str, Any]) -> Event:
    """What the model makes of the same few samples after this epoch.

    `probe` has packed arrays `original` and `reconstruction`, (n, *shape), `seen` where the
    encoder gets corrupted samples, and `labels`;
    `latent_map` has packed `points`, (m, 2), and `labels`, in one projection for the whole run,
    and `class_names`.
    """
    return {"event": "snapshot", "epoch": epoch, "probe": probe, "map": latent_map}


def pack(
    array: np.ndarray, *, low: float = 0.0, high: float = 1.0, bits: int = 8
) -> dict[str, Any]:
    """An array as JSON: its values as whole numbers between `low` and `high`, in base64.

    Args:
        bits: of each number; 8 is enough for a shade, 16 for a place.
    """
    span, steps = (high - low) or 1.0, 2**bits - 1
    numbers = np.clip((array - low) / span * steps + 0.5, 0, steps).astype(NUMBERS[bits])
    return {
        "shape": list(array.shape),
        "low": float(low),
        "high": float(high),
        "bits": bits,
        "bytes": base64.b64encode(numbers.tobytes()).decode("ascii"),
    }


def unpack(packed: dict[str, Any]) -> np.ndarray:
    """The array of `pack`, float32, to 1/255 of its span, or 1/65,535 for 16 bits."""
    # Runs kept by earlier versions do not name the bits; they had 8.
    bits = packed.get("bits", 8)
    flat = np.frombuffer(base64.b64decode(packed["bytes"]), dtype=NUMBERS[bits])
    span = packed["high"] - packed["low"]
    return (flat.astype(np.float32) / (2**bits - 1) * span + packed["low"]).reshape(packed["shape"])


@dataclass(frozen=True)
class RunView(JobView):
    """A run as its events so far tell it; immutable.

    Attributes:
        experiment: the experiment as plain data.
        rows: rows in `train`, `validation` and `test`.
        parameters: number of trained numbers in the model.
        history: one list an entry of the logs, such as `loss` and `val_loss`, an item an epoch.
        epoch_seconds: what each epoch took.
        progress: the latest progress event.
        yardsticks: the yardsticks event.
        snapshot: the latest snapshot event.
        metrics: held-out figures, once ended.
        seen: number of events folded in.
    """

    experiment: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    parameters: int = 0
    history: dict[str, list[float]] = field(default_factory=dict)
    epoch_seconds: tuple[float, ...] = ()
    progress: Event | None = None
    yardsticks: Event | None = None
    snapshot: Event | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    seen: int = 0

    @classmethod
    def of(cls, events: Iterable[Event]) -> RunView:
        """The view after all of these events."""
        view = cls()
        for event in events:
            view = view.after(event)
        return view

    @property
    def epochs_done(self) -> int:
        """Whole epochs so far."""
        return len(self.epoch_seconds)

    @property
    def epochs_planned(self) -> int:
        """Epochs the experiment asks for."""
        return int(self.experiment.get("training", {}).get("epochs", 0))

    @property
    def seconds_left(self) -> float | None:
        """Time to the last planned epoch at the median pace so far; None before one epoch."""
        if not self.epoch_seconds or self.ended:
            return None
        pace = float(np.median(self.epoch_seconds[-5:]))
        return pace * max(0.0, self.epochs_planned - self.epochs_done - self._part_of_epoch)

    @property
    def _part_of_epoch(self) -> float:
        if self.progress is None or self.progress["epoch"] <= self.epochs_done:
            return 0.0
        return float(self.progress["batch"] / self.progress["batches"])

    @property
    def share_done(self) -> float | None:
        """Epochs done of those planned, from 0 to 1; None before the first batches."""
        done = self.epochs_done + self._part_of_epoch
        return min(1.0, done / self.epochs_planned) if done and self.epochs_planned else None

    def changes(self, event: Event) -> dict[str, Any]:
        """What an event changes; each counts."""
        return {"seen": self.seen + 1, **_changes(self, event)}


def _changes(view: RunView, event: Event) -> dict[str, Any]:
    name = event["event"]
    if name == "started":
        return {key: event[key] for key in ("experiment", "rows", "parameters") if key in event}
    if name in ("progress", "yardsticks", "snapshot"):
        return {name: event}
    if name == "epoch":
        logs = event["logs"]
        history = {key: [*view.history.get(key, []), value] for key, value in logs.items()}
        return {"history": history, "epoch_seconds": (*view.epoch_seconds, event["seconds"])}
    if name in ENDINGS and "metrics" in event:
        return {"metrics": event["metrics"]}
    return {}
