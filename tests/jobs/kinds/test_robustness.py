"""Robustness measured by a worker and kept with its run."""

from __future__ import annotations

from aecore.jobs.kinds.robustness import SPEC, RobustnessRequest, RobustnessView
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore, kept_robustness
from tests.jobs.conftest import WARM_SECONDS
from tests.waiting import until


def ended(engine: JobEngine, request: RobustnessRequest) -> RobustnessView:
    """The view of a job, once it has ended."""
    job_id = engine.submit(SPEC, request)

    def view() -> RobustnessView:
        found = engine.look(SPEC, job_id)
        assert found is not None
        return found

    until(lambda: view().ended, WARM_SECONDS)
    return view()


def test_what_is_measured_outlives_the_server(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """All disturbances of pictures, from clean rows on, with what a probe tells."""
    view = ended(engine, RobustnessRequest(trained))
    assert (view.state, view.cause, view.share_done) == ("finished", "", 1.0)
    found = kept_robustness.load(RunStore.at(store.location), trained)
    assert found is not None and found.target == "Label"
    assert len(found.curves) == 5
    clean, *_, last = found.curves["occlusion"]
    assert last.error["pca"].low > clean.error["pca"].high


def test_rows_of_another_shape_are_refused_in_a_sentence(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """And nothing is kept of them."""
    view = ended(engine, RobustnessRequest(trained, "iris"))
    assert view.state == "failed" and view.cause.endswith(".")
    assert kept_robustness.load(store, trained, "iris") is None
