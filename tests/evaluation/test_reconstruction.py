"""Are samples put in the right order, and are errors counted for the right class and feature?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.evaluation import reconstruction
from aecore.evaluation.samples import Samples


def table(deviations: list[list[float]], labels: list[int] | None = None, **other: Any) -> Samples:
    """A table whose originals are zero, so that reconstructions are the deviations themselves."""
    x_hat = np.array(deviations, dtype=np.float32).reshape(len(deviations), -1 if deviations else 1)
    given = {
        "measured_on": "validation",
        "kind": "table",
        "index": np.arange(len(x_hat)),
        "original": np.zeros_like(x_hat),
        "reconstruction": x_hat,
        "code": x_hat[:, :1],
        "error": np.square(x_hat).mean(axis=1),
        "label": None if labels is None else np.array(labels),
        "class_names": ("cat", "dog"),
        "feature_names": tuple(f"f{i}" for i in range(x_hat.shape[1])),
        "display_range": (0.0, 1.0),
        "total": len(x_hat),
    }
    return Samples(**{**given, **other})


def test_samples_are_ordered_by_error() -> None:
    """Worst first starts at the largest error, best first at the smallest, data order at row 0."""
    samples = table([[2.0], [0.0], [3.0], [1.0]])

    assert reconstruction.ordered(samples, "worst").tolist() == [2, 0, 3, 1]
    assert reconstruction.ordered(samples, "best").tolist() == [1, 3, 0, 2]
    assert reconstruction.ordered(samples, "data").tolist() == [0, 1, 2, 3]


def test_data_order_follows_the_row_numbers() -> None:
    """Rows that were kept in another order are put back."""
    samples = table([[1.0], [1.0], [1.0]], index=np.array([30, 10, 20]))

    assert reconstruction.ordered(samples, "data").tolist() == [1, 2, 0]


def test_only_the_chosen_class_is_ordered() -> None:
    """No sample of another class is among them."""
    samples = table([[2.0], [0.5], [3.0], [1.0]], labels=[1, 0, 1, 0])

    assert reconstruction.ordered(samples, "worst", label=1).tolist() == [2, 0]
    assert reconstruction.ordered(samples, "worst", label=7).tolist() == []


def test_an_error_that_is_no_number_counts_as_worst() -> None:
    """A diverged reconstruction does not hide at the end of the list."""
    samples = table([[1.0], [2.0], [3.0]], error=np.array([1.0, np.nan, 9.0]))

    assert reconstruction.ordered(samples, "worst").tolist()[0] == 1
    assert reconstruction.ordered(samples, "best").tolist()[-1] == 1


@given(st.integers(0, 60), st.integers(1, 9))
def test_pages_hold_every_sample_once(items: int, size: int) -> None:
    """All pages together are the list itself, and none but an only one is empty."""
    positions = np.arange(items)
    pages = reconstruction.page_count(items, size)
    found = [reconstruction.page(positions, number, size) for number in range(1, pages + 1)]

    assert np.concatenate(found).tolist() == positions.tolist()
    assert all(len(page) for page in found) or pages == 1


@pytest.mark.parametrize(("number", "expected"), [(0, [0, 1]), (3, [4]), (99, [4])])
def test_a_page_that_does_not_exist_is_the_nearest_one(number: int, expected: list[int]) -> None:
    """A page number left from a longer list shows the end of this one."""
    assert reconstruction.page(np.arange(5), number, 2).tolist() == expected


def test_best_and_worst_share_no_sample() -> None:
    """With few samples each side gets fewer, best from the smallest, worst from the largest."""
    samples = table([[3.0], [1.0], [2.0]])

    best, worst = reconstruction.best_and_worst(samples, count=4)

    assert best.tolist() == [1]
    assert worst.tolist() == [0]


def test_errors_are_counted_by_class() -> None:
    """Mean error of each class, worst first, and its ratio to the mean of all samples."""
    samples = table([[1.0], [2.0], [3.0]], labels=[0, 1, 1])

    dog, cat = reconstruction.errors_by_class(samples)

    assert (dog.name, dog.rows, dog.mean) == ("dog", 2, pytest.approx(6.5))
    assert (cat.name, cat.rows, cat.mean) == ("cat", 1, pytest.approx(1.0))
    assert dog.relative == pytest.approx(6.5 / (14 / 3))


def test_without_labels_there_are_no_classes() -> None:
    """And a class without a name is called by its number."""
    assert reconstruction.errors_by_class(table([[1.0]])) == []
    assert reconstruction.errors_by_class(table([[1.0]], labels=[5]))[0].name == "5"


def test_perfect_reconstructions_have_no_ratio() -> None:
    """Nothing over nothing is not a number that could mislead."""
    found = reconstruction.errors_by_class(table([[0.0], [0.0]], labels=[0, 1]))

    assert all(np.isnan(item.relative) for item in found)


def test_errors_are_counted_by_feature() -> None:
    """Mean square and mean of the deviations of each column, worst column first."""
    first, second = reconstruction.errors_by_feature(table([[1.0, -2.0], [1.0, -4.0]]))

    assert (first.name, first.mean, first.bias) == ("f1", pytest.approx(10), pytest.approx(-3))
    assert (second.name, second.mean, second.bias) == ("f0", pytest.approx(1), pytest.approx(1))
    assert first.relative == pytest.approx(10 / 5.5)


def test_images_have_no_features() -> None:
    """Pixels are not listed one by one."""
    assert reconstruction.errors_by_feature(table([[1.0, 2.0]], kind="image")) == []


def test_the_features_that_deviate_most_come_with_their_sign() -> None:
    """By size, whatever the sign, and no more than asked for."""
    samples = table([[0.5, -3.0, 1.0, 0.0]])

    assert reconstruction.worst_features(samples, 0, count=2) == [("f1", -3.0), ("f2", 1.0)]


def test_a_difference_is_reconstruction_minus_original() -> None:
    """Positive where too bright; its colour scale covers nearly all of it."""
    samples = table([[2.0] * 199 + [100.0]], original=np.ones((1, 200), dtype=np.float32))

    assert reconstruction.difference(samples)[0, 0] == 1.0
    assert 1.0 <= reconstruction.difference_limit(samples) < 99.0


def test_the_difference_of_perfect_reconstructions_still_has_a_scale() -> None:
    """No division by zero when there is nothing to see."""
    assert reconstruction.difference_limit(table([[0.0]])) == 1.0


def test_the_histogram_counts_every_sample_once() -> None:
    """Counts add up, edges enclose all errors, mean and median are those of the errors."""
    samples = table([[float(i)] for i in range(100)])

    spread = reconstruction.histogram(samples)

    assert spread.counts.sum() == 100
    assert (spread.edges[0], spread.edges[-1]) == (0.0, 99.0**2)
    assert spread.mean == pytest.approx(samples.error.mean())
    assert spread.median == pytest.approx(np.median(samples.error))


@pytest.mark.parametrize("error", [0.0, 0.25])
def test_the_histogram_of_equal_errors_is_one_bar(error: float) -> None:
    """It stands at that error and does not reach below it."""
    samples = table([[0.0]] * 7, error=np.full(7, error))

    spread = reconstruction.histogram(samples)

    assert spread.counts.tolist() == [7]
    assert spread.edges[0] == error < spread.edges[1]


@pytest.mark.parametrize("errors", [[], [np.nan], [np.inf, np.nan]])
def test_the_histogram_of_nothing_is_empty(errors: list[float]) -> None:
    """An empty result is a normal case."""
    samples = table([[0.0]] * len(errors), error=np.array(errors))

    spread = reconstruction.histogram(samples)

    assert len(spread.counts) == len(spread.edges) == 0


def test_one_huge_error_does_not_ask_for_countless_bins() -> None:
    """Bins stay within the limit however long the tail."""
    samples = table([[0.0]] * 5000, error=np.append(np.full(4999, 1e-9), 1e9))

    assert len(reconstruction.histogram(samples).counts) <= reconstruction.MAX_BINS


def test_every_sample_stands_behind_the_bar_that_counts_it() -> None:
    """Each bin holds as many as its bar is high, all together hold all, worst first."""
    errors = np.r_[np.random.default_rng(0).random(50), 0.0, 1.0, 1.0]
    samples = table([[0.0]] * len(errors), error=errors)
    spread = reconstruction.histogram(samples)

    held = [reconstruction.in_bins(samples, spread, [i]) for i in range(len(spread.counts))]

    assert [len(positions) for positions in held] == spread.counts.tolist()
    together = reconstruction.in_bins(samples, spread, range(len(held)))
    assert together.tolist() == reconstruction.ordered(samples, "worst").tolist()
    assert reconstruction.in_bins(samples, spread, [99, -1]).tolist() == []
