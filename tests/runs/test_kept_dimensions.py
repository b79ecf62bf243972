"""Separate trainings of a run: which are wanted, which are there, and what they reached."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aecore.errors import DataError, RunStoreError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.runs import RunStore, kept_dimensions
from aecore.runs.kept_dimensions import STUDY, Study
from aecore.runs.layout import RunSummary

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def run(
    state: str, encoding_dim: int, seed: int = 0, parent: str = "p", mse: float = 0.1
) -> RunSummary:
    """A run under a parent."""
    experiment = Experiment().replace({"model.encoding_dim": encoding_dim, "seed": seed})
    return RunSummary(
        f"{state}-{encoding_dim}-{seed}-{mse}",
        "",
        state,
        NOW,
        experiment=StoredExperiment.from_dict(experiment.to_dict()),
        metrics={"mse": mse},
        parent=parent,
    )


def test_of_several_the_one_that_came_furthest_counts() -> None:
    """One that was stopped and trained again is there once; other parents' do not count."""
    again, other = run("finished", 4, mse=0.2), run("finished", 4, parent="q")
    runs = [run("stopped", 4), again, run("interrupted", 4), run("running", 8), other]
    found = kept_dimensions.trainings(runs, "p")
    assert found == {(4, 0): again, (8, 0): runs[3]}
    assert kept_dimensions.errors(found) == {4: [0.2]}


def test_errors_are_of_trainings_that_went_to_their_end() -> None:
    """By dimension, seed by seed."""
    runs = [run("finished", 8, 1, mse=0.3), run("finished", 8, 0, mse=0.4), run("stopped", 2)]
    assert kept_dimensions.errors(kept_dimensions.trainings(runs, "p")) == {8: [0.4, 0.3]}


def test_what_is_wanted_is_kept_with_the_run(store: RunStore, experiment: Experiment) -> None:
    """None at first; a damaged list is told, and a run that is gone gets no folder."""
    run_id = store.create(experiment)
    assert kept_dimensions.load_study(store, run_id) is None
    study = Study((2, 8), 3)
    kept_dimensions.keep_study(store, run_id, study)
    assert kept_dimensions.load_study(store, run_id) == study
    keys = [kept_dimensions.key_of(each) for each in study.experiments(experiment)]
    assert keys == [(k, seed) for seed in range(3) for k in (2, 8)]
    store.path(run_id, STUDY).write_text('{"dimensions": 3}')
    with pytest.raises(DataError, match="Start them again"):
        kept_dimensions.load_study(store, run_id)
    with pytest.raises(RunStoreError):
        kept_dimensions.keep_study(store, "0" * 32, study)


def test_a_run_knows_its_parent(store: RunStore, experiment: Experiment) -> None:
    """In the list as in MLflow's own words; by itself it has none."""
    parent = store.create(experiment)
    child = store.create(experiment, parent=parent)
    assert {run.run_id: run.parent for run in store.summaries()} == {parent: "", child: parent}
    assert store.summary(child).parent == parent
    assert [run.run_id for run in store.children(parent)] == [child]
