"""Asking MLflow in parts: runs page by page, metrics some hundred at a time, tags of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from aecore.runs import questions
from aecore.runs.tracking import Tracking

if TYPE_CHECKING:
    from mlflow.entities import Run

METRICS_AT_ONCE = 500


def search(tracking: Tracking, which: str = "") -> Iterator[Run]:
    """All runs that a filter of MLflow's lets through, newest first."""
    token: str | None = None
    while True:
        page = tracking.ask(
            partial(
                questions.search_page,
                experiment_ids=[tracking.experiment_id],
                filter_string=which,
                page_token=token,
            )
        )
        yield from page
        token = page.token
        if not token:
            return


def log_metrics(tracking: Tracking, run_id: str, values: Sequence[tuple[str, float, int]]) -> None:
    """Write metrics of a run: name, value and step of each."""
    from mlflow.entities import Metric

    now = int(time.time() * 1000)
    metrics = [Metric(name, value, now, step) for name, value, step in values]
    for first in range(0, len(metrics), METRICS_AT_ONCE):
        part = metrics[first : first + METRICS_AT_ONCE]
        tracking.ask(partial(questions.log_batch, run_id=run_id, metrics=part))


def tag(tracking: Tracking, run_id: str, tags: Mapping[str, str]) -> None:
    """Write tags of a run, all or none."""
    from mlflow.entities import RunTag

    pairs = [RunTag(*pair) for pair in tags.items()]
    tracking.ask(partial(questions.log_batch, run_id=run_id, tags=pairs))
