"""`RunView`: a run as its events so far tell it.

`RunView.after` folds events one by one, so that a page draws a live run and a kept one from the
same thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aecore.experiment.stored import StoredExperiment
from aecore.progress import ENDINGS, Event, JobView


@dataclass(frozen=True)
class RunView(JobView):
    """A run as its events so far tell it; immutable.

    Attributes:
        experiment: what was asked for, as far as it is known.
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

    experiment: StoredExperiment = field(default_factory=StoredExperiment)
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
        """Epochs the experiment asks for; 0 if that is not known."""
        return self.experiment.epochs

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
        known: dict[str, Any] = {key: event[key] for key in ("rows", "parameters") if key in event}
        if "experiment" in event:
            known["experiment"] = StoredExperiment.from_dict(event["experiment"])
        return known
    if name in ("progress", "yardsticks", "snapshot"):
        return {name: event}
    if name == "epoch":
        logs = event["logs"]
        history = {key: [*view.history.get(key, []), value] for key, value in logs.items()}
        return {"history": history, "epoch_seconds": (*view.epoch_seconds, event["seconds"])}
    if name in ENDINGS and "metrics" in event:
        return {"metrics": event["metrics"]}
    return {}
