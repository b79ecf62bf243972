"""The penalties' terms of a loss, as Keras computes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from keras import ops

from aecore.models.penalties import Penalties, sparsity_divergence

# Up to this many code units their Jacobian is worked out exactly, row by row.
EXACT_JACOBIAN_UNITS = 16


class Penalised(Protocol):
    """What penalties need of an autoencoder."""

    trunk: Any
    encoder: Any
    decoder: Any
    random: Any

    def encoder_inputs(self, given: Any) -> Any: ...


def penalty_terms(penalties: Penalties, model: Penalised, seen: Any, code: Any) -> dict[str, Any]:
    """The weighted terms that are on, for samples seen: (n, *sample_shape), and codes (n, k)."""
    terms = {}
    if penalties.l1 is not None:
        terms["l1"] = penalties.l1 * sum(ops.sum(ops.abs(w)) for w in kernels(model))
    if penalties.l2 is not None:
        terms["l2"] = penalties.l2 * sum(ops.sum(ops.square(w)) for w in kernels(model))
    if penalties.activity_l1 is not None:
        size = ops.mean(ops.sum(ops.abs(code), axis=-1))
        terms["activity_l1"] = penalties.activity_l1 * size
    if penalties.kl_sparsity is not None:
        mean = ops.mean(code, axis=0)
        divergence = sparsity_divergence(mean, penalties.sparsity_target, ops)
        terms["kl_sparsity"] = penalties.kl_sparsity * divergence
    if penalties.contractive is not None:
        # As after training: with batch statistics or dropout it would be another function.
        sample, *label = _as_list(model.encoder_inputs(seen))
        jacobian = squared_jacobian(
            lambda x: model.encoder([x, *label] if label else x, training=False),
            sample,
            code.shape[-1],
            model.random,
        )
        terms["contractive"] = penalties.contractive * ops.mean(jacobian)
    return terms


def _as_list(inputs: Any) -> list[Any]:
    return inputs if isinstance(inputs, list) else [inputs]


def kernels(model: Penalised) -> list[Any]:
    """The weights of encoder and decoder without biases and scales; shared ones once."""
    found = [*model.trunk.trainable_variables, *model.decoder.trainable_variables]
    unique = {id(w): w for w in found if w.name.endswith("kernel")}
    return list(unique.values())


def squared_jacobian(encode: Callable[[Any], Any], x: Any, units: int, seed: Any) -> Any:
    """(n,) ‖∂code/∂x‖²_F of each sample: exact for few units, else Hutchinson's estimate.

    Hutchinson: E‖vᵀJ‖² = ‖J‖²_F for v of independent signs (Rademacher).
    Source: Rifai et al., Contractive Auto-Encoders, ICML 2011.
    """
    import keras
    import tensorflow as tf

    exact = units <= EXACT_JACOBIAN_UNITS
    with tf.GradientTape(persistent=exact) as tape:
        tape.watch(x)
        code = encode(x)
        if exact:
            # A sample's code depends on that sample alone, so a sum over samples can be derived.
            parts = [ops.sum(code[:, unit]) for unit in range(units)]
        else:
            signs = keras.random.randint(ops.shape(code), 0, 2, seed=seed)
            parts = [ops.sum(code * (2.0 * ops.cast(signs, code.dtype) - 1.0))]
    rows = [tape.gradient(part, x) for part in parts]
    axes = tuple(range(1, len(x.shape)))
    return sum(ops.sum(ops.square(row), axis=axes) for row in rows)
