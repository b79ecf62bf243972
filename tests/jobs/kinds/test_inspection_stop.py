"""Does a look at a file end while it is read, and not keep another one waiting?"""

from __future__ import annotations

from pathlib import Path

from aecore.data.profile import stored_sheets
from aecore.jobs.kind import Work
from aecore.jobs.kinds import RESOURCES, inspection
from aecore.jobs.kinds.inspection import InspectionRequest
from aecore.progress import Event
from aecore.runs import RunStore


def looked_at(source: str, stop_at: str) -> Event:
    """The last event of a look that is stopped as soon as it tells this."""
    told: list[Event] = []
    work = Work(
        "job",
        told.append,
        lambda: any(event.get("doing") == stop_at for event in told),
        lambda: RunStore(),
    )
    return inspection.SPEC.work(work, InspectionRequest(source))


def test_a_stop_is_heard_while_a_file_is_read_and_checked(tmp_path: Path) -> None:
    """Nothing is kept of it; the same look without a stop leaves a sheet."""
    source = str(tmp_path / "rows.csv")
    Path(source).write_text("a,b\n" + "".join(f"{i},{i * i % 7}\n" for i in range(50)))

    for moment in ("Reading", "Checking"):
        assert looked_at(source, moment)["event"] == "stopped"
        assert stored_sheets.saved(source) is None
    assert looked_at(source, "never")["event"] == "finished"
    assert stored_sheets.saved(source) is not None


def test_two_files_are_looked_at_side_by_side() -> None:
    """A small one need not wait for a large one."""
    assert RESOURCES[inspection.SPEC.resource] == 2
