"""`RunAccess`: the run store as one visitor may use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.access import Access
from aecore.experiment import Experiment
from aecore.runs import failures, layout
from aecore.runs.layout import RunSummary
from aecore.runs.store import RunStore
from aecore.training.events import Event

if TYPE_CHECKING:
    from mlflow.entities import Run


class RunAccess(RunStore):
    """A store in which a visitor finds the runs they may see, and changes none but their own.

    A run that they may not see is one that does not exist, whatever is asked of it. What would
    change another's that they see raises `AccessError`.
    """

    def __init__(self, store: RunStore, access: Access) -> None:
        # The same connection, tables and files: only who asks is new.
        vars(self).update(vars(store))
        self._access = access

    def refuse_change(self, run_id: str) -> None:
        """Refuse what changes a run that is not the visitor's own.

        Raises:
            AccessError: it is somebody else's.
        """
        self._access.refuse_change(self.summary(run_id))

    def create(
        self,
        experiment: Experiment,
        name: str = "",
        *,
        owner: str = "",
        visitor: str = "",
        parent: str = "",
    ) -> str:
        visitor = self._access.visitor
        return super().create(experiment, name, owner=owner, visitor=visitor, parent=parent)

    def claim(self, run_id: str) -> bool:
        self.refuse_change(run_id)
        return super().claim(run_id)

    def take_up(self, run_id: str, owner: str) -> bool:
        self.refuse_change(run_id)
        return super().take_up(run_id, owner)

    def log_event(self, run_id: str, event: Event) -> None:
        self.refuse_change(run_id)
        super().log_event(run_id, event)

    def begin_again(self, run_id: str, owner: str) -> bool:
        self.refuse_change(run_id)
        return super().begin_again(run_id, owner)

    def log_epochs(self, run_id: str, epochs: Iterable[Event]) -> None:
        self.refuse_change(run_id)
        super().log_epochs(run_id, epochs)

    @contextmanager
    def keeping(self, run_id: str) -> Iterator[Path]:
        self.refuse_change(run_id)
        with super().keeping(run_id) as folder:
            yield folder

    def end(
        self,
        run_id: str,
        state: str,
        metrics: Mapping[str, Any] | None = None,
        cause: str = "",
        remedy: str = "",
    ) -> None:
        self.refuse_change(run_id)
        super().end(run_id, state, metrics, cause, remedy)

    def remove(self, run_id: str, artifact_name: str) -> None:
        self.refuse_change(run_id)
        super().remove(run_id, artifact_name)

    def rename(self, run_id: str, name: str) -> None:
        self.refuse_change(run_id)
        super().rename(run_id, name)

    def publish(self, run_id: str, published: bool = True) -> None:
        self.refuse_change(run_id)
        self._access.refuse_publishing()
        super().publish(run_id, published)

    def pin(self, run_id: str, pinned: bool = True) -> None:
        self.refuse_change(run_id)
        super().pin(run_id, pinned)

    def delete(self, run_id: str) -> None:
        self.refuse_change(run_id)
        super().delete(run_id)

    def hide(self, run_id: str) -> None:
        self.refuse_change(run_id)
        super().hide(run_id)

    def summaries(self) -> list[RunSummary]:
        return [run for run in super().summaries() if self._access.sees(run)]

    def _search(self, which: str = "") -> Iterator[Run]:
        return (run for run in super()._search(which) if self._access.sees(layout.summary(run)))

    def _found(self, run_id: str) -> Run | None:
        run = super()._found(run_id)
        return run if run is not None and self._access.sees(layout.summary(run)) else None

    def _hidden(self, run_id: str) -> Run:
        run = super()._hidden(run_id)
        if not self._access.owns(layout.summary(run).visitor):
            raise failures.no_such_run(run_id)
        return run

    def _check_id(self, run_id: str) -> None:
        self._run(run_id)
