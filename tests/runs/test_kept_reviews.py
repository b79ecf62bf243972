"""Marks of a review that a run keeps, in a folder and where MLflow keeps the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from aecore.errors import DataError, RunStoreError
from aecore.evaluation.anomalies.review import Review
from aecore.experiment import Experiment
from aecore.runs import RunStore, kept_reviews, kept_scores

NAME = kept_reviews.file_name()


@pytest.fixture(params=["folder", "elsewhere"])
def kept_in(
    request: pytest.FixtureRequest, store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RunStore:
    """A store in a folder, and one whose files are MLflow's to keep, with copies here."""
    if request.param == "folder":
        return store
    monkeypatch.chdir(tmp_path)
    return RunStore(tmp_path / "here", f"sqlite:///{store.home}/mlflow.db")


def test_the_last_marks_are_found_again(kept_in: RunStore, experiment: Experiment) -> None:
    """None at first; then those that were kept last, though earlier ones were fetched."""
    run_id = kept_in.create(experiment)
    assert kept_reviews.load(kept_in, run_id, NAME) == Review()

    for marks in ({4: "odd"}, {4: "normal", 9: "unsure"}):
        review = Review(marks)
        kept_reviews.keep(kept_in, run_id, review, NAME)
        assert kept_reviews.load(kept_in, run_id, NAME) == review


def test_rows_of_another_data_set_have_marks_of_their_own() -> None:
    """The name goes with that of the scores."""
    other = kept_reviews.file_name("digits")

    assert other != NAME and other.endswith(".json")
    assert other.removeprefix("review-").removesuffix(".json") in kept_scores.file_name("digits")


def test_a_damaged_file_and_a_run_that_is_gone_are_told(
    store: RunStore, experiment: Experiment
) -> None:
    """A sentence each; nothing is written for a run that was deleted."""
    run_id = store.create(experiment)
    kept_reviews.keep(store, run_id, Review({1: "odd"}), NAME)
    store.path(run_id, NAME).write_bytes(b"\xff{")
    with pytest.raises(DataError, match="cannot be read"):
        kept_reviews.load(store, run_id, NAME)

    store.end(run_id, "finished")
    store.delete(run_id)
    with pytest.raises(RunStoreError):
        kept_reviews.keep(store, run_id, Review(), NAME)
