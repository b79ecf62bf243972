"""Are errors of series and texts counted for the right channel, step and term?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.evaluation import reconstruction
from tests.made import names, samples, series, texts


def test_errors_of_series_are_counted_by_channel() -> None:
    """Mean square and mean over all samples and steps of each channel, worst first."""
    original = np.zeros((2, 3, 2))
    shifted = original + np.array([1.0, -2.0])

    first, second = reconstruction.errors_by_feature(samples("series", original, shifted))

    assert (first.name, first.mean, first.bias) == ("name 1", pytest.approx(4), pytest.approx(-2))
    assert (second.mean, second.bias) == (pytest.approx(1), pytest.approx(1))
    assert first.relative == pytest.approx(4 / 2.5)


def test_errors_of_texts_are_counted_by_term_up_to_a_limit() -> None:
    """The worst terms of all, compared with the average of all."""
    terms = reconstruction.MAX_TERMS + 50
    original = np.zeros((1, terms))
    deviating = np.arange(terms, dtype=float)[None]

    found = reconstruction.errors_by_feature(samples("text", original, deviating))

    assert len(found) == reconstruction.MAX_TERMS
    assert found[0].name == f"name {terms - 1}"
    assert found[-1].name == f"name {terms - reconstruction.MAX_TERMS}"
    assert found[0].relative == pytest.approx((terms - 1) ** 2 / np.square(deviating).mean())


def test_errors_of_series_are_counted_by_step() -> None:
    """Over all samples and channels."""
    original = np.zeros((4, 3, 2))
    late = original.copy()
    late[:2, 2, :] = 3.0

    found = reconstruction.errors_by_step(samples("series", original, late))

    assert found.tolist() == pytest.approx([0, 0, 4.5])


def test_only_series_have_steps() -> None:
    """And those without samples have none to show."""
    assert not len(reconstruction.errors_by_step(texts(3, 5)))
    assert not len(reconstruction.errors_by_step(series(0, 5, 1)))
    assert reconstruction.errors_by_feature(series(0, 5, 1)) == []


def test_by_step_and_by_channel_agree() -> None:
    """Both average to the mean error of all samples."""
    made = series(6, 40, 3)
    by_channel = [item.mean for item in reconstruction.errors_by_feature(made)]

    assert np.mean(by_channel) == pytest.approx(made.error.mean(), rel=1e-5)
    assert reconstruction.errors_by_step(made).mean() == pytest.approx(made.error.mean(), rel=1e-5)


@pytest.mark.parametrize("made", [series(2, 4, 3), texts(2, 3)], ids=lambda made: made.kind)
def test_what_has_no_name_is_numbered(made: reconstruction.Samples) -> None:
    """Channels or terms of data without names."""
    from dataclasses import replace

    assert reconstruction.feature_names(made) == names(3)
    assert reconstruction.feature_names(replace(made, feature_names=())) == ("1", "2", "3")


def test_the_channels_with_the_largest_errors_keep_their_order() -> None:
    """As many as asked for, however large their mean deviation."""
    original = np.zeros((1, 2, 4))
    off = original.copy()
    off[0, :, 1], off[0, :, 3], off[0, 0, 0] = -3, 2, 1

    assert reconstruction.worst_channels(samples("series", original, off), 0, 2).tolist() == [1, 3]
    assert reconstruction.worst_channels(samples("series", original, off), 0, 9).tolist() == [
        0,
        1,
        2,
        3,
    ]


@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 9))
def test_no_error_is_hidden_by_drawing_fewer_steps(steps: int, most: int, seed: int) -> None:
    """Steps ascend, are no more than asked for, and the largest difference is among them."""
    original, rebuilt = np.random.default_rng(seed).normal(size=(2, steps))

    found = reconstruction.telling_steps(original, rebuilt, most)

    assert len(found) == min(steps, most)
    assert (np.diff(found) > 0).all()
    assert np.abs(original - rebuilt).argmax() in found


def test_steps_that_are_no_number_are_drawn() -> None:
    """A diverged stretch shows as a gap rather than not at all."""
    rebuilt = np.zeros(100)
    rebuilt[42] = np.nan

    assert 42 in reconstruction.telling_steps(np.zeros(100), rebuilt, 10)


def test_texts_are_compared_by_their_heaviest_terms() -> None:
    """Those at the positions asked for, in that order."""
    pairs = reconstruction.text_pairs(texts(6, 10), [3, 1], count=2)

    assert [[term.name for term in pair.original] for pair in pairs] == [
        ["name 3", "name 4"],
        ["name 1", "name 2"],
    ]
    assert [[term.shared for term in pair.reconstruction] for pair in pairs] == [
        [True, False],
        [True, False],
    ]


def test_the_terms_that_deviate_most_come_with_their_sign() -> None:
    """As the features of a table do."""
    found = reconstruction.worst_features(texts(2, 6), 1, count=1)

    assert found == [("name 2", pytest.approx(-0.4))]
