"""The transformer for scikit-learn: its conventions, its codes and the way back."""

import pickle

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

from aecore import AutoencoderTransformer, ExperimentError

QUICK = {"training": {"epochs": 5}}


@pytest.fixture(scope="module")
def data():
    """Thirty measurements of tissue, by name, and its class."""
    return load_breast_cancer(return_X_y=True, as_frame=True)


@pytest.fixture(scope="module")
def transformer(data):
    """Trained for a few epochs."""
    return AutoencoderTransformer(3, experiment=QUICK).fit(data[0])


def test_codes_have_names_and_come_back_in_own_units(data, transformer):
    """Nearer to the rows, column by column, than the means of the columns are."""
    x = data[0]
    codes = transformer.transform(x)
    assert codes.shape == (len(x), 3)
    assert transformer.get_feature_names_out().tolist() == [
        "autoencodertransformer0",
        "autoencodertransformer1",
        "autoencodertransformer2",
    ]
    made = transformer.inverse_transform(codes)
    residual, spread = np.square(made - x).mean(), np.square(x - x.mean()).mean()
    assert (residual < spread).mean() > 0.8
    with pytest.raises(ValueError, match="X has 2 features, but a code of this"):
        transformer.inverse_transform(codes[:, :2])


def test_codes_are_those_of_the_run(data, transformer):
    """As `apply` gives them, one row at a time as well as all at once, and after pickling."""
    x = data[0].to_numpy()
    codes = transformer.transform(data[0])
    np.testing.assert_allclose(codes, transformer.result_.apply(x).codes, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(codes[7:8], transformer.transform(data[0].iloc[7:8]))
    again = pickle.loads(pickle.dumps(transformer))
    np.testing.assert_allclose(again.transform(data[0]), codes, rtol=1e-4, atol=1e-5)


def test_it_is_part_of_a_pipeline(data):
    """Its codes tell tissue apart, as a frame if that is wanted."""
    x, y = data
    made = AutoencoderTransformer(3, experiment=QUICK).set_output(transform="pandas")
    pipeline = make_pipeline(made, LogisticRegression()).fit(x, y)
    assert pipeline.score(x, y) > 0.85
    assert list(pipeline[:-1].transform(x).columns) == list(made.get_feature_names_out())


def test_options_that_do_not_fit_are_refused_in_a_sentence(data):
    """As the form would."""
    with pytest.raises(ExperimentError):
        AutoencoderTransformer(3, experiment={"training.epochs": 0}).fit(data[0])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_it_holds_to_what_scikit_learn_asks():
    """All of its checks of an estimator."""
    check_estimator(AutoencoderTransformer(1, experiment={"training": {"epochs": 2}}))
