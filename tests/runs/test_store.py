"""Does the store keep a run whole, list it, and find it again?"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import mlflow
import numpy as np
import pytest

from aecore.data.dataset import Dataset
from aecore.data.options import Preprocessing
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.fitting import fit_arrays
from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.progress import ended
from aecore.runs import RunStore
from aecore.runs.endings import keep_ending
from aecore.training.events import epoch_ended


def test_a_new_run_is_queued_with_its_experiment(store: RunStore, experiment: Experiment) -> None:
    """What was submitted can be read back as it was."""
    run_id = store.create(experiment, "First", owner="me")

    summary = store.summary(run_id)
    assert (summary.name, summary.state, summary.owner) == ("First", "queued", "me")
    assert Experiment.of(summary.experiment.tree) == experiment
    assert summary.experiment.is_whole
    assert summary.seconds == 0
    assert datetime.now(UTC) - summary.started < timedelta(minutes=1)


def test_a_run_without_a_name_is_named_after_data_and_code(
    store: RunStore, experiment: Experiment
) -> None:
    """So that a list of unnamed runs still tells them apart."""
    name = store.summary(store.create(experiment)).name

    assert name == f"digits, code {experiment.model.encoding_dim}"


def test_roles_of_columns_with_any_names_are_kept(store: RunStore, tmp_path: Path) -> None:
    """MLflow refuses many letters in the names of what it keeps; users' columns have them."""
    (tmp_path / "a.csv").write_text("height (cm),b %,c\n1.5,2,3\n2,4,4.5\n3,5,7\n")
    source, roles = str(tmp_path / "a.csv"), {"height (cm)": "ignore", "b %": "ignore"}
    experiment = Experiment.from_dict({"data": {"source": source, "roles": roles}})

    summary = store.summary(store.create(experiment))

    assert summary.experiment.tree.data.roles == roles


def test_runs_are_listed_newest_first(store: RunStore, experiment: Experiment) -> None:
    """And the unfinished ones apart, oldest first."""
    runs = [store.create(experiment, name) for name in "abc"]
    store.end(runs[1], "failed", cause="It diverged.", remedy="Try less.")

    assert [summary.name for summary in store.summaries()] == ["c", "b", "a"]
    assert [summary.name for summary in store.unfinished()] == ["a", "c"]


def test_more_runs_than_a_page_are_all_listed(
    store: RunStore, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MLflow answers page by page."""
    monkeypatch.setattr("aecore.runs.questions.PAGE", 2)
    runs = {store.create(experiment) for _ in range(5)}

    assert {summary.run_id for summary in store.unfinished()} == runs


def test_one_of_many_claims_wins(store: RunStore, experiment: Experiment) -> None:
    """However many ask at once, through stores of their own, one gets the run."""
    run_id = store.create(experiment)
    barrier = threading.Barrier(6)

    def claim(_: int) -> bool:
        own = RunStore.at(store.location)
        own.open()
        barrier.wait()
        return own.claim(run_id)

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(claim, range(6)))

    assert won.count(True) == 1
    assert store.summary(run_id).state == "running"
    assert not store.claim(run_id)


@pytest.mark.parametrize("state", ["finished", "stopped", "failed", "interrupted"])
def test_an_ended_run_says_how(store: RunStore, experiment: Experiment, state: str) -> None:
    """State, figures and sentences are there, and nobody can claim it any more."""
    run_id = store.create(experiment)
    store.claim(run_id)
    known = {"measured_on": "test", "data_digest": "0123456789abcdef", "mse": 0.5}
    metrics = {**known, "r2": None, "loss": math.inf, "best_epoch": 3}

    store.end(run_id, state, metrics, cause="Why.", remedy="What to do.")

    summary = store.summary(run_id)
    assert summary.state == state
    assert summary.metrics == {**known, "best_epoch": 3.0}
    assert (summary.cause, summary.remedy) == ("Why.", "What to do.")
    assert 0 < summary.seconds < 60
    assert summary.ended
    assert not store.claim(run_id)


def test_a_run_without_events_is_drawn_from_its_metrics(
    store: RunStore, experiment: Experiment
) -> None:
    """A run whose process died has the curve so far, in order, with gaps where it was no number."""
    run_id = store.create(experiment)
    store.claim(run_id)
    store.log_epochs(
        run_id,
        [
            epoch_ended(1, {"loss": 0.5, "val_loss": 0.75}, 0.25),
            epoch_ended(2, {"loss": 0.25, "val_loss": math.inf}, 0.125),
        ],
    )

    view = store.view(run_id)

    assert (view.state, view.epochs_done) == ("running", 2)
    assert view.history["loss"] == [0.5, 0.25]
    assert view.history["val_loss"][0] == 0.75
    assert math.isnan(view.history["val_loss"][1])
    assert view.epoch_seconds == (0.25, 0.125)
    assert Experiment.of(view.experiment.tree) == experiment
    assert store.summary(run_id).epochs == 2


def test_a_finished_run_opens_whole(store: RunStore, experiment: Experiment, files: Path) -> None:
    """Events, samples and files come back as they were kept."""
    run_id = store.create(experiment)
    store.claim(run_id)
    store.keep(run_id, files)
    store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.25})

    view, samples = store.view(run_id), store.samples(run_id)

    assert (view.state, view.metrics["mse"], view.history["loss"]) == ("finished", 0.25, [0.5])
    assert view.yardsticks is not None
    np.testing.assert_array_equal(samples.code, np.arange(8).reshape(4, 2))
    assert store.path(run_id, "samples.npz").is_file()
    assert not list(store.home.rglob("*.part"))


def test_events_of_an_interrupted_run_carry_the_stores_end(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """A file of events that breaks off is read as far as it goes."""
    run_id = store.create(experiment)
    whole = (files / "events.jsonl").read_text().splitlines()
    (files / "events.jsonl").write_text("\n".join([*whole[:-1], whole[-1][:20]]))
    store.keep(run_id, files)
    keep_ending(store, run_id, [], ended("interrupted", cause="The worker ended."))

    view = store.view(run_id)

    assert (view.state, view.cause) == ("interrupted", "The worker ended.")
    assert view.history["loss"] == [0.5]


def test_a_run_can_be_renamed(store: RunStore, experiment: Experiment) -> None:
    """The name is tidied, and cannot be empty."""
    run_id = store.create(experiment, "old")

    store.rename(run_id, "  <b>Ünï\n\x00code</b> " + "x" * 500)

    name = store.summary(run_id).name
    assert name.startswith("<b>Ünï code</b> xx")
    assert len(name) == 120
    with pytest.raises(RunStoreError, match="needs a name"):
        store.rename(run_id, " \n ")


def test_a_deleted_run_is_gone_with_its_files(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """And the others stay."""
    gone, stays = store.create(experiment), store.create(experiment)
    for run_id in (gone, stays):
        store.keep(run_id, files)
        store.end(run_id, "finished")

    store.delete(gone)

    assert [summary.run_id for summary in store.summaries()] == [stays]
    assert not list((store.home / "artifacts").glob(f"{gone}*"))
    assert store.samples(stays).total == 4
    for ask in (store.summary, store.view, store.samples, store.delete):
        with pytest.raises(RunStoreError, match="may have been deleted"):
            ask(gone)


def test_a_run_that_trains_cannot_be_deleted(store: RunStore, experiment: Experiment) -> None:
    """It must be stopped first."""
    run_id = store.create(experiment)
    store.claim(run_id)

    with pytest.raises(RunStoreError, match=r"is running\. Stop it first"):
        store.delete(run_id)

    assert store.summary(run_id).state == "running"


@pytest.mark.parametrize("elsewhere", [False, True], ids=["in the folder", "on a server"])
def test_all_files_of_a_run_come_in_one_folder(
    store: RunStore,
    experiment: Experiment,
    files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    elsewhere: bool,
) -> None:
    """As `aecore.load` takes it, the fitted preparation among them."""
    if elsewhere:
        # Where MLflow puts the artifacts of a database that says nothing of them.
        monkeypatch.chdir(tmp_path)
        store = RunStore(tmp_path / "elsewhere", f"sqlite:///{store.home}/mlflow.db")
    x = np.arange(8.0).reshape(4, 2)
    fitted = fit_arrays(Preprocessing(), Dataset(x, None, "table"), np.arange(4))
    fitted.save(files)
    run_id = store.create(experiment)
    store.keep(run_id, files)

    folder = store.folder(run_id)

    assert {file.name for file in folder.iterdir()} == {file.name for file in files.iterdir()}
    assert FittedPreparation.load(folder).description == fitted.description
    with pytest.raises(RunStoreError, match="may have been deleted"):
        store.folder("0" * 32)


def test_a_run_folder_can_be_moved(store: RunStore, experiment: Experiment, files: Path) -> None:
    """Runs of before open, and new ones keep their files in the new place."""
    before = store.create(experiment)
    store.keep(before, files)
    store.end(before, "finished")
    moved = RunStore(store.home.rename(store.home.with_name("elsewhere")))

    after = moved.create(experiment)
    moved.keep(after, files)

    assert moved.samples(before).total == 4
    assert moved.path(after, "samples.npz").is_relative_to(moved.home)
    assert moved.path(after, "samples.npz").is_file()


def test_mlflow_itself_shows_the_runs_sensibly(store: RunStore, experiment: Experiment) -> None:
    """Params by path, metrics by epoch, figures by rows, MLflow's own status and name."""
    run_id = store.create(experiment, "Shown")
    store.claim(run_id)
    store.log_epochs(run_id, [epoch_ended(i, {"loss": 1 / i}, 0.1) for i in (1, 2, 3)])
    store.end(run_id, "finished", {"measured_on": "validation", "mse": 0.5})

    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{store.home}/mlflow.db")
    parent = client.get_experiment_by_name("Autoencoder Lab")
    [run] = client.search_runs([parent.experiment_id])

    assert (run.info.run_name, run.info.status) == ("Shown", "FINISHED")
    assert run.data.params["training.epochs"] == "3"
    assert run.data.params["model.backbone.units"] == str([32])
    assert run.data.params["training.stop.kind"] == "epochs"
    assert run.data.metrics["validation.mse"] == 0.5
    history = client.get_metric_history(run_id, "loss")
    assert [(m.step, m.value) for m in history] == [(1, 1.0), (2, 0.5), (3, 1 / 3)]


def test_an_experiment_deleted_in_mlflow_comes_back(
    store: RunStore, experiment: Experiment
) -> None:
    """Its runs are the user's; a slip in another tool must not block new ones."""
    run_id = store.create(experiment)
    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{store.home}/mlflow.db")
    client.delete_experiment(client.get_experiment_by_name("Autoencoder Lab").experiment_id)

    again = RunStore(store.home)

    client.restore_run(run_id)
    assert again.create(experiment) in {summary.run_id for summary in again.summaries()}
