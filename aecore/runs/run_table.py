"""`RunTable`: every run in a SQLite file of MLflow, read anew only where something changed.

MLflow takes seconds to list a thousand runs, and every click on a page asks for the list.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from aecore.runs import layout
from aecore.runs.layout import RunSummary

if TYPE_CHECKING:
    from mlflow.entities import Run

SECONDS_TO_WAIT = 5.0
# SQLite takes some 32,000 values in a statement.
IDS_AT_ONCE = 10_000

RUNS = (
    "SELECT run_uuid, name, status, start_time, end_time FROM runs "
    "WHERE experiment_id = ? AND lifecycle_stage = 'active' "
    "ORDER BY start_time DESC, run_uuid"
)
TAGS = f"SELECT run_uuid, key, value FROM tags WHERE key IN ({', '.join('?' * len(layout.TAGS))})"
METRICS = (
    "SELECT run_uuid, key, value FROM latest_metrics "
    f"WHERE (key = '{layout.EPOCHS_METRIC}' OR key LIKE '%.%') AND is_nan = 0"
)


class Row(NamedTuple):
    """What a run's line in the table says of it, and its tags."""

    name: str | None
    status: str
    started: int
    ended: int | None
    tags: Mapping[str, str]


class RunTable:
    """The runs of a store in a SQLite file; for use by many threads.

    Args:
        database: the file.

    Raises (every method): `sqlite3.Error`: it cannot be read, or is laid out in another way.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._reading = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file = self._version = (0, 0)
        self._known: dict[str, tuple[Row, RunSummary]] = {}

    def summaries(self, experiment_id: str) -> list[RunSummary]:
        """Every run of an experiment of MLflow's, newest first."""
        with self._reading:
            connection = self._connected()
            # Both questions are of one moment.
            connection.execute("BEGIN")
            try:
                self._update(connection, experiment_id)
            finally:
                connection.execute("COMMIT")
            return [summary for _, summary in self._known.values()]

    def _connected(self) -> sqlite3.Connection:
        """The connection; another one where another file has taken the place of the first."""
        try:
            about = self._database.stat()
        except OSError as error:
            raise sqlite3.OperationalError("unable to open database file") from error
        file = (about.st_dev, about.st_ino)
        if self._connection is None or file != self._file:
            if self._connection is not None:
                self._connection.close()
            self._connection = sqlite3.connect(
                f"{self._database.as_uri()}?mode=ro",
                uri=True,
                timeout=SECONDS_TO_WAIT,
                isolation_level=None,
                check_same_thread=False,
            )
            self._file, self._version, self._known = file, (0, 0), {}
        return self._connection

    def _update(self, connection: sqlite3.Connection, experiment_id: str) -> None:
        version = (int(connection.execute("PRAGMA data_version").fetchone()[0]), int(experiment_id))
        going_on = [key for key, (_, summary) in self._known.items() if not summary.ended]
        if version == self._version and not going_on:
            return
        rows = _rows(connection, experiment_id)
        changed = [key for key, row in rows.items() if self._is_news(key, row)]
        metrics = _metrics(connection, changed)
        read = {key: layout.summary(_run(key, rows[key], metrics[key])) for key in changed}
        self._known = {
            key: (row, read[key] if key in read else self._known[key][1])
            for key, row in rows.items()
        }
        self._version = version

    def _is_news(self, key: str, row: Row) -> bool:
        known = self._known.get(key)
        # A run that is going on logs figures, and its seconds pass.
        return known is None or known[0] != row or not known[1].ended


def _rows(connection: sqlite3.Connection, experiment_id: str) -> dict[str, Row]:
    tags: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, tag, value in connection.execute(TAGS, layout.TAGS):
        tags[key][tag] = value or ""
    found = connection.execute(RUNS, (int(experiment_id),))
    return {
        key: Row(name, status, started, ended, tags[key])
        for key, name, status, started, ended in found
    }


def _metrics(
    connection: sqlite3.Connection, run_ids: Iterable[str]
) -> defaultdict[str, dict[str, float]]:
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    chosen = list(run_ids)
    for first in range(0, len(chosen), IDS_AT_ONCE):
        part = chosen[first : first + IDS_AT_ONCE]
        which = f"{METRICS} AND run_uuid IN ({', '.join('?' * len(part))})"
        for key, name, value in connection.execute(which, part):
            found[key][name] = value
    return found


def _run(run_id: str, row: Row, metrics: Mapping[str, Any]) -> Run:
    """The run as MLflow would hand it out, so that one place reads it."""
    from mlflow.entities import Metric, Run, RunData, RunInfo, RunTag

    info = RunInfo(
        run_id=run_id,
        run_name=row.name,
        experiment_id="",
        user_id="",
        status=row.status,
        start_time=row.started,
        end_time=row.ended,
        lifecycle_stage="active",
    )
    figures = [Metric(name, value, 0, 0) for name, value in metrics.items()]
    return Run(info, RunData(metrics=figures, tags=[RunTag(*tag) for tag in row.tags.items()]))
