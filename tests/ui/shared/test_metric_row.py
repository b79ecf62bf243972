"""What is said of figures: on which rows they were measured, and that one may be missing."""

import math
from typing import Any

import pytest

from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from ui.shared.metric_row import measured_on, number


def test_rows_measured_on_are_told_with_those_they_were_drawn_of() -> None:
    """Where a table too large for memory has more."""
    some = {"measured_on": "test", "rows": 50_000}
    kept = StoredExperiment.from_dict(Experiment(data={"source": "digits"}).to_dict())
    assert measured_on(some, kept).startswith("Measured on 50,000 test rows")
    assert measured_on({**some, "of_rows": 400_000}, kept).startswith(
        "Measured on 50,000 of 400,000 test rows"
    )


@pytest.mark.parametrize(
    ("changes", "chose"),
    [
        ({}, ""),
        ({"training.stop.kind": "validation"}, "the epoch whose weights were kept"),
        ({"training.schedule": "plateau"}, "the learning rate"),
    ],
)
def test_rows_that_chose_something_are_not_said_to_have_chosen_nothing(
    changes: dict[str, Any], chose: str
) -> None:
    """Early stopping chooses an epoch by validation rows, a plateau the rate."""
    kept = StoredExperiment.from_dict(
        Experiment(data={"source": "digits"}).replace(changes).to_dict()
    )
    said = measured_on({"measured_on": "validation", "rows": 9}, kept)
    assert ("never used to set the weights" in said) == (not chose)
    assert (f"but chose {chose}:" in said) == bool(chose)
    assert "chose" not in measured_on({"measured_on": "test", "rows": 9}, kept)


def test_of_settings_that_cannot_be_read_less_is_said() -> None:
    """They may have had early stopping."""
    said = measured_on({"measured_on": "validation", "rows": 9}, StoredExperiment())
    assert said == "Measured on 9 validation rows, which were not trained on."


def test_a_figure_that_could_not_be_worked_out_is_no_number() -> None:
    """An error of PCA of 0 leaves the ratio to it open."""
    assert math.isnan(number({"relative_to_pca": None}, "relative_to_pca"))
    assert number({"mse": 2}, "mse") == 2.0
