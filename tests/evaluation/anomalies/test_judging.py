"""Are rows judged by what is known of them, and by nothing else?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.anomalies.judging import (
    NORMAL,
    ODD,
    UNKNOWN,
    judged,
    proposed_odd,
    titles_of,
)
from tests.evaluation.anomalies.scored_table import scored


def test_odd_rows_do_not_calibrate() -> None:
    """Of 120 calibrating rows a third is of the odd class, of own scores and of detectors."""
    rows = scored()

    for name in titles_of(rows):
        assert len(judged(rows, name).calibration) == 120
        by = judged(rows, name, (0,))
        assert (len(by.calibration), by.left_out) == (80, 40)


def test_a_detector_judges_the_rows_that_it_was_given() -> None:
    """150 of 200, with their row numbers."""
    by = judged(scored(), "knn", (0,))

    assert by.rows.tolist() == list(range(7, 157))
    assert by.title == "Nearest neighbours"
    with pytest.raises(DataError, match="not scored by this"):
        judged(scored(), "lof")


def test_unknown_classes_are_neither_odd_nor_normal() -> None:
    """The rule that weighs labels does not see them."""
    label = scored().label
    assert label is not None
    label[:20] = -1
    by = judged(scored(label=label), "robust-error", (0,))

    assert by.kind is not None
    assert set(by.kind[:20]) == {UNKNOWN} and set(by.kind[20:]) == {ODD, NORMAL}
    assert by.threshold("cost", 10.0).rows == 180
    assert by.threshold("review", 20).rows == 200


@pytest.mark.parametrize(("label", "both"), [(np.zeros(200, int), False), (None, False)])
def test_one_kind_of_rows_is_not_both(label: np.ndarray | None, both: bool) -> None:
    """All odd, and without labels."""
    assert judged(scored(label=label), "robust-error", (0,)).has_both == both


@pytest.mark.parametrize(
    ("names", "trained_on", "odd"),
    [
        (("malignant", "benign"), (), (0,)),
        (("0", "1"), (), (1,)),
        (("Normal", "Anomaly"), (), (1,)),
        (("0", "1", "2"), (), ()),
        (("0", "1", "2"), ("0", "1"), (2,)),
        (("fault", "outlier"), (), ()),
        ((), (), ()),
    ],
)
def test_classes_are_proposed_by_name_or_by_what_was_not_trained_on(
    names: tuple[str, ...], trained_on: tuple[str, ...], odd: tuple[int, ...]
) -> None:
    """Never all of them."""
    assert proposed_odd(names, trained_on) == odd
