"""Clusters of codes, and their agreement with labels, by closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.latent.clusters import MOST_VALUES, agreement, by_all_values, clusters_of
from tests.made import samples


def three_groups() -> tuple[np.ndarray, np.ndarray]:
    """Points around three places, 30, 20 and 10 of them, and which place that is."""
    label = np.repeat([2, 0, 1], [30, 20, 10])
    places = np.array([[0, 0], [9, 0], [0, 9]])
    return places[label] + np.random.default_rng(0).normal(size=(60, 2)), label


def test_groups_are_found_the_largest_first() -> None:
    """Members from the centre outwards."""
    code, label = three_groups()
    found = clusters_of(code, 3)
    assert np.bincount(found.assigned).tolist() == [30, 20, 10]
    np.testing.assert_allclose(found.centres[0], code[label == 2].mean(axis=0))
    members = found.members(2)
    assert set(members) == set(np.flatnonzero(label == 1))
    assert (np.diff(found.distance[members]) >= 0).all()
    assert agreement(found.assigned, label).accuracy == 1


def test_agreement_is_that_of_the_groups_and_not_of_their_numbers() -> None:
    """All one where they are the same; by hand where a quarter is in another."""
    label = np.repeat([0, 1], 4)
    same = agreement(1 - label, label)
    assert (same.accuracy, same.nmi, same.ari) == pytest.approx((1, 1, 1))
    told = np.array([0, 0, 0, 1, 1, 1, 1, 0])
    found = agreement(told, label)
    entropy = np.log(2)
    mutual = entropy + 0.75 * np.log(0.75) + 0.25 * np.log(0.25)
    assert found.accuracy == 0.75
    assert found.nmi == pytest.approx(mutual / entropy)
    # Of 28 pairs 12 are together in each and 6 in both; 12 · 12 / 28 would be by chance.
    assert found.ari == pytest.approx((6 - 144 / 28) / (12 - 144 / 28))
    # Of more clusters than classes, those without a class count as wrong.
    assert agreement(np.arange(8), label).accuracy == 0.25


def test_more_clusters_than_there_can_be_are_refused() -> None:
    """In a sentence: of rows, and of different rows."""
    with pytest.raises(LatentError, match="2 samples cannot make 3 clusters"):
        clusters_of(np.eye(2), 3)
    with pytest.raises(LatentError, match="only 2 different codes, too few for 3"):
        clusters_of(np.repeat(np.eye(2), 4, axis=0), 3)


def test_all_values_are_a_yardstick() -> None:
    """Where there are labels, and not so many values that it takes long."""
    code, label = three_groups()
    made = samples("table", code, code, label=label)
    found = by_all_values(made, 3)
    assert found is not None and found.ari == pytest.approx(1)
    assert by_all_values(samples("table", code, code), 3) is None
    wide = np.zeros((60, MOST_VALUES // 60 + 1), np.float32)
    assert by_all_values(samples("table", wide, wide, label=label), 3) is None
