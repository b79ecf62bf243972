"""Dimensions measured by a worker and kept with their run, and separate trainings beside it."""

from __future__ import annotations

from aecore.jobs.kinds import training
from aecore.jobs.kinds.dimensions import SPEC, DimensionsRequest, DimensionsView
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore, kept_dimensions
from tests.jobs.conftest import WARM_SECONDS, ended, short
from tests.waiting import until


def test_what_is_measured_outlives_the_server(engine: JobEngine, store: RunStore) -> None:
    """The curve of an ordered code, an estimate and probes, step by step."""
    ordered = short().replace({"model.penalties.ordered": True})
    run_id = engine.train(ordered)
    ended(engine, run_id)
    job_id = engine.submit(SPEC, DimensionsRequest(run_id))

    def view() -> DimensionsView:
        found = engine.look(SPEC, job_id)
        assert found is not None
        return found

    until(lambda: view().ended, WARM_SECONDS)
    assert (view().state, view().cause, view().share_done) == ("finished", "", 1.0)
    found = kept_dimensions.load(RunStore.at(store.location), run_id)
    assert found is not None
    assert found.curves.ordered is not None
    assert found.intrinsic is not None and found.probes is not None
    assert found.notes == ()


def test_a_training_can_stand_under_another(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """In our list and in MLflow's, also as it waits."""
    experiment = short().replace({"model.encoding_dim": 2})
    run_id = engine.submit(training.SPEC, TrainingRequest(experiment, parent=trained))
    assert [run.run_id for run in store.children(trained)] == [run_id]
    ended(engine, run_id)
    [child] = store.children(trained)
    assert (child.parent, child.state) == (trained, "finished")
    found = kept_dimensions.trainings(store.summaries(), trained)
    assert list(found) == [(2, experiment.seed)]
    assert kept_dimensions.errors(found) == {2: [child.metrics["mse"]]}
