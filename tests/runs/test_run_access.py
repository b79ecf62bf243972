"""Does the run store give a visitor their own runs, and those that are published, to look at?"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from aecore.access import MODES, Access
from aecore.errors import AccessError, LabError, RunStoreError
from aecore.experiment import Experiment
from aecore.runs import RunStore
from aecore.runs.run_access import RunAccess

ANNA, BEN = "a" * 32, "b" * 32
Ask = Callable[[RunStore, str, Path], object]


def _keep_nothing(store: RunStore, run_id: str, _: Path) -> None:
    with store.keeping(run_id):
        pass


LOOKS: dict[str, Ask] = {
    "summary": lambda store, run_id, _: store.summary(run_id),
    "view": lambda store, run_id, _: store.view(run_id),
    "curves": lambda store, run_id, _: store.curves(run_id),
    "samples": lambda store, run_id, _: store.samples(run_id),
    "path": lambda store, run_id, _: store.path(run_id, "samples.npz"),
    "names": lambda store, run_id, _: store.names(run_id),
    "folder": lambda store, run_id, _: store.folder(run_id),
    "sizes": lambda store, run_id, _: store.sizes(run_id),
}
CHANGES: dict[str, Ask] = {
    "claim": lambda store, run_id, _: store.claim(run_id),
    "take_up": lambda store, run_id, _: store.take_up(run_id, "me"),
    "begin_again": lambda store, run_id, _: store.begin_again(run_id, "me"),
    "log_event": lambda store, run_id, _: store.log_event(run_id, {"event": "started"}),
    "keeping": _keep_nothing,
    "log_epochs": lambda store, run_id, _: store.log_epochs(run_id, []),
    "keep": lambda store, run_id, folder: store.keep(run_id, folder),
    "end": lambda store, run_id, _: store.end(run_id, "stopped"),
    "remove": lambda store, run_id, _: store.remove(run_id, "samples.npz"),
    "rename": lambda store, run_id, _: store.rename(run_id, "mine"),
    "publish": lambda store, run_id, _: store.publish(run_id),
    "pin": lambda store, run_id, _: store.pin(run_id),
    "delete": lambda store, run_id, _: store.delete(run_id),
    "hide": lambda store, run_id, _: store.hide(run_id),
}
# Of runs that were hidden.
UNDOES: dict[str, Ask] = {
    "restore": lambda store, run_id, _: store.restore(run_id),
    "erase_hidden": lambda store, run_id, _: store.erase_hidden(run_id),
}
# They do not refuse, but find nothing.
QUIET = {"find", "children"}


def of(store: RunStore, visitor: str, mode: str = "shared") -> RunAccess:
    """The store as a visitor has it."""
    return RunAccess(store, Access(visitor, MODES[mode]))


@pytest.fixture
def run_id(store: RunStore, experiment: Experiment, files: Path) -> str:
    """A finished run of Anna's."""
    run_id = of(store, ANNA).create(experiment, "Anna's")
    store.keep(run_id, files)
    store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.25})
    return run_id


def test_every_method_that_names_a_run_is_tried_here() -> None:
    """A new one must not be forgotten."""
    public = inspect.getmembers(RunStore, inspect.isfunction)
    of_runs = {
        name
        for name, function in public
        if not name.startswith("_")
        and {"run_id", "run_ids"} & {*inspect.signature(function).parameters}
    }
    assert of_runs == {*LOOKS, *CHANGES, *UNDOES, *QUIET}


@pytest.mark.parametrize("ask", UNDOES)
def test_another_s_hidden_run_is_left_alone(
    store: RunStore, run_id: str, files: Path, ask: str
) -> None:
    """Nobody else brings it back or removes its files."""
    of(store, ANNA).hide(run_id)
    with pytest.raises(RunStoreError, match="may have been deleted"):
        UNDOES[ask](of(store, BEN), run_id, files)

    of(store, ANNA).restore(run_id)
    assert "samples.npz" in of(store, ANNA).names(run_id)


@pytest.mark.parametrize("ask", [*LOOKS, *CHANGES])
def test_another_s_run_does_not_exist(store: RunStore, run_id: str, files: Path, ask: str) -> None:
    """The refusal is that for an id that nobody has, to the letter; and nothing is changed."""
    for stranger in (of(store, BEN), of(store, ""), of(store, BEN, "demo")):
        refusals = []
        for asked in (run_id, "0" * 32):
            with pytest.raises(RunStoreError) as caught:
                {**LOOKS, **CHANGES}[ask](stranger, asked, files)
            refusals.append(str(caught.value).replace(asked, "…"))
        assert refusals[0] == refusals[1]
    assert store.summary(run_id) == of(store, ANNA).summary(run_id)
    assert "samples.npz" in store.names(run_id)


@pytest.mark.parametrize("ask", [*LOOKS, *CHANGES])
def test_a_published_run_is_looked_at_and_not_changed(
    store: RunStore, run_id: str, files: Path, ask: str
) -> None:
    """By anybody but its owner; once it is withdrawn, it does not exist again."""
    of(store, ANNA).publish(run_id)
    if ask in LOOKS:
        LOOKS[ask](of(store, BEN), run_id, files)
    else:
        with pytest.raises(AccessError) as caught:
            CHANGES[ask](of(store, BEN), run_id, files)
        assert caught.value.remedy
    of(store, ANNA).publish(run_id, False)
    with pytest.raises(RunStoreError):
        of(store, BEN).summary(run_id)


def test_what_may_not_be_seen_is_not_found(store: RunStore, run_id: str) -> None:
    """Where a question is answered with nothing, it is for another's run as for none."""
    assert of(store, ANNA).find(run_id) == store.summary(run_id)
    assert not of(store, BEN).children(run_id)
    assert of(store, BEN).find(run_id) is None and of(store, ANNA).find("0" * 32) is None


def test_each_lists_their_own_and_what_is_published(
    store: RunStore, experiment: Experiment, run_id: str
) -> None:
    """What was made without visitors is nobody's until it is published."""
    own, queued = store.create(experiment, "owner's"), of(store, BEN).create(experiment)
    assert [run.run_id for run in of(store, ANNA).summaries()] == [run_id]
    assert [run.run_id for run in of(store, BEN).summaries()] == [queued]
    assert [run.run_id for run in of(store, BEN).unfinished()] == [queued]
    assert not of(store, ANNA).unfinished() and not of(store, "").summaries()
    store.publish(own)
    assert {run.run_id for run in of(store, ANNA).summaries()} == {run_id, own}
    assert len(of(store, "", "own").summaries()) == 3


def test_the_owner_does_all(store: RunStore, run_id: str, files: Path) -> None:
    """Looks and changes, to the end."""
    own = of(store, ANNA)
    for look in LOOKS.values():
        look(own, run_id, files)
    for name, change in CHANGES.items():
        if name not in ("claim", "hide"):
            change(own, run_id, files)
    with pytest.raises(LabError):
        own.summary(run_id)


def test_nothing_is_published_where_that_is_not_done(
    store: RunStore, experiment: Experiment
) -> None:
    """One's own neither."""
    own = of(store, ANNA, "demo")
    run_id = own.create(experiment)
    with pytest.raises(AccessError):
        own.publish(run_id)
    assert not store.summary(run_id).is_published
