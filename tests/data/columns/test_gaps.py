"""Gaps: a column that is mostly empty is proposed to be ignored, with how empty it is."""

from __future__ import annotations

import pandas as pd
import pytest

from aecore.data.columns.roles import propose


@pytest.mark.parametrize(("filled", "role"), [(30, "ignore"), (60, "feature")])
def test_a_column_of_gaps_is_not_learned(filled: int, role: str) -> None:
    """Above half of the rows; below, it stays, and the reason says how many."""
    notes = ["routine check", "repair"] * (filled // 2)
    frame = pd.DataFrame(
        {
            "pressure": [float(i % 17) + i / 7 for i in range(100)],
            "note": pd.Series([*notes, *[None] * (100 - filled)], dtype=object),
        }
    )
    note = next(column for column in propose(frame, {}) if column.name == "note")
    assert note.role == role
    assert (f"{100 - filled} of 100 rows" in note.reason) == (role == "ignore")
