"""Reading what a run left behind, whole or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aecore.errors import RunStoreError
from aecore.evaluation.samples import Samples
from aecore.runs import layout
from aecore.runs.layout import RunSummary
from aecore.training.events import Event, RunView

if TYPE_CHECKING:
    from mlflow import MlflowClient


def view_of_events(path: Path, summary: RunSummary) -> RunView:
    """The fold of a file of events, one JSON object a line."""
    return _with_end(RunView.of(read_events(path)), summary)


def view_of_metrics(client: MlflowClient, summary: RunSummary) -> RunView:
    """The curve of a run without events: it is young, or its process died."""
    names = [name for name in client.get_run(summary.run_id).data.metrics if "." not in name]
    history = {name: _history(client, summary.run_id, name) for name in names}
    history.pop(layout.EPOCHS_METRIC, None)
    seconds = tuple(history.pop(layout.SECONDS_METRIC, ()))
    return _with_end(RunView(history=history, epoch_seconds=seconds), summary)


def samples(path: Path, summary: RunSummary) -> Samples:
    """The samples in a file.

    Raises:
        RunStoreError: there is none, with what to do for a run in this state, or it is damaged.
    """
    if not path.is_file():
        raise _no_samples(summary)
    try:
        return Samples.load(path)
    except Exception as error:
        raise RunStoreError(
            f"The samples of run “{summary.name}” cannot be read: the file is damaged.",
            "Train it again, or choose another run.",
        ) from error


def read_events(path: Path) -> Iterator[Event]:
    """The events in a file, one JSON object a line; what is no event is left out."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                # The process was killed while it wrote; what came before is good.
                continue
            if isinstance(event, dict) and "event" in event:
                yield event


def _history(client: MlflowClient, run_id: str, name: str) -> list[float]:
    metrics = client.get_metric_history(run_id, name)
    return [metric.value for metric in sorted(metrics, key=lambda metric: metric.step)]


def _with_end(view: RunView, summary: RunSummary) -> RunView:
    """The view with what the store knows of and the events do not: how the run ended."""
    view = replace(view, experiment=view.experiment or summary.experiment)
    if view.ended:
        return view
    return replace(
        view,
        state=summary.state,
        metrics=view.metrics or summary.metrics,
        cause=summary.cause,
        remedy=summary.remedy,
    )


def _no_samples(summary: RunSummary) -> RunStoreError:
    name, again = f"Run “{summary.name}”", "Train it again, or choose another run."
    gone = (f"The files of run “{summary.name}” are gone.", again)
    reasons = {
        "queued": (f"{name} has not begun yet.", "Its samples are there once it ends."),
        "running": (f"{name} is still training.", "Its samples are there once it ends."),
        "failed": (f"{name} failed before there were samples to look at.", again),
        "interrupted": (f"{name} was interrupted before there were samples to look at.", again),
        "stopped": (f"{name} was stopped before there were samples to look at.", again),
    }
    return RunStoreError(*reasons.get(summary.state, gone))
