"""Encoding rows: codes, and reconstructions where they are wanted, as a file of the run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aecore.access.allowance import RUNS
from aecore.errors import LabError
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ended, started
from aecore.runs import kept_codes
from aecore.runs.kept_codes import CodesFile


@dataclass(frozen=True)
class EncodingRequest:
    """Which rows are encoded by which run.

    Attributes:
        source: as in `data.source`.
        suffix: the end of a file's name, which says its format.
        reconstructions: whether what is decoded stands beside each code.
    """

    run_id: str
    source: str
    suffix: str = ".csv"
    reconstructions: bool = False

    @property
    def file_name(self) -> str:
        """The name of the run's file that will hold the codes."""
        return kept_codes.file_name(self.source, self.suffix, self.reconstructions)


@dataclass(frozen=True)
class EncodingView(JobView):
    """The job as its events so far tell it; immutable.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        rows: how many have a code.
    """

    doing: str = ""
    rows: int = 0

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far it is."""
        return {key: event[key] for key in ("doing", "rows") if key in event}


def _work(work: Work, request: EncodingRequest) -> Event:
    work.tell(started())
    try:
        rows = _encode(work, request)
    except LabError:
        # What was broken off says so as an error.
        if not work.should_stop():
            raise
        return ended("stopped")
    return ended("finished", rows=rows)


def _encode(work: Work, request: EncodingRequest) -> int:
    from aecore.export.code_table import write_codes
    from aecore.runs.loading import load

    work.tell({"event": "progress", "doing": "Reading"})
    result = load(work.store.folder(request.run_id))

    def on_rows(done: int) -> None:
        if work.is_due():
            work.tell({"event": "progress", "doing": "Encoding", "rows": done})

    def write(path: Path) -> CodesFile:
        written = write_codes(
            result,
            request.source,
            path,
            reconstructions=request.reconstructions,
            on_rows=on_rows,
            should_stop=work.should_stop,
        )
        return CodesFile(**asdict(written))

    return kept_codes.keep(work.store, request.run_id, request.file_name, write).rows


def _view(request: EncodingRequest) -> EncodingView:
    return EncodingView()


def _claims(request: EncodingRequest) -> Claims:
    return Claims(runs=(request.run_id,), sources=(request.source,), keeps=RUNS)


SPEC = JobKind(
    name="encoding",
    title="Encoding",
    summary="Writes the codes of rows to a file, and keeps it with the run.",
    plural="files of codes to write",
    work=_work,
    view=_view,
    claims=_claims,
    # It takes turns with the scoring of rows: both hold a data set.
    resource="scoring",
    superseded=("progress",),
    joins=True,
    lighter="Encode fewer rows, or close other programs.",
    order=80,
)
