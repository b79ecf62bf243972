"""Lengths that codes are looked at with, and codes that are cut to them."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.models.code_lengths import lengths, shortened


@pytest.mark.parametrize("encoding_dim", [1, 2, 31, 32, 33, 100, 4096])
def test_lengths_go_from_one_number_to_all(encoding_dim: int) -> None:
    """Each of a short code, ever fewer of a long one."""
    found = lengths(encoding_dim)
    assert found[0] == 1
    assert found[-1] == encoding_dim
    assert list(found) == sorted(set(found))
    assert found[:32] == tuple(range(1, min(encoding_dim, 32) + 1))
    assert len(found) < 60


def test_a_shortened_code_has_zeros_behind_its_first_numbers() -> None:
    """Its width and type stay, and so does the code itself."""
    code = np.arange(1, 9, dtype=np.float32).reshape(2, 4)
    found = shortened(code, 3)
    assert found.tolist() == [[1, 2, 3, 0], [5, 6, 7, 0]]
    assert found.dtype == np.float32
    assert code[0, 3] == 4
