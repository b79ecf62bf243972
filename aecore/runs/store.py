"""`RunStore`: runs kept in MLflow, in a folder here or on a tracking server."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from aecore import environment
from aecore.errors import RunStoreError
from aecore.evaluation.samples import Samples
from aecore.experiment import Experiment
from aecore.runs import asking, claims, database, deleting, failures, layout, questions, reading
from aecore.runs.artifacts import (
    EVENTS,
    UNMEASURED,
    artifacts_of,
    checked,
)
from aecore.runs.layout import RunSummary
from aecore.runs.run_table import RunTable
from aecore.runs.run_view import RunView
from aecore.runs.tracking import Tracking
from aecore.training.events import Event
from aecore.training.files import event_line

if TYPE_CHECKING:
    from mlflow.entities import Run


class StoreLocation(NamedTuple):
    """What another process needs to open the same store."""

    home: str
    tracking_uri: str | None


class RunStore:
    """The runs of one folder or tracking server; for use by many threads and processes.

    Args:
        home: the folder; `$AECORE_HOME` or `./runs` by default.
        tracking_uri: an MLflow tracking server or database to use instead of SQLite in the
            folder; `$MLFLOW_TRACKING_URI` by default.

    Nothing is opened before the first question. Every method raises `RunStoreError`, with cause
    and remedy, for a run that does not exist, a folder that cannot be written, a full disk, or
    a server that does not answer.
    """

    def __init__(self, home: Path | None = None, tracking_uri: str | None = None) -> None:
        self.home = home.expanduser().resolve() if home else environment.home()
        self.tracking_uri = tracking_uri or environment.tracking_uri()
        self._tracking = Tracking(self.home, self.tracking_uri)
        self._table = RunTable(self.home / database.NAME) if self.is_local else None
        self._artifacts = artifacts_of(self.home, None if self.is_local else self._tracking)

    @property
    def is_local(self) -> bool:
        """Whether the runs are in the folder of this machine alone."""
        return self.tracking_uri is None

    @property
    def location(self) -> StoreLocation:
        """`RunStore.at` gives an equal store back, in any process."""
        return StoreLocation(str(self.home), self.tracking_uri)

    @classmethod
    def at(cls, location: StoreLocation, patience: float = 0) -> RunStore:
        """The store at a location; a server that is away is asked again for so many seconds."""
        store = cls(Path(location.home), location.tracking_uri)
        store._tracking.patience = patience
        return store

    def open(self) -> None:
        """Make the store if it is new and connect to it; the first question would do so too."""
        self._tracking.ask(lambda client: client.get_experiment(self._tracking.experiment_id))

    def create(
        self,
        experiment: Experiment,
        name: str = "",
        *,
        owner: str = "",
        visitor: str = "",
        parent: str = "",
    ) -> str:
        """Add a run, queued; its id. The rest is as in its `RunSummary`."""
        from mlflow.entities import Param

        tags = {
            layout.EXPERIMENT_TAG: json.dumps(experiment.to_dict(), ensure_ascii=False),
            layout.OWNER_TAG: owner,
            layout.VISITOR_TAG: visitor,
            **({layout.PARENT_TAG: parent} if parent else {}),
        }
        name = layout.tidy(name) or layout.default_name(experiment)
        ask, all_runs = self._tracking.ask, self._tracking.experiment_id
        run = ask(lambda client: client.create_run(all_runs, run_name=name, tags=tags))
        run_id = str(run.info.run_id)
        params = [Param(*pair) for pair in layout.params(experiment)]
        ask(lambda client: client.log_batch(run_id, params=params))
        ask(lambda client: client.update_run(run_id, status=layout.STATUS["queued"]))
        return run_id

    def claim(self, run_id: str) -> bool:
        """Take a queued run in order to train it; of all who ask, in all processes, one gets it."""
        return claims.claim(self._tracking, self._run(run_id))

    def take_up(self, run_id: str, owner: str) -> bool:
        """Queue a run again whose process died before it was measured; as `claim`, one gets it.

        Where its model was not kept, or this was tried often enough, nobody does.
        """
        kept = UNMEASURED in self.names(run_id)
        return kept and claims.take_up(self._tracking, self._run(run_id), owner)

    def begin_again(self, run_id: str, owner: str) -> bool:
        """Queue a run once more whose process died, to be trained anew; as `claim`, one gets it."""
        taken = claims.take_up(self._tracking, self._run(run_id), owner, claims.MOST_BEGUN_AGAIN)
        if taken:
            self.remove(run_id, EVENTS)
        return taken

    def log_epochs(self, run_id: str, epochs: Iterable[Event]) -> None:
        """Write epoch events, `{"epoch", "seconds", "logs"}`, each as one step of the metrics."""
        self._check_id(run_id)
        values = [value for epoch in epochs for value in layout.epoch_metrics(epoch)]
        asking.log_metrics(self._tracking, run_id, values)

    def log_event(self, run_id: str, event: Event) -> None:
        """Add an event to the run's file of them, which then outlives whoever tells it.

        On a tracking server, files arrive when the run ends.
        """
        self._check_id(run_id)
        self._artifacts.append(run_id, EVENTS, event_line(event))

    @contextmanager
    def keeping(self, run_id: str) -> Iterator[Path]:
        """An empty folder; what is in it when it is left in good order is kept with the run."""
        self._check_id(run_id)
        where = str(self.home)
        with self._artifacts.keeping(run_id) as folder, failures.of_writing(where):
            yield folder

    def keep(self, run_id: str, folder: Path) -> None:
        """Store copies of a folder's files with the run."""
        with self.keeping(run_id) as new, failures.in_words(str(self.home)):
            for source in sorted(folder.iterdir()):
                shutil.copyfile(source, new / source.name)

    def clear(self) -> None:
        """Delete files that gone processes had begun to keep, and those of runs long hidden."""
        self._artifacts.clear()
        deleting.erase(self._tracking, self._artifacts)

    def end(
        self,
        run_id: str,
        state: str,
        metrics: Mapping[str, Any] | None = None,
        cause: str = "",
        remedy: str = "",
    ) -> None:
        """Mark a run as `finished`, `stopped`, `failed` or `interrupted`, with final figures."""
        self._check_id(run_id)
        final = layout.final_metrics(metrics or {}).items()
        asking.log_metrics(self._tracking, run_id, [(name, value, 0) for name, value in final])
        sentences = {layout.CAUSE_TAG: cause, layout.REMEDY_TAG: remedy}
        tags = {key: text[: layout.SENTENCE_LENGTH] for key, text in sentences.items()}
        data = {layout.DIGEST_TAG: str((metrics or {}).get(layout.DIGEST_TAG, ""))}
        asking.tag(self._tracking, run_id, {layout.STATE_TAG: state, **data, **tags})
        self._tracking.ask(lambda client: client.set_terminated(run_id, layout.STATUS[state]))

    def summaries(self) -> list[RunSummary]:
        """Every run, newest first."""
        experiment_id = self._tracking.experiment_id
        if self._table is not None:
            # Of a table that cannot be read in this way, MLflow says why, or reads it.
            with suppress(sqlite3.Error):
                return self._table.summaries(experiment_id)
        return [layout.summary(run) for run in self._search()]

    def unfinished(self) -> list[RunSummary]:
        """The runs that are queued or running, oldest first."""
        ended = {layout.STATUS[state] for state in layout.STATUS if state not in layout.UNFINISHED}
        which = " AND ".join(f"attributes.status != '{status}'" for status in sorted(ended))
        return [layout.summary(run) for run in reversed(list(self._search(which)))]

    def summary(self, run_id: str) -> RunSummary:
        """One run."""
        return layout.summary(self._run(run_id))

    def find(self, run_id: str) -> RunSummary | None:
        """One run; None if there is none of this id, or no more."""
        run = self._found(run_id)
        return None if run is None else layout.summary(run)

    def view(self, run_id: str) -> RunView:
        """The run as a page draws it: from its events, or from MLflow where it has none yet."""
        summary = self.summary(run_id)
        events = self.path(run_id, EVENTS)
        return self._tracking.ask(lambda client: reading.view_of(client, events, summary))

    def curves(self, run_id: str) -> dict[str, list[float]]:
        """One list an entry of the logs, such as `loss`, an item an epoch."""
        table = self.path(run_id, "history.csv")
        return reading.curves(table) if table.is_file() else self.view(run_id).history

    def samples(self, run_id: str) -> Samples:
        """What the run made of rows it did not learn from."""
        return reading.samples(self.path(run_id, "samples.npz"), self.summary(run_id))

    def path(self, run_id: str, artifact_name: str) -> Path:
        """Where a file of the run is; there need not be one."""
        self._check_id(run_id)
        return self._artifacts.path(run_id, checked(artifact_name))

    def names(self, run_id: str) -> list[str]:
        """The names of the run's files."""
        self._check_id(run_id)
        return self._artifacts.names(run_id)

    def sizes(self, run_id: str) -> dict[str, int]:
        """The bytes that each of the run's files takes on this machine, by its name."""
        self._check_id(run_id)
        return self._artifacts.sizes(run_id)

    def remove(self, run_id: str, artifact_name: str) -> None:
        """Remove a file of the run; one that is not there is none to remove."""
        self._check_id(run_id)
        self._artifacts.remove(run_id, checked(artifact_name))

    def folder(self, run_id: str) -> Path:
        """All files of the run in one folder, as `aecore.load` takes it."""
        self.summary(run_id)
        return self._artifacts.folder(run_id)

    def rename(self, run_id: str, name: str) -> None:
        """Give the run another name on screen."""
        name = layout.tidy(name)
        if not name:
            raise RunStoreError("A run needs a name.", "Type at least one letter.")
        self._run(run_id)
        self._tracking.ask(lambda client: client.update_run(run_id, name=name))

    def publish(self, run_id: str, published: bool = True) -> None:
        """Let all visitors see the run, or no longer."""
        self._run(run_id)
        asking.tag(self._tracking, run_id, {layout.PUBLISHED_TAG: layout.YES if published else ""})

    def pin(self, run_id: str, pinned: bool = True) -> None:
        """Let the run stay when room is made, or no longer."""
        self._run(run_id)
        asking.tag(self._tracking, run_id, {layout.PINNED_TAG: layout.YES if pinned else ""})

    def children(self, run_id: str) -> list[RunSummary]:
        """The runs that were trained beside this one, newest first."""
        return [run for run in self.summaries() if run.parent == run_id]

    def delete(self, run_id: str) -> None:
        """Remove the run and its files for good; what was trained beside it stays."""
        deleting.delete(self._tracking, self._artifacts, self.summary(run_id))

    def hide(self, run_id: str) -> None:
        """Take the run off every list; its files stay for a while, so that it can be restored."""
        deleting.hide(self._tracking, self.summary(run_id))

    def erase_hidden(self, run_id: str) -> None:
        """Remove the files of a hidden run, which can then no longer be restored."""
        self._artifacts.delete(self._hidden(run_id).info.run_id)

    def restore(self, run_id: str) -> None:
        """Bring back a run that was hidden."""
        deleting.restore(self._tracking, self._hidden(run_id))

    def _run(self, run_id: str) -> Run:
        run = self._found(run_id)
        if run is None:
            raise failures.no_such_run(run_id)
        return run

    def _found(self, run_id: str) -> Run | None:
        failures.refuse_odd(run_id)
        run = self._tracking.ask(lambda client: questions.find(client, run_id))
        return None if run is None or run.info.lifecycle_stage != "active" else run

    def _hidden(self, run_id: str) -> Run:
        return deleting.hidden(self._tracking, run_id)

    def _check_id(self, run_id: str) -> None:
        failures.refuse_odd(run_id)

    def _search(self, which: str = "") -> Iterator[Run]:
        return asking.search(self._tracking, which)
