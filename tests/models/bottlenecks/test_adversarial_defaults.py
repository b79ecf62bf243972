"""Do the defaults of the adversarial autoencoder bring its codes to the prior?"""

import pytest

from aecore import Experiment, train
from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.experiment.presets import PRESETS
from aecore.models.bottlenecks.adversarial import SPEC


def test_defaults_follow_the_number_of_rows():
    """Where nothing else is asked for: 5,000 steps at least, at a rate that sinks to zero."""
    for source, epochs in (("breast-cancer", 334), ("mnist-5k", 80)):
        chosen = {"data": {"source": source}, "model": {"bottleneck": {"kind": "adversarial"}}}
        training = Experiment.from_dict(chosen).training
        assert (training.epochs, training.schedule) == (epochs, "cosine")
        own = {"epochs": 7, "schedule": "constant"}
        training = Experiment.from_dict({**chosen, "training": own}).training
        assert (training.epochs, training.schedule) == (7, "constant")


@pytest.mark.slow
@pytest.mark.parametrize("source", ["digits", "breast-cancer"])
def test_codes_are_the_prior_s_at_the_defaults(source):
    """No mean is far off and MMD² is next to nothing, on the rows trained on."""
    result = train(PRESETS["adversarial"].experiment(source))
    x = prepare(result.experiment.preparation_options, load(source)).train
    found = SPEC.diagnose(result.autoencoder, x, x, 0)
    assert found["code_mean"] < 0.15
    assert found["prior_mmd"] < 0.015
    assert result.metrics["mse"] < 0.5 * result.metrics["mean_mse"]
