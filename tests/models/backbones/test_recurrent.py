"""Recurrent layers are built as the diagram says, for sequences and pictures."""

import keras
import numpy as np
import pytest

from aecore.models.backbones.recurrent import SPEC, RecurrentBackbone


@pytest.mark.parametrize("shape", [(5,), (7, 3), (8, 8, 1), (5, 4, 3), (1, 5, 1)])
@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("units", [(4,), (5, 4, 3)])
def test_any_sequence_comes_back_in_its_shape(autoencoder, shape, cell, units):
    """Rows, sequences and pictures give a code and values of exactly the sample's shape."""
    settings = RecurrentBackbone(cell=cell, units=units)
    encoder, decoder = autoencoder(SPEC, settings, shape, 6)
    assert encoder.output_shape == (None, 6)
    assert decoder.output_shape == (None, *shape)


def test_only_the_last_state_reaches_the_code():
    """Layers before the last give every step, the last its state; the decoder gives every step."""
    settings = RecurrentBackbone(units=(5, 4))
    assert [block.shape for block in SPEC.encoder(settings, (7, 3))] == [(7, 5), (4,)]
    decoder = SPEC.decoder(settings, (7, 3), 2)
    assert [block.shape for block in decoder] == [(7, 4), (7, 5), (7, 3)]
    assert [block.title for block in decoder] == ["LSTM", "LSTM", "Dense a step"]


def test_cells_differ(chained):
    """A GRU has three gates where an LSTM has four."""
    made = {}
    for cell in ("lstm", "gru"):
        blocks = SPEC.encoder(RecurrentBackbone(cell=cell, units=(6,)), (7, 3))
        made[cell] = type(chained(blocks, (7, 3)).get_layer("hidden_1"))
        assert blocks[0].title == cell.upper()
    assert made == {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU}


def test_the_order_of_the_steps_matters(autoencoder):
    """A sequence read backwards has another code, so the layers do read step by step."""
    encoder, _ = autoencoder(SPEC, RecurrentBackbone(units=(4,)), (6, 2), 3)
    x = np.random.default_rng(0).uniform(size=(2, 6, 2)).astype("float32")
    backwards = np.ascontiguousarray(x[:, ::-1])
    assert not np.allclose(encoder.predict_on_batch(x), encoder.predict_on_batch(backwards))


def test_the_bend_is_the_cells_own():
    """Tanh is told where an activation is asked for, and no block takes another."""
    settings = RecurrentBackbone()
    assert settings.activation == "tanh"
    assert "activation" not in settings.model_dump()
    blocks = [*SPEC.encoder(settings, (7, 3)), *SPEC.decoder(settings, (7, 3), 2)]
    assert not any(block.activated for block in blocks)
    assert [block.hidden for block in blocks] == [True, True, False]
