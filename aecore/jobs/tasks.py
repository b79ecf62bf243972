"""What does a worker do for a job?"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data.downloading import DownloadStoppedError, fetch, is_here
from aecore.data.loading import describe_source, load
from aecore.data.profile import stored_sheets
from aecore.data.reading_options import ReadingOptions
from aecore.data.sources import DATASETS
from aecore.errors import DataError, LabError
from aecore.experiment import Experiment
from aecore.jobs import inspections
from aecore.jobs.broadcasting import broadcast
from aecore.jobs.epochs import EpochWriter
from aecore.jobs.explaining import explain
from aecore.jobs.folders import Folders, use
from aecore.jobs.inspections import InspectionView
from aecore.jobs.keeping import keep_end
from aecore.jobs.projections import ProjectionView, ended, moved, started
from aecore.jobs.stopping import StopFlag
from aecore.jobs.warmup import model_cache, open_store, wait_until_warm
from aecore.latent.maps.methods import METHODS
from aecore.runs import RunStore
from aecore.runs.store import StoreLocation
from aecore.training import events
from aecore.training.events import ENDINGS, Emit, Event, RunView, ShouldStop

if TYPE_CHECKING:
    import numpy as np

    from aecore.run import Result

FRAME_SECONDS = 0.25
TOO_LARGE = DataError(
    "There was not enough memory to read the data set.",
    "Take fewer rows or columns, scale images down, or close other programs.",
)


def train_run(
    run_id: str, experiment: dict[str, Any], location: StoreLocation, folders: Folders
) -> None:
    """Train a queued run and keep it, unless someone else has taken or ended it.

    Everything is in the store before the last event is sent, so that a page that sees the end can
    open the run.
    """
    use(folders)
    wait_until_warm()
    store = open_store(location)
    if not store.claim(run_id):
        return
    with broadcast(run_id, RunView(experiment=experiment)) as (tell, log):
        try:
            with StopFlag(run_id) as should_stop, EpochWriter(store, run_id) as epochs:
                result, last = _train(Experiment.from_dict(experiment), tell, epochs, should_stop)
            _keep(store, run_id, result, last)
        except Exception as error:
            last = _failed(explain(error))
            keep_end(store, run_id, log.events(), last)
        tell(last)


def project_run(
    job_id: str, run_id: str, method: str, settings: dict[str, Any], location: StoreLocation
) -> None:
    """Draw a map of a run's codes by one of `METHODS`."""
    iterations = settings["iterations"]
    with broadcast(job_id, ProjectionView()) as (tell, _), StopFlag(job_id) as should_stop:
        try:
            tell(started(iterations))
            code = open_store(location).samples(run_id).code
            frames = _Frames(tell)
            draw = METHODS[method].draw
            projection = draw(code, **settings, on_progress=frames, should_stop=should_stop)
            tell(ended(projection, stopped=projection.iterations < iterations))
        except Exception as error:
            tell(_failed(explain(error)))


def inspect_source(job_id: str, source: str, reading: dict[str, Any], folders: Folders) -> None:
    """Download a data set if need be, read it in this way and keep its check sheet."""
    use(folders)
    with broadcast(job_id, InspectionView()) as (tell, _), StopFlag(job_id) as should_stop:
        try:
            tell(inspections.started())
            chosen = ReadingOptions.model_validate(reading)
            finished = _inspect(source, chosen, tell, should_stop)
            tell(events.ended("finished" if finished else "stopped"))
        except MemoryError:
            tell(_failed(TOO_LARGE))
        except Exception as error:
            tell(_failed(explain(error)))


class _Frames:
    """Sends the points so far, not more often than a page would draw them."""

    def __init__(self, tell: Emit) -> None:
        self._tell = tell
        self._sent = 0.0

    def __call__(self, iteration: int, points: np.ndarray) -> None:
        now = time.monotonic()
        if now - self._sent >= FRAME_SECONDS:
            self._sent = now
            self._tell(moved(iteration, points))


class _Received:
    """Tells how much of a download is here, not more often than a page would draw it."""

    def __init__(self, tell: Emit) -> None:
        self._tell = tell
        self._sent = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._sent >= FRAME_SECONDS:
            self._sent = now
            self._tell(inspections.progress("Downloading", done, total))


def _inspect(source: str, reading: ReadingOptions, tell: Emit, should_stop: ShouldStop) -> bool:
    """Whether the sheet was made and kept; False once a stop was heard."""
    from aecore.data.profile.previews import preview

    spec = DATASETS.get(source)
    if spec is not None and not is_here(spec):
        try:
            fetch(spec, _Received(tell), should_stop)
        except DownloadStoppedError:
            return False
    tell(inspections.progress("Reading"))
    raw = load(source, reading)
    if should_stop():
        return False
    tell(inspections.progress("Checking"))
    stored_sheets.save(source, describe_source(source, reading), preview(raw), reading)
    return True


def _train(
    experiment: Experiment, tell: Emit, epochs: EpochWriter, should_stop: ShouldStop
) -> tuple[Result, Event]:
    """The result and its last event, which is held back until all is kept."""
    from aecore.run import train

    endings: list[Event] = []

    def on_event(event: Event) -> None:
        if event["event"] in ENDINGS:
            endings.append(event)
            return
        if event["event"] == "epoch":
            epochs.add(event)
        tell(event)

    result = train(
        experiment, on_event=on_event, should_stop=should_stop, model_cache=model_cache()
    )
    return result, endings[-1]


def _keep(store: RunStore, run_id: str, result: Result, last: Event) -> None:
    from aecore.run import save

    with tempfile.TemporaryDirectory() as folder:
        save(result, Path(folder))
        store.keep(run_id, Path(folder))
    store.end(run_id, last["event"], last["metrics"])


def _failed(error: LabError) -> Event:
    return events.ended("failed", cause=error.cause, remedy=error.remedy)
