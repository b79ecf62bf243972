"""Does a worker decode codes at once, as the run's own model would?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import JobError, RunStoreError
from aecore.jobs import JobEngine
from aecore.runs import RunStore
from tests.jobs.conftest import ended, endless, learning, short


@pytest.fixture(scope="module")
def trained(shared_engine: JobEngine) -> str:
    """A run with samples."""
    run_id = shared_engine.submit(short())
    ended(shared_engine, run_id, 180)
    return run_id


def test_codes_of_samples_become_their_reconstructions(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """In batches too, and to the digits that are kept."""
    samples = store.samples(trained)

    made = engine.decode(trained, samples.code)

    assert made.dtype == np.float32
    np.testing.assert_allclose(made, samples.reconstruction, atol=1e-3)


def test_decoding_does_not_wait_for_a_training(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """It is answered while a run goes on."""
    run_id = engine.submit(endless())
    learning(engine, run_id)

    made = engine.decode(trained, store.samples(trained).code[:1])

    assert len(made) == 1
    view = engine.view(run_id)
    assert view is not None and not view.ended
    engine.stop(run_id)
    ended(engine, run_id)


def test_a_conditional_decoder_is_told_the_class(engine: JobEngine, store: RunStore) -> None:
    """Another class, another sample; without one it is refused."""
    told = {"model.bottleneck.kind": "variational", "model.conditional": True}
    run_id = engine.submit(short().replace(told))
    ended(engine, run_id)
    samples = store.samples(run_id)
    rows = samples.label == 3

    made = engine.decode(run_id, samples.code[rows], label=3)

    np.testing.assert_allclose(made, samples.reconstruction[rows], atol=1e-3)
    assert not np.allclose(made, engine.decode(run_id, samples.code[rows], label=4))
    with pytest.raises(JobError, match="told a class"):
        engine.decode(run_id, samples.code)


def test_what_cannot_be_decoded_is_explained(engine: JobEngine, trained: str) -> None:
    """Codes of another width, and a run that is gone."""
    with pytest.raises(JobError, match="takes codes of"):
        engine.decode(trained, np.zeros((1, 3)))
    with pytest.raises(RunStoreError, match="There is no run"):
        engine.decode("0" * 32, np.zeros((1, 3)))


def test_without_a_warm_worker_it_says_so_at_once(store: RunStore) -> None:
    """An engine that has not been started."""
    with pytest.raises(JobError, match="not ready yet"):
        JobEngine(store).decode("0" * 32, np.zeros((1, 3)))
