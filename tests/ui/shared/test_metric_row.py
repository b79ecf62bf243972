"""What is said of figures: on which rows they were measured, and that one may be missing."""

import math

from ui.shared.metric_row import measured_on, number


def test_rows_measured_on_are_told_with_those_they_were_drawn_of() -> None:
    """Where a table too large for memory has more."""
    some = {"measured_on": "test", "rows": 50_000}
    assert measured_on(some).startswith("Measured on 50,000 test rows")
    assert measured_on({**some, "of_rows": 400_000}).startswith(
        "Measured on 50,000 of 400,000 test rows"
    )


def test_a_figure_that_could_not_be_worked_out_is_no_number() -> None:
    """An error of PCA of 0 leaves the ratio to it open."""
    assert math.isnan(number({"relative_to_pca": None}, "relative_to_pca"))
    assert number({"mse": 2}, "mse") == 2.0
