"""`Answer`: which finding of which run a run was trained to do away with, kept with it."""

from __future__ import annotations

from dataclasses import dataclass

from aecore import plain_files
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore

FILE = "answers.json"


@dataclass(frozen=True)
class Answer:
    """What a run answers.

    Attributes:
        run_id: the run in which something was found.
        rule: the name of the rule that found it.
    """

    run_id: str
    rule: str


def keep(store: RunStore, run_id: str, answer: Answer) -> None:
    """Keep with a run what it answers.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        plain_files.write(folder / FILE, answer)


def load(store: RunStore, run_id: str) -> Answer | None:
    """What a run answers; None of one that was trained for itself.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, FILE)
    if not path.is_file():
        return None
    return plain_files.read(path, Answer, "What this run answers", "Try the change again.")
