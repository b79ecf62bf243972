"""Features measured by a worker and kept with their run."""

from __future__ import annotations

from aecore.evaluation.features.scores import CHANCE, LINEAR
from aecore.evaluation.features.sides import CODE
from aecore.jobs.kinds.features import SPEC, FeaturesRequest, FeaturesView
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore, kept_features
from tests.jobs.conftest import WARM_SECONDS
from tests.waiting import until


def ended(engine: JobEngine, request: FeaturesRequest) -> FeaturesView:
    """The view of a job, once it has ended."""
    job_id = engine.submit(SPEC, request)

    def view() -> FeaturesView:
        found = engine.look(SPEC, job_id)
        assert found is not None
        return found

    until(lambda: view().ended, WARM_SECONDS)
    return view()


def test_what_probes_tell_outlives_the_server(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """The code tells digits better than chance; few labels are there too."""
    view = ended(engine, FeaturesRequest(trained))
    assert (view.state, view.cause, view.share_done) == ("finished", "", 1.0)
    found = kept_features.load(RunStore.at(store.location), trained)
    assert found is not None and found.labels is not None
    code, chance = found.score(LINEAR, CODE), found.score(CHANCE, CHANCE)
    assert code is not None and chance is not None
    assert code.main.low > chance.main.high


def test_what_cannot_be_told_fails_in_a_sentence(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """And nothing is kept of it."""
    view = ended(engine, FeaturesRequest(trained, "weight"))
    assert view.state == "failed"
    assert view.cause == "There is nothing named 'weight' to tell."
    assert kept_features.load(store, trained, "weight") is None
