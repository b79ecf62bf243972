"""Housekeeping: what a server does by itself for its mode: examples, and visitors who are gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aecore.access import chosen_mode
from aecore.access.examples import VISITOR, examples
from aecore.access.mode import Mode
from aecore.errors import LabError
from ui.app import services
from ui.app.visits import VISITS

LOOK_SECONDS = 5.0
SECONDS_A_MINUTE = 60

_log = logging.getLogger(__name__)


@contextmanager
def kept() -> Iterator[None]:
    """Keep house for as long as the server lives, where its mode asks for it."""
    try:
        mode = chosen_mode()
    except LabError:
        # Each page says what is wrong.
        yield
        return
    over = threading.Event()
    if mode.has_examples or mode.forgets_after is not None:
        work = threading.Thread(target=_work, args=(mode, over), daemon=True, name="housekeeping")
        work.start()
    yield
    over.set()


def train_examples() -> None:
    """Train the examples that there are not, and show them to everybody.

    Raises:
        LabError: the engine or the store refuses.
    """
    from aecore.jobs.kinds import training

    engine = services.engine()
    there = {run.name for run in engine.store.summaries() if run.visitor == VISITOR}
    for name, experiment in examples().items():
        if name not in there:
            request = training.TrainingRequest(experiment, name)
            run_id = engine.submit(training.SPEC, request, visitor=VISITOR)
            engine.store.publish(run_id)


def forget_visitors(minutes: float) -> None:
    """Delete all of the visitors who have had no page open for so long.

    Raises:
        LabError: the engine or the store refuses.
    """
    from aecore.jobs.server.forgetting import forget, kept_visitors

    engine = services.engine()
    for visitor in kept_visitors(engine.store) - {VISITOR}:
        VISITS.note(visitor)
    for visitor in VISITS.gone(minutes * SECONDS_A_MINUTE):
        if forget(engine, visitor.__eq__):
            VISITS.forget(visitor)


def _work(mode: Mode, over: threading.Event) -> None:
    has_examples = not mode.has_examples
    while not over.wait(LOOK_SECONDS):
        try:
            if not has_examples:
                train_examples()
                has_examples = True
            if mode.forgets_after is not None:
                forget_visitors(mode.forgets_after)
        except LabError as error:
            _log.warning("Housekeeping goes on later: %s", error)
