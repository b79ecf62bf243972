"""Reading what a run left behind, whole or not."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.errors import RunStoreError
from aecore.evaluation.samples import Samples
from aecore.runs import layout
from aecore.runs.kept_events import kept_events
from aecore.runs.layout import RunSummary
from aecore.runs.run_view import RunView
from aecore.training.files import read_history

if TYPE_CHECKING:
    from mlflow import MlflowClient


def view_of(client: MlflowClient, path: Path, summary: RunSummary) -> RunView:
    """A run as the events in its file tell it; its curve from its metrics where they tell none.

    A young run has no file yet, one whose process died may have none, and any file can be damaged.
    """
    view = RunView.of(kept_events(path))
    if not view.epochs_done:
        view = replace(view, **_curve(client, summary.run_id))
    return _with_end(view, summary)


def curves(path: Path) -> dict[str, list[float]]:
    """The history in a file.

    Raises:
        RunStoreError: it is damaged.
    """
    try:
        return read_history(path)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise RunStoreError(
            "The curve of this run cannot be read: the file is damaged.", "Train it again."
        ) from error


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


def _curve(client: MlflowClient, run_id: str) -> dict[str, Any]:
    names = [name for name in client.get_run(run_id).data.metrics if "." not in name]
    history = {name: _history(client, run_id, name) for name in names}
    history.pop(layout.EPOCHS_METRIC, None)
    seconds = tuple(history.pop(layout.SECONDS_METRIC, ()))
    return {"history": history, "epoch_seconds": seconds}


def _history(client: MlflowClient, run_id: str, name: str) -> list[float]:
    # A run that began again has written its first epochs twice.
    newest = {metric.step: metric.value for metric in client.get_metric_history(run_id, name)}
    return [newest[step] for step in sorted(newest)]


def _with_end(view: RunView, summary: RunSummary) -> RunView:
    """The view with what the store knows of and the events do not: how the run ended."""
    kept = (summary.experiment, view.experiment)
    view = replace(
        view,
        experiment=max(kept, key=lambda experiment: (experiment.is_whole, len(experiment.values))),
        metrics=view.metrics or summary.metrics,
    )
    if view.ended:
        return view
    return replace(view, state=summary.state, cause=summary.cause, remedy=summary.remedy)


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
