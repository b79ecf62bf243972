"""Packaged data sets: the right label at the right sample, and measurements in their own units."""

import numpy as np
from sklearn.datasets import load_iris, load_wine

from aecore.data.sources import DATASETS


def by_row(x, y):
    """Rows with their labels, in an order of their own."""
    return sorted(np.column_stack([x, y]).astype(np.float32).tolist())


def test_shuffling_keeps_each_label_with_its_sample():
    """Iris and wine hold the rows that scikit-learn has, in another order."""
    for name, bunch in (("iris", load_iris()), ("wine", load_wine())):
        dataset = DATASETS[name].load()
        assert by_row(dataset.x, dataset.y) == by_row(bunch.data, bunch.target)
        assert (dataset.y != bunch.target).any()


def test_the_first_hundred_patches_are_faces():
    """As many faces as others, and each face is one of the package's first hundred."""
    from skimage.data import lfw_subset

    dataset = DATASETS["faces"].load()
    faces = {patch.tobytes() for patch in lfw_subset()[:100].astype(np.float32)}
    assert {patch.tobytes() for patch in dataset.x[dataset.y == 0]} == faces
    assert np.bincount(dataset.y).tolist() == [100, 100]


def test_diabetes_is_raw_and_has_its_target_as_a_factor():
    """Ages in years, body mass index of people, and a target that follows it."""
    dataset = DATASETS["diabetes"].load()
    age, mass = dataset.x[:, 0], dataset.x[:, 2]
    assert (age.min(), age.max()) == (19, 79)
    assert 15 < mass.min() < mass.max() < 50
    progression = dataset.factors["disease progression"]
    assert np.corrcoef(mass, progression)[0, 1] > 0.5
    assert (progression.min(), progression.max()) == (25, 346)
