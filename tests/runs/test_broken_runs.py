"""Runs whose experiment or events are broken: each is listed, opens with the rest, can go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aecore.data.loading import title_of
from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.experiment.data_facts import known_facts
from aecore.experiment.tree import ExperimentTree
from aecore.runs import RunStore, RunSummary
from tests.broken import BROKEN, BROKEN_EVENTS, READABLE, break_experiment


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, template: Path) -> RunStore:
    """A store with a finished run of each kind, named after it."""
    home = tmp_path_factory.mktemp("broken")
    (home / "mlflow.db").write_bytes((template / "mlflow.db").read_bytes())
    store = RunStore(home)
    for name, text in BROKEN.items():
        run_id = store.create(Experiment(), name)
        store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.25})
        break_experiment(store, run_id, text)
    return store


@pytest.fixture(scope="module")
def listed(broken: RunStore) -> dict[str, RunSummary]:
    """The runs of the broken store by their names."""
    return {summary.name: summary for summary in broken.summaries()}


def test_every_broken_run_is_listed(listed: dict[str, RunSummary]) -> None:
    """With its state and figures."""
    assert listed.keys() == BROKEN.keys()
    assert {(run.state, run.metrics["mse"]) for run in listed.values()} == {("finished", 0.25)}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_experiment_is_read_as_far_as_it_goes(
    broken: RunStore, listed: dict[str, RunSummary], name: str
) -> None:
    """It says what cannot be read, and the rest answers whatever a page asks."""
    kept = listed[name].experiment

    assert bool(kept.notes) == (name not in READABLE)
    assert all(note.endswith(".") and len(note) < 500 for note in kept.notes)
    assert all(note.encode() for note in kept.notes)
    assert isinstance(kept.draft(), ExperimentTree)
    assert ExperimentTree.model_validate(kept.values) == kept.tree
    assert not kept.source or title_of(kept.source)
    assert kept.encoding_dim is None or kept.encoding_dim >= 1
    assert kept.epochs >= 0 and kept.tree.bottleneck.title
    known_facts(kept.draft())
    assert broken.view(listed[name].run_id).experiment == kept


def test_what_is_whole_beside_what_is_broken_is_kept(listed: dict[str, RunSummary]) -> None:
    """One bad option takes no other along, and a name that this version lacks loses nothing."""
    bad = listed["an unknown backbone"].experiment
    assert not bad.is_whole and not bad.knows("model.backbone")
    assert (bad.encoding_dim, bad.source, bad.epochs) == (32, "mnist-5k", 50)

    extra = listed["an unknown option"].experiment
    assert extra.is_whole and Experiment.of(extra.tree) == Experiment()
    assert extra.notes == ("This version has no option named model.attention_heads.",)


def test_many_broken_options_are_told_in_few_sentences(listed: dict[str, RunSummary]) -> None:
    """The first by name, the others by their number."""
    [told] = listed["many unknown options"].experiment.notes

    assert told == "This version has no option named new0, new1, new2, new3, nor 196 more."


def test_a_newer_run_is_not_guessed_at(listed: dict[str, RunSummary]) -> None:
    """None of its settings are taken for ours, and the way out is an update."""
    newer = listed["a newer version"].experiment

    assert not newer.values
    assert "newer version" in newer.notes[0] and "Update" in newer.notes[0]


@pytest.mark.parametrize("name", BROKEN_EVENTS)
def test_broken_events_leave_what_the_store_knows(
    store: RunStore, experiment: Experiment, files: Path, name: str
) -> None:
    """The curve comes from MLflow then, and so do experiment, end and figures."""
    run_id = store.create(experiment)
    store.claim(run_id)
    store.log_epochs(run_id, [{"epoch": 1, "seconds": 0.5, "logs": {"loss": 0.125}}])
    (files / "events.jsonl").write_text(BROKEN_EVENTS[name], "utf-8")
    store.keep(run_id, files)
    store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.25})

    view = store.view(run_id)

    assert view.state in ("finished", "failed")
    assert (view.history["loss"], view.epoch_seconds) == ([0.125], (0.5,))
    assert view.experiment.is_whole and view.metrics["mse"] == 0.25


def test_whole_events_between_broken_ones_are_kept(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """A line that was damaged costs that line alone."""
    run_id = store.create(experiment)
    whole = (files / "events.jsonl").read_text("utf-8").splitlines()
    mixed = [line for event in whole for line in (*BROKEN_EVENTS["junk"].splitlines(), event)]
    (files / "events.jsonl").write_text("\n".join(mixed), "utf-8")
    store.keep(run_id, files)
    store.end(run_id, "finished")

    view = store.view(run_id)

    assert (view.history["loss"], view.metrics["mse"]) == ([0.5], 0.25)
    assert view.seen == len(whole)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"epoch,loss\n1,low\n", b"epoch,loss\n1\n", b"a\n\x00\n"]
)
def test_a_damaged_curve_is_a_sentence(
    store: RunStore, experiment: Experiment, files: Path, content: bytes
) -> None:
    """The list of runs shows none then."""
    run_id = store.create(experiment)
    (files / "history.csv").write_bytes(content)
    store.keep(run_id, files)
    store.end(run_id, "finished")

    with pytest.raises(RunStoreError, match="curve of this run cannot be read"):
        store.curves(run_id)


def test_every_broken_run_can_be_deleted(broken: RunStore, tmp_path: Path) -> None:
    """Whatever stands in it."""
    copy = RunStore(Path(shutil.copytree(broken.home, tmp_path / "copy")))

    for summary in copy.summaries():
        copy.delete(summary.run_id)

    assert copy.summaries() == []
