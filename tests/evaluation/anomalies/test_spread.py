"""Does the spread of scores hold every row once?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.evaluation.anomalies.judging import judged
from aecore.evaluation.anomalies.spread import is_skewed, spread_of
from tests.evaluation.anomalies.scored_table import ODD, scored

SCORES = st.lists(st.floats(1e-6, 1e6), min_size=200, max_size=200)


@given(SCORES, st.booleans())
def test_shares_add_up(scores: list[float], log: bool) -> None:
    """To one over rows and odd rows together, and over those that calibrate, in both scales."""
    rows = scored(
        scores={"robust-error": np.array(scores)},
        calibration={"robust-error": np.array(scores[:120])},
    )

    found = spread_of(judged(rows, "robust-error", (0,)), log=log)

    assert found is not None
    assert found.rows.sum() + found.odd.sum() == pytest.approx(1)
    assert found.odd.sum() == pytest.approx(ODD.mean())
    assert found.calibration.sum() == pytest.approx(1)
    assert (np.diff(found.edges) > 0).all()


def test_there_is_no_log_of_scores_that_are_not_positive() -> None:
    """And scores far above their median are skewed."""
    by = judged(scored(), "robust-error")
    assert spread_of(by, log=True) is None and not is_skewed(by)

    wild = np.append(np.ones(199), 100.0)
    rows = scored(scores={"robust-error": wild}, calibration={"robust-error": np.ones(1)})
    assert is_skewed(judged(rows, "robust-error"))


def test_equal_scores_are_one_bar() -> None:
    """A spread without a width is still drawn."""
    equal = {"robust-error": np.zeros(200)}
    rows = scored(scores=equal, calibration={"robust-error": np.zeros(3)})

    found = spread_of(judged(rows, "robust-error"))

    assert found is not None
    assert found.rows.max() == 1.0
