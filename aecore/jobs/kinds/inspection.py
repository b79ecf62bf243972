"""Inspecting a data set: it is downloaded if need be, read, and its check sheet kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aecore.data.downloading import DownloadStoppedError, fetch, is_here
from aecore.data.loading import describe_source, load
from aecore.data.profile import stored_sheets
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.sources import DATASETS
from aecore.data.stopping import go_on, stoppable
from aecore.errors import DataError
from aecore.jobs.kind import JobKind, Work
from aecore.progress import Event, JobView, ended, started

SMALLER_DATA = "Take fewer rows or columns, scale images down, or close other programs."


@dataclass(frozen=True)
class InspectionRequest:
    """Which data set to inspect, and how it is read, as in `data.source` and `data.reading`."""

    source: str
    reading: ReadingOptions = AS_FOUND


@dataclass(frozen=True)
class InspectionView(JobView):
    """An inspection as its events so far tell it; immutable.

    The sheet itself is in `aecore.data.profile.stored_sheets` once the state is `finished`.

    Attributes:
        doing: `Downloading`, `Reading` or `Checking`; empty before it runs.
        done: bytes of a download that are here.
        total: bytes of a download in all; 0 for what cannot be counted.
    """

    doing: str = ""
    done: int = 0
    total: int = 0

    @property
    def share_done(self) -> float | None:
        """Bytes of a download that are here, from 0 to 1; None for what cannot be counted."""
        return min(1.0, self.done / self.total) if self.total else None

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far."""
        return {key: event[key] for key in ("doing", "done", "total") if key in event}


def progress(doing: str, done: int = 0, total: int = 0) -> Event:
    """What is being done and, for a download, how many bytes of how many are here."""
    return {"event": "progress", "doing": doing, "done": done, "total": total}


def _work(work: Work, request: InspectionRequest) -> Event:
    """Once the sheet was made and kept it is finished; stopped, nothing is kept."""
    work.tell(started())
    try:
        return ended("finished" if _inspect(request, work) else "stopped")
    except MemoryError:
        raise DataError("There was not enough memory to read the data set.", SMALLER_DATA) from None


def _inspect(request: InspectionRequest, work: Work) -> bool:
    """Whether the sheet was made and kept; False once a stop was heard."""
    from aecore.data.profile.previews import preview

    source, reading = request.source, request.reading
    spec = DATASETS.get(source)
    if spec is not None and not is_here(spec):

        def on_bytes(done: int, total: int) -> None:
            if work.is_due() or done == total:
                work.tell(progress("Downloading", done, total))

        try:
            fetch(spec, on_bytes, work.should_stop)
        except DownloadStoppedError:
            return False
    try:
        with stoppable(work.should_stop):
            work.tell(progress("Reading"))
            raw = load(source, reading)
            go_on()
            work.tell(progress("Checking"))
            sheet = describe_source(source, reading)
    except DataError:
        # It says, too, that it was stopped.
        if work.should_stop():
            return False
        raise
    stored_sheets.save(source, sheet, preview(raw), reading)
    return True


def _view(request: InspectionRequest) -> InspectionView:
    return InspectionView()


SPEC = JobKind(
    name="inspection",
    title="Inspection",
    summary="Downloads a data set if need be, reads it and keeps its check sheet.",
    plural="data sets",
    work=_work,
    view=_view,
    resource="inspection",
    # A small file need not wait for a large one.
    at_once=2,
    superseded=("progress",),
    joins=True,
    lighter=SMALLER_DATA,
    order=30,
)
