"""What a run keeps to tell how odd a row is."""

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.anomalies.scorer import FILE, Scorer, fit_scorer, rows_to_learn_from
from aecore.evaluation.anomalies.scores import SCORES, Evidence

RANDOM = np.random.default_rng(0)


def evidence(rows, elbo=False, shape=(12, 12, 1)):
    """Random samples and reconstructions near them."""
    x = RANDOM.random((rows, *shape)).astype(np.float32)
    x_hat = x + 0.1 * RANDOM.standard_normal(x.shape).astype(np.float32)
    code = RANDOM.standard_normal((rows, 3)).astype(np.float32)
    return Evidence(x, x_hat, code, RANDOM.random(rows) if elbo else None)


def test_it_is_read_as_it_was_written(tmp_path):
    """All scores that suit pictures and a VAE, to the last digit."""
    scorer = fit_scorer("image", evidence(60, elbo=True), evidence(30, elbo=True), np.arange(30))
    assert set(scorer.fitted) == set(SCORES)
    scorer.save(tmp_path)
    again, rows = Scorer.load(tmp_path), evidence(10, elbo=True)
    wanted = scorer.scores(rows)
    for name, scores in again.scores(rows).items():
        np.testing.assert_array_equal(scores, wanted[name])
        np.testing.assert_array_equal(again.calibration[name], scorer.calibration[name])
        assert scores.shape == (10,) and scorer.calibration[name].shape == (30,)
    np.testing.assert_array_equal(again.labels, np.arange(30))
    assert again.default == scorer.default == next(iter(SCORES))


def test_without_rows_to_calibrate_it_scores_all_the_same(tmp_path):
    """There are no labels, and no scores of −ELBO without one."""
    scorer = fit_scorer("table", evidence(40, shape=(5,)), evidence(0, shape=(5,)), None)
    scorer.save(tmp_path)
    again = Scorer.load(tmp_path)
    assert again.labels is None and "negative-elbo" not in again.fitted
    assert all(len(values) == 0 for values in again.calibration.values())
    assert all(len(s) == 4 for s in again.scores(evidence(4, shape=(5,))).values())
    assert all(len(s) == 0 for s in again.scores(evidence(0, shape=(5,))).values())


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\x93NUMPY"])
def test_what_is_missing_or_damaged_is_told(tmp_path, content):
    """In a sentence, and one of what to do."""
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(DataError, match="Train it again"):
        Scorer.load(tmp_path)


def test_wide_samples_are_fewer():
    """So that what is learned from fits the memory."""
    assert rows_to_learn_from(6) == 5000
    assert rows_to_learn_from(64 * 64 * 3) < 1000
    assert rows_to_learn_from(10**9) == 200
