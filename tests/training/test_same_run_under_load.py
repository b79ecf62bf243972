"""Same seed, same machine, same run: also while other programs take the processor."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from aecore.experiment import Experiment
from aecore.run import train
from aecore.training.compiled_models import CompiledModelCache

BUSY = "while True: pass"
BURNERS, RUNS = 4, 4


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Programs that take whatever processor there is."""
    burners = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(BURNERS)]
    yield
    for burner in burners:
        burner.kill()
        burner.wait()


@pytest.mark.slow
def test_a_busy_machine_does_not_change_a_run(busy_machine: None) -> None:
    """The default run, with the compiled models that a worker keeps: equal to the last digit.

    How long a chunk of batches takes, and so how many there are, differs from run to run.
    """
    experiment = Experiment().replace({"training.epochs": 2})
    cache = CompiledModelCache()
    first, *others = [train(experiment, model_cache=cache) for _ in range(RUNS)]
    for other in others:
        assert other.history == first.history
        for ours, theirs in zip(
            other.autoencoder.get_weights(), first.autoencoder.get_weights(), strict=True
        ):
            np.testing.assert_array_equal(ours, theirs)
