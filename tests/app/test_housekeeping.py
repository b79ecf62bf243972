"""Does a demo begin with examples, and forget its visitors once they are gone?"""

from __future__ import annotations

import pytest

from aecore.access.examples import VISITOR, examples
from aecore.data import uploads
from aecore.jobs.kinds import training
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.forgetting import forget
from tests.waiting import until
from ui.app import housekeeping, services
from ui.app.visits import VISITS, Visits

ANNA, BEN = "a" * 32, "b" * 32


def test_examples_are_trained_once_and_seen_by_all() -> None:
    """A server that starts on the same folder again trains none anew."""
    engine = services.engine()
    for _ in range(2):
        housekeeping.train_examples()
    runs = [run for run in engine.store.summaries() if run.visitor == VISITOR]
    assert {run.name for run in runs} == {*examples()} and len(runs) == len(examples())
    assert all(run.is_published for run in runs)
    until(lambda: forget(engine, VISITOR.__eq__))


def test_visitors_who_are_gone_are_forgotten() -> None:
    """With runs that go on and files; not who still has a page open, nor the examples."""
    engine = services.engine()
    files = {who: uploads.keep({"a.csv": b"a,b\n1,2\n"}, who) for who in (ANNA, BEN)}
    request = TrainingRequest(next(iter(examples().values())))
    engine.submit(training.SPEC, request, visitor=ANNA)
    example = engine.submit(training.SPEC, request, visitor=VISITOR)
    VISITS.come(ANNA)
    VISITS.come(BEN)
    VISITS.leave(ANNA)

    def anna_is_forgotten() -> bool:
        housekeeping.forget_visitors(minutes=0)
        return not any(run.visitor == ANNA for run in engine.store.summaries())

    until(anna_is_forgotten)
    assert not uploads.listed(ANNA) and uploads.listed(BEN)
    assert engine.store.summary(example).visitor == VISITOR
    VISITS.leave(BEN)
    housekeeping.forget_visitors(minutes=0)
    assert files[BEN] not in {upload.source for upload in uploads.listed()}
    until(lambda: forget(engine, VISITOR.__eq__))


def test_absence_counts_from_the_last_page_that_was_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of what an earlier server kept, from when it is seen first; coming back ends it."""
    visits, now = Visits(), 1000.0
    monkeypatch.setattr("ui.app.visits.time.monotonic", lambda: now)
    visits.come(ANNA)
    visits.come(ANNA)
    visits.leave(ANNA)
    visits.note(ANNA)
    visits.note(BEN)
    now += 60
    visits.note(BEN)
    assert visits.gone(60) == [BEN]
    visits.leave(ANNA)
    assert visits.gone(1) == [BEN]
    now += 60
    assert set(visits.gone(60)) == {ANNA, BEN}
    visits.come(BEN)
    visits.forget(ANNA)
    assert visits.gone(0) == []
