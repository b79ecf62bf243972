"""What was measured of dimensions, kept with its run, and which separate trainings belong to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aecore import plain_files
from aecore.evaluation.dimensions.measuring import MeasuredDimensions
from aecore.experiment import Experiment
from aecore.runs.adding import adding_to
from aecore.runs.layout import RunSummary
from aecore.runs.store import RunStore
from aecore.search.encoding_dimensions import separate

MEASURED, STUDY = "dimensions.json", "separate-trainings.json"
# Of several runs of one dimension and seed, the one that came furthest.
STATES = ("finished", "running", "queued", "stopped", "failed", "interrupted")


@dataclass(frozen=True)
class Study:
    """Which separate trainings of a run's experiment are wanted beside it.

    Attributes:
        dimensions: encoding dimensions.
        seeds: how many trainings of each, from seeds that follow one another.
    """

    dimensions: tuple[int, ...]
    seeds: int

    def experiments(self, experiment: Experiment) -> list[Experiment]:
        """All that are wanted; errors are those of `separate`."""
        return list(separate(experiment, self.dimensions, self.seeds))


Key = tuple[int, int]


def keep(store: RunStore, run_id: str, measured: MeasuredDimensions) -> None:
    """Keep what was measured with its run, in place of what was measured before.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        measured.save(folder / MEASURED)


def load(store: RunStore, run_id: str) -> MeasuredDimensions | None:
    """What was measured of a run; None where nothing was.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, MEASURED)
    return MeasuredDimensions.load(path) if path.is_file() else None


def keep_study(store: RunStore, run_id: str, study: Study) -> None:
    """Keep which trainings are wanted beside a run.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        plain_files.write(folder / STUDY, study)


def load_study(store: RunStore, run_id: str) -> Study | None:
    """Which trainings were asked for beside a run; None where none were.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, STUDY)
    if not path.is_file():
        return None
    return plain_files.read(path, Study, "The list of separate trainings", "Start them again.")


def key_of(experiment: Experiment) -> Key:
    """Encoding dimension and seed, which tell trainings of a study apart."""
    return experiment.model.encoding_dim, experiment.seed


def trainings(runs: Iterable[RunSummary], parent: str) -> dict[Key, RunSummary]:
    """The runs under a parent; of several of one dimension and seed, the one that came furthest."""
    found: dict[Key, RunSummary] = {}
    for run in runs:
        if run.parent != parent or run.experiment.encoding_dim is None:
            continue
        key = run.experiment.encoding_dim, run.experiment.tree.seed
        known = found.get(key)
        if known is None or STATES.index(run.state) < STATES.index(known.state):
            found[key] = run
    return found


def errors(found: Mapping[Key, RunSummary]) -> dict[int, list[float]]:
    """Held-out errors of the trainings that finished, by encoding dimension, one a seed."""
    by_dimension: defaultdict[int, list[float]] = defaultdict(list)
    for (dimension, _), run in sorted(found.items()):
        error = run.metrics.get("mse")
        if run.state == "finished" and error is not None:
            by_dimension[dimension].append(float(error))
    return dict(by_dimension)
