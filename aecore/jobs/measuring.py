"""Measuring a run step by step: what a step tells is kept before the next begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from aecore.errors import LabError
from aecore.jobs.kind import Work
from aecore.progress import Event, JobView, ended, started

if TYPE_CHECKING:
    from aecore.data.prepare.prepared_data import Prepared
    from aecore.runs.result import Result

Measured = TypeVar("Measured")
# Told in words what is begun, and the share that is done.
OnDoing = Callable[[str, float], None]


@dataclass(frozen=True)
class MeasuringView(JobView):
    """The job as its events so far tell it; immutable.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        done: the share that is done, from 0 to 1.
    """

    doing: str = ""
    done: float = 0.0

    @property
    def share_done(self) -> float | None:
        """The share that is done, from 0 to 1."""
        return self.done

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far it is."""
        return {key: event[key] for key in ("doing", "done") if key in event}


def measure_run(
    work: Work,
    run_id: str,
    steps: Callable[[Result, Prepared, OnDoing], Iterable[Measured]],
    keep: Callable[[Measured], None],
) -> Event:
    """Measure a run that is kept, on its data prepared again; the last event.

    Args:
        steps: gives what is known after each step.
        keep: keeps that with the run, so that a stop loses nothing.
    """
    from aecore.runs.loading import load
    from aecore.runs.training_data import training_data

    def on_doing(doing: str, done: float) -> None:
        work.tell({"event": "progress", "doing": doing, "done": done})

    work.tell(started())
    try:
        on_doing("Reading", 0.0)
        result = load(work.store.folder(run_id))
        prepared, _ = training_data(result, work.should_stop)
        for measured in steps(result, prepared, on_doing):
            keep(measured)
    except LabError:
        # What was broken off says so as an error.
        if not work.should_stop():
            raise
    if work.should_stop():
        return ended("stopped")
    work.tell({"event": "progress", "done": 1.0})
    return ended("finished")
