"""Does a worker encode and decode at once, as the run's own model would?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from aecore.errors import JobError, RunStoreError
from aecore.jobs.server.engine import JobEngine
from aecore.jobs.worker import exploring
from aecore.runs import RunStore
from tests.jobs.conftest import ended, endless, learning, short


def test_codes_of_samples_become_their_reconstructions(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """In batches too, and to the digits that are kept."""
    samples = store.samples(trained)

    made = engine.decode(trained, samples.code)

    assert made.dtype == np.float32
    np.testing.assert_allclose(made, samples.reconstruction, atol=1e-3)


def test_samples_become_codes_and_reconstructions(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """Those that the run kept, from its originals."""
    samples = store.samples(trained)

    code, made = engine.reconstruct(trained, samples.original)

    np.testing.assert_allclose(code, samples.code, rtol=1e-3, atol=2e-3)
    np.testing.assert_allclose(made, samples.reconstruction, atol=2e-3)
    np.testing.assert_allclose(engine.encode(trained, samples.original), code, rtol=1e-4, atol=1e-5)


def test_decoding_does_not_wait_for_a_training(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """It is answered while a run goes on."""
    run_id = engine.train(endless())
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
    run_id = engine.train(short().replace(told))
    ended(engine, run_id)
    samples = store.samples(run_id)
    rows = samples.label == 3

    made = engine.decode(run_id, samples.code[rows], label=3)

    code, again = engine.reconstruct(run_id, samples.original[rows], label=3)
    np.testing.assert_allclose(code, samples.code[rows], rtol=1e-3, atol=2e-3)
    np.testing.assert_allclose(again, made, atol=2e-3)
    np.testing.assert_allclose(made, samples.reconstruction[rows], atol=1e-3)
    assert not np.allclose(made, engine.decode(run_id, samples.code[rows], label=4))
    with pytest.raises(JobError, match="told a class"):
        engine.decode(run_id, samples.code)


def test_what_cannot_be_decoded_is_explained(engine: JobEngine, trained: str) -> None:
    """Codes of another width, samples of another shape, and a run that is gone."""
    with pytest.raises(JobError, match="takes samples of shape"):
        engine.reconstruct(trained, np.zeros((1, 5, 5, 1)))
    with pytest.raises(JobError, match="takes codes of"):
        engine.decode(trained, np.zeros((1, 3)))
    with pytest.raises(RunStoreError, match="There is no run"):
        engine.decode("0" * 32, np.zeros((1, 3)))


def test_without_a_warm_worker_it_says_so_at_once(store: RunStore) -> None:
    """An engine that has not been started."""
    with pytest.raises(JobError, match="not ready yet"):
        JobEngine(store).decode("0" * 32, np.zeros((1, 3)))


def test_a_run_without_its_encoder_is_explained(
    engine: JobEngine, store: RunStore, tmp_path: Path
) -> None:
    """One that kept its decoder alone."""
    run_id = engine.train(short(1))
    ended(engine, run_id)
    store.path(run_id, "encoder.keras").unlink()

    with pytest.raises(RunStoreError, match="kept no encoder"):
        engine.encode(run_id, store.samples(run_id).original[:1])


def test_a_training_is_the_same_while_models_are_loaded(store: RunStore, trained: str) -> None:
    """What is loaded draws no seeds from those of what is built, in the same process."""
    from aecore.run import train

    experiment = short(1).replace({"model.penalties.dropout": 0.2})
    alone = train(experiment).history

    with loading_again_and_again(store, trained):
        beside = [train(experiment).history for _ in range(4)]

    assert beside == [alone] * 4


@contextmanager
def loading_again_and_again(store: RunStore, run_id: str) -> Iterator[None]:
    """A thread loads a run's decoder anew, over and over."""
    enough = threading.Event()
    code = store.samples(run_id).code[:1]

    def load() -> None:
        while not enough.is_set():
            exploring.loaded.cache_clear()
            exploring.decode(run_id, code, None, store.location)

    thread = threading.Thread(target=load)
    thread.start()
    yield
    enough.set()
    thread.join()


def test_the_first_layer_of_a_dense_encoder_has_a_sample_s_shape(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """The heaviest come first, and no more than are asked for."""
    found = engine.filters(trained, 5)
    assert found.shape == (5, 8, 8, 1)
    norms = np.linalg.norm(found.reshape(5, -1), axis=1)
    assert (np.diff(norms) <= 0).all()
    with pytest.raises(RunStoreError):
        engine.filters("0" * 32, 5)
