"""Each class of a run's data held out in turn, and kept with the run."""

from __future__ import annotations

from aecore.experiment import Experiment
from aecore.jobs.kinds.class_holdout import SPEC, ClassHoldoutRequest, ClassHoldoutView
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore, kept_class_holdout
from tests.jobs.conftest import WARM_SECONDS, ended
from tests.waiting import until


def held_out(engine: JobEngine, run_id: str) -> ClassHoldoutView:
    """The view of the job once it has ended."""
    job_id = engine.submit(SPEC, ClassHoldoutRequest(run_id))

    def view() -> ClassHoldoutView:
        found = engine.look(SPEC, job_id)
        assert found is not None
        return found

    until(lambda: view().ended, WARM_SECONDS)
    return view()


def trained(engine: JobEngine, source: str) -> str:
    """A run of a data set."""
    experiment = Experiment().replace({"training.epochs": 5, "training.loss": "mse"})
    run_id = engine.train(experiment.replace({"data.source": source}))
    ended(engine, run_id)
    return run_id


def test_each_class_is_found_by_a_run_without_it(engine: JobEngine, store: RunStore) -> None:
    """Setosa lies far from the other flowers; what the page shows outlives the server."""
    run_id = trained(engine, "iris")
    view = held_out(engine, run_id)
    assert (view.state, view.cause, view.classes, view.share_done) == ("finished", "", 3, 1.0)
    kept = kept_class_holdout.load(RunStore.at(store.location), run_id)
    assert sorted(kept, key=lambda one: one.name) == sorted(view.found, key=lambda one: one.name)
    by_name = {one.name: one.detection for one in kept}
    assert set(by_name) == {"setosa", "versicolor", "virginica"}
    assert by_name["setosa"].auroc.value > 0.9
    # All 50 of the class, beside the held-out fifth of the others.
    assert (by_name["setosa"].anomalies, by_name["setosa"].rows) == (50, 70)


def test_data_without_classes_is_refused(engine: JobEngine) -> None:
    """In a sentence of cause and one of what to do."""
    view = held_out(engine, trained(engine, "swiss-roll"))
    assert view.state == "failed"
    assert "classes" in view.cause and "labels" in view.remedy
