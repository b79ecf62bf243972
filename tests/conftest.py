"""What every test starts from: a run folder of its own, and examples that do not vary."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest

hypothesis.settings.register_profile("lab", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("lab")

# Read by TensorFlow when it is first imported; its notes on the processor are no test output.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Runs of tests go to a temporary folder, whatever the environment says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AECORE_HOME", str(tmp_path_factory.mktemp("runs")))
        patch.delenv("AECORE_SCHEDULER", raising=False)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        yield
