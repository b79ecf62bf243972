"""Rows scored in the background, and kept with their run."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.jobs.kinds.scoring import SPEC, ScoringRequest, ScoringView
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore, kept_scores
from tests.jobs.conftest import WARM_SECONDS
from tests.waiting import until


def end(engine: JobEngine, request: ScoringRequest) -> ScoringView:
    """The view of a job once it has ended."""
    job_id = engine.submit(SPEC, request)

    def view() -> ScoringView:
        found = engine.look(SPEC, job_id)
        assert found is not None
        return found

    until(lambda: view().ended, WARM_SECONDS)
    return view()


def test_held_out_rows_are_scored_compared_and_kept(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """As many rows as were measured; every detector is beside; the file outlives the server."""
    request = ScoringRequest(trained)
    view = end(engine, request)
    assert (view.state, view.cause) == ("finished", "")
    scored = kept_scores.load(RunStore.at(store.location), trained, request.file_name)
    measured = store.samples(trained)
    assert view.rows == len(scored.rows) == measured.total
    order = np.argsort(scored.rows)
    np.testing.assert_array_equal(scored.rows[order], np.sort(measured.index))
    own = scored.scores["squared-error"][order]
    np.testing.assert_allclose(own, measured.error[np.argsort(measured.index)], rtol=1e-3)
    assert scored.comparison is not None
    assert set(scored.comparison.scores) == {*DETECTORS, "untrained"}
    assert set(scored.comparison.expected) == {*DETECTORS, "untrained"}
    for name, expected in scored.comparison.expected.items():
        oddest = scored.comparison.position[scored.comparison.scores[name].argmax()]
        assert oddest in expected.position
        assert set(expected.position) <= set(scored.shown.position)


def test_rows_of_another_kind_are_refused(engine: JobEngine, trained: str) -> None:
    """In a sentence of cause and one of what to do."""
    view = end(engine, ScoringRequest(trained, "iris"))
    assert view.state == "failed"
    assert view.cause and view.remedy


def test_a_committee_of_networks_is_asked(engine: JobEngine, store: RunStore, trained: str) -> None:
    """The mean of the run's own first score and of one network from another seed, on all rows."""
    request = ScoringRequest(trained, members=1)
    assert end(engine, request).state == "finished"
    scored = kept_scores.load(store, trained, request.file_name)
    assert scored.comparison is not None
    own = scored.scores[next(iter(scored.scores))]
    other = 2 * scored.comparison.scores["committee"] - own
    assert np.isfinite(other).all() and not np.allclose(other, own)
    assert np.corrcoef(other, own)[0, 1] > 0.3
