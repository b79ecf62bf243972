"""What does a view of an inspection say after each event?"""

from __future__ import annotations

from aecore.jobs.kinds.inspection import InspectionView, progress, started
from aecore.training.events import ended as event_of_end


def test_a_view_tells_where_an_inspection_is() -> None:
    """Event by event, to an end with or without a reason."""
    view = InspectionView()
    assert (view.state, view.ended) == ("queued", False)
    view = view.after(started()).after(progress("Downloading", 3, 10))
    assert (view.state, view.doing, view.done, view.total) == ("running", "Downloading", 3, 10)
    view = view.after(progress("Reading"))
    assert (view.doing, view.done, view.total, view.ended) == ("Reading", 0, 0, False)
    failed = view.after(event_of_end("failed", cause="Why.", remedy="What."))
    assert (failed.state, failed.cause, failed.remedy, failed.ended) == (
        *("failed", "Why.", "What."),
        True,
    )
    assert view.after(event_of_end("finished")).state == "finished"
