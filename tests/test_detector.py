"""The detector for scikit-learn: its conventions, what it promises, and that it can be kept."""

import pickle

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from aecore import AutoencoderDetector
from aecore.evaluation.anomalies.detection import auroc

QUICK = {"training": {"epochs": 3}}


@pytest.fixture(scope="module")
def rows():
    """Benign tissue, and malignant."""
    x, y = load_breast_cancer(return_X_y=True)
    return x[y == 1], x[y == 0]


@pytest.fixture(scope="module")
def detector(rows):
    """Trained for a few epochs on benign rows."""
    return AutoencoderDetector(QUICK, alarms=0.05).fit(rows[0])


def test_low_is_odd_and_alarms_are_minus_one(rows, detector):
    """Malignant rows score lower; predictions follow the decision function."""
    benign, malignant = rows
    assert auroc(-detector.score_samples(malignant), -detector.score_samples(benign)) > 0.8
    decided = detector.decision_function(malignant)
    np.testing.assert_array_equal(detector.predict(malignant), np.where(decided <= 0, -1, 1))
    assert (detector.predict(malignant) == -1).mean() > (detector.predict(benign) == -1).mean()


def test_a_promise_that_cannot_be_kept_is_lowered_with_a_warning(rows):
    """Of 20 rows 4 calibrate, and a fifth of normal rows may raise an alarm at the least."""
    with pytest.warns(UserWarning, match="can promise no fewer alarms than 20.0%"):
        detector = AutoencoderDetector(QUICK).fit(rows[0][:20])
    assert detector.alarms_ == pytest.approx(0.2)


def test_it_is_pickled_without_its_models_and_is_part_of_a_pipeline(rows, detector):
    """The scores come out again; a pipeline gives its own, of its own rows."""
    again = pickle.loads(pickle.dumps(detector))
    np.testing.assert_allclose(
        again.score_samples(rows[1]), detector.score_samples(rows[1]), rtol=1e-4
    )
    pipeline = make_pipeline(StandardScaler(), AutoencoderDetector(QUICK, alarms=0.05))
    assert pipeline.fit(rows[0]).predict(rows[1]).shape == (len(rows[1]),)


def test_options_reach_the_run(rows):
    """By name or by path, over what the detector chooses itself."""
    given = {"model.encoding_dim": 3, "training": {"epochs": 2}}
    experiment = AutoencoderDetector(given, alarms=0.1).fit(rows[0]).result_.experiment
    assert (experiment.model.encoding_dim, experiment.training.epochs) == (3, 2)
    assert experiment.data.calibration_fraction == 0.2
    with pytest.raises(ValueError, match="between 0 and 1"):
        AutoencoderDetector(alarms=2).fit(rows[0])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_it_holds_to_what_scikit_learn_asks():
    """All of its checks of an estimator."""
    check_estimator(AutoencoderDetector({"training": {"epochs": 2}}))
