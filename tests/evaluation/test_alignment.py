"""Are samples of several runs matched by their row in the data set?"""

from __future__ import annotations

import dataclasses

import numpy as np

from aecore.evaluation.alignment import shared_positions
from tests.made import texts


def test_rows_are_matched_whatever_their_order() -> None:
    """The positions of both lead to the same rows, in the order of the first."""
    a = dataclasses.replace(texts(4, 3), index=np.array([30, 10, 20, 40]))
    b = dataclasses.replace(texts(3, 3), index=np.array([20, 30, 50]))

    of_a, of_b = shared_positions([a, b])

    assert a.index[of_a].tolist() == b.index[of_b].tolist() == [30, 20]
    assert len(shared_positions([a, dataclasses.replace(b, index=b.index + 100)])[0]) == 0
    assert shared_positions([a])[0].tolist() == [0, 1, 2, 3]
