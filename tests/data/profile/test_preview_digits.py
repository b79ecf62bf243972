"""Previews show numbers with the digits in which they differ."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.dataset import Dataset, Table
from aecore.data.profile.previews import preview

SIGNAL = np.random.default_rng(0).normal(size=(20, 3))


@pytest.mark.parametrize("offset", [0.0, 1e6, 1e9])
@pytest.mark.parametrize("size", [1e-20, 1.0, 1e20])
def test_rows_of_an_array_show_their_signal(offset, size):
    """Whatever it is added to."""
    x = (SIGNAL + offset) * size
    shown = np.array(preview(Dataset(x, None, "table"))["rows"], float)
    rows = [int(np.abs(x - row).sum(axis=1).argmin()) for row in shown]
    np.testing.assert_allclose(shown / size, x[rows] / size, atol=2e-3)
    assert len(set(rows)) == len(shown)


def test_channels_of_a_series_show_their_signal():
    """Each with digits of its own."""
    sizes, offsets = np.array([1e-9, 1.0, 1e5]), np.array([0.0, 1e9, 0.0])
    x = np.random.default_rng(0).normal(size=(3, 30, 3)) * sizes + offsets
    values = np.array(preview(Dataset(x, None, "series"))["values"])
    np.testing.assert_allclose((values - x) / sizes, 0, atol=2e-3)


def test_money_shows_to_the_cent():
    """In a table."""
    frame = pd.DataFrame({"revenue": [123456789.12, 123456789.49], "share": [0.1 + 0.2, 1.0]})
    assert preview(Table(frame))["rows"] == [["123456789.12", "0.3"], ["123456789.49", "1"]]
