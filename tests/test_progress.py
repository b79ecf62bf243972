"""Views of work: what each says after each event."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.jobs.kinds.inspection import InspectionView
from aecore.jobs.kinds.inspection import progress as looked
from aecore.jobs.kinds.projection import ProjectionView, moved
from aecore.progress import ENDINGS, JobView, ended, started
from aecore.runs.run_view import RunView
from aecore.training.events import epoch_ended, progress
from aecore.training.events import started as run_started

VIEWS = (JobView(), RunView(), ProjectionView(iterations=10), InspectionView())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_every_view_tells_its_state_cause_and_end(view: JobView) -> None:
    """From the queue to an end with or without a reason; nothing is said of what is not known."""
    assert (view.state, view.ended, view.share_done) == ("queued", False, None)
    begun = view.after(started())
    assert (begun.state, begun.ended) == ("running", False)
    assert begun.after({"event": "of another version"}).state == "running"
    for name in ENDINGS:
        last = begun.after(ended(name, cause="Why.", remedy="What."))
        assert (last.state, last.cause, last.remedy, last.ended) == (name, "Why.", "What.", True)
    assert begun.after(ended("finished")).cause == ""


def test_a_run_is_done_by_its_epochs() -> None:
    """Whole ones, and the batches of the one under way."""
    view = RunView().after(run_started({"training": {"epochs": 4}}, {}, 0))
    assert view.share_done is None
    view = view.after(epoch_ended(1, {"loss": 1.0}, 0.1)).after(progress(2, 5, 10, 1.0, 0.2))
    assert view.share_done == pytest.approx(1.5 / 4)


def test_a_map_is_done_by_its_iterations() -> None:
    """And has the points of the last that was told."""
    points = np.arange(6, dtype=np.float32).reshape(3, 2)
    view = ProjectionView(iterations=200).after(started(iterations=400)).after(moved(100, points))
    assert view.share_done == 0.25
    np.testing.assert_array_equal(view.points, points)


def test_an_inspection_is_done_by_the_bytes_of_its_download() -> None:
    """What cannot be counted has no share."""
    view = InspectionView().after(started()).after(looked("Downloading", 3, 10))
    assert (view.doing, view.share_done) == ("Downloading", 0.3)
    view = view.after(looked("Reading"))
    assert (view.doing, view.done, view.total, view.share_done) == ("Reading", 0, 0, None)
