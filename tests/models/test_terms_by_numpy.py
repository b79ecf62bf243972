"""Loss and terms of every bottleneck with every penalty, once more from a file and in NumPy."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from aecore import Experiment, train
from aecore.errors import ExperimentError
from aecore.models.bottlenecks import BOTTLENECKS

UNITS = 4
PENALTIES: list[dict[str, Any]] = [
    {},
    {"l1": 1e-4},
    {"l2": 1e-3},
    {"dropout": 0.2},
    {"batch_normalization": True},
    {"activity_l1": 1e-2},
    {"kl_sparsity": 0.1, "sparsity_target": 0.1},
    {"k_sparse": 3},
    {"contractive": 1e-2},
    {"ordered": True},
    {"l1": 1e-4, "l2": 1e-3, "dropout": 0.1, "batch_normalization": True, "contractive": 1e-2},
]
# What `keras.random.normal` gives here, row by row.
NOISE = np.random.default_rng(0).standard_normal((1024, UNITS)).astype(np.float32)


def chosen(bottleneck: dict[str, Any], penalties: dict[str, Any], loss: str) -> Experiment | None:
    """Two epochs on small digits; None where these do not go together."""
    try:
        return Experiment().replace(
            {
                "data.source": "digits",
                "model.encoding_dim": UNITS,
                "model.backbone.units": [10],
                "model.bottleneck": bottleneck,
                "training.loss": loss,
                "training.epochs": 2,
                "training.batch_size": 128,
                **{f"model.penalties.{name}": value for name, value in penalties.items()},
            }
        )
    except ExperimentError:
        return None


KINDS = [({"kind": name}, "binary_crossentropy") for name in BOTTLENECKS]
KINDS += [
    ({"kind": "variational", "decoder_variance": how, "beta": 2.0, "free_bits": 0.3}, "mse")
    for how in ("learned", "fixed")
]
KINDS += [({"kind": "vector-quantized", "ema": False}, "mse")]
CASES = [
    pytest.param(experiment, id=f"{kind}-{penalties}")
    for kind, loss in KINDS
    for penalties in PENALTIES
    if (experiment := chosen(kind, penalties, loss)) is not None
]


def fixed_normal(shape: Any, seed: Any = None) -> Any:
    """The first rows of NOISE, however many are asked for."""
    return tf.constant(NOISE)[: shape[0]]


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1/(1 + e^−x)."""
    return 1.0 / (1.0 + np.exp(-x))


ACTIVATIONS = {"linear": lambda x: x, "relu": lambda x: np.maximum(x, 0), "sigmoid": sigmoid}


def applied(layer: Any, x: np.ndarray) -> np.ndarray:
    """One of Keras's layers after training, in NumPy."""
    weights = [np.asarray(w, np.float64) for w in layer.get_weights()]
    match type(layer).__name__:
        case "Dense":
            return ACTIVATIONS[layer.activation.__name__](x @ weights[0] + weights[1])
        case "BatchNormalization":
            gamma, beta, mean, variance = weights
            return gamma * (x - mean) / np.sqrt(variance + layer.epsilon) + beta
        case "Activation":
            return ACTIVATIONS[layer.activation.__name__](x)
        case "Flatten" | "Reshape":
            return x.reshape(len(x), *layer.output.shape[1:])
        case "KeepLargest":
            least = np.sort(x, axis=1)[:, -layer.count, None]
            return np.where(x >= least, x, 0.0)
        case "Dropout":
            return x
    raise TypeError(f"{layer} has no counterpart in NumPy here.")


def outputs(model: Any, x: np.ndarray) -> list[np.ndarray]:
    """What a functional model gives, in float64."""
    values = {id(model.inputs[0]): x.astype(np.float64)}
    for layer in model.layers[1:]:
        values[id(layer.output)] = applied(layer, values[id(layer.input)])
    return [values[id(output)] for output in model.outputs]


def reconstruction_loss(loss: str, x: np.ndarray, x_hat: np.ndarray) -> float:
    """The mean over all values."""
    if loss == "mse":
        return float(np.square(x - x_hat).mean())
    return float(-(x * np.log(x_hat) + (1 - x) * np.log1p(-x_hat)).mean())


def softplus(x: np.ndarray) -> np.ndarray:
    """log(1 + e^x)."""
    return np.logaddexp(0.0, x)


def squared_mmd(a: np.ndarray, b: np.ndarray) -> float:
    """Unbiased, with inverse multiquadratic kernels of seven widths."""

    def kernel(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        squared = np.square(x[:, None] - y[None]).sum(axis=-1)
        widths = [2.0 * UNITS * s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10)]
        return sum((c / (c + squared) for c in widths), np.zeros_like(squared))

    def within(x: np.ndarray) -> float:
        return (kernel(x, x).sum() - 7 * len(x)) / (len(x) * (len(x) - 1))

    return float(within(a) + within(b) - 2 * kernel(a, b).mean())


def of_bottleneck(
    model: Any, heads: list[np.ndarray], noise: np.ndarray
) -> tuple[np.ndarray, dict[str, float]]:
    """The code that goes to the decoder, and the bottleneck's terms."""
    code, options = heads[0], model.objective["bottleneck"]
    match options["kind"]:
        case "variational":
            log_variance = np.clip(heads[1], -10, 10)
            kl = 0.5 * (np.square(code) + np.exp(log_variance) - 1 - log_variance).mean(axis=0)
            beta_kl = options["beta"] * np.maximum(kl, options["free_bits"]).sum()
            return code + np.exp(0.5 * log_variance) * noise, {"beta_kl": beta_kl}
        case "adversarial":
            [logit] = outputs(model.discriminator, code)
            weight = options["adversarial_weight"]
            distance = options["mmd_weight"] * squared_mmd(code, noise)
            return code, {
                "adversarial": weight * softplus(-logit).mean(),
                "mmd": weight * distance,
            }
        case "wasserstein":
            return code, {"mmd": options["mmd_weight"] * squared_mmd(code, noise)}
        case "vector-quantized":
            entries = np.asarray(model.codebook.entries, np.float64)
            vectors = code.reshape(-1, entries.shape[1])
            distances = np.square(vectors[:, None] - entries[None]).sum(axis=-1)
            nearest = entries[distances.argmin(axis=1)].reshape(code.shape)
            held = np.square(code - nearest).mean()
            terms = {"commitment": options["commitment"] * held}
            return nearest, terms if options["ema"] else {**terms, "codebook": held}
    return code, {}


def of_reconstruction(model: Any, mean_loss: float, features: int) -> float:
    """The reconstruction's part of the loss."""
    options = model.objective["bottleneck"]
    if options["kind"] not in ("variational", "wasserstein"):
        return mean_loss
    if options["kind"] == "wasserstein" or model.objective["loss"] != "mse":
        return features * mean_loss
    learned = options["decoder_variance"] == "learned"
    variance = math.exp(float(model.log_sigma2)) if learned else options["variance"]
    return 0.5 * features * (mean_loss / variance + math.log(2 * math.pi * variance))


def squared_jacobian(model: Any, x: np.ndarray) -> float:
    """Mean ‖∂code/∂x‖²_F by central differences."""
    step, total, flat = 1e-5, 0.0, x.reshape(len(x), -1).astype(np.float64)
    for place in range(flat.shape[1]):
        there, back = flat.copy(), flat.copy()
        there[:, place] += step
        back[:, place] -= step
        ends = [outputs(model.trunk, end.reshape(x.shape))[0] for end in (there, back)]
        total += np.square((ends[0] - ends[1]) / (2 * step)).sum(axis=1).mean()
    return total


def of_penalties(model: Any, x: np.ndarray, code: np.ndarray) -> dict[str, float]:
    """The terms of the penalties that are on."""
    chosen = {name: value for name, value in model.objective["penalties"].items() if value}
    layers = [*model.trunk.layers, *model.decoder.layers]
    kernels = [np.asarray(layer.kernel, np.float64) for layer in layers if hasattr(layer, "kernel")]
    target, mean = chosen.get("sparsity_target", 0.05), code.mean(axis=0)
    worked_out = {
        "l1": lambda: sum(np.abs(w).sum() for w in kernels),
        "l2": lambda: sum(np.square(w).sum() for w in kernels),
        "activity_l1": lambda: np.abs(code).sum(axis=1).mean(),
        "kl_sparsity": lambda: (
            target * np.log(target / mean) + (1 - target) * np.log((1 - target) / (1 - mean))
        ).sum(),
        "contractive": lambda: squared_jacobian(model, x),
    }
    return {name: chosen[name] * f() for name, f in worked_out.items() if name in chosen}


@pytest.mark.slow
@pytest.mark.parametrize("experiment", CASES)
def test_terms_are_those_of_the_formulas(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was logged of the last epoch's validation is what the saved weights give in NumPy."""
    monkeypatch.setattr(keras.random, "normal", fixed_normal)
    result = train(experiment)
    result.autoencoder.save(tmp_path / "model.keras")
    model = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    x = result.samples.original
    assert len(x) == result.metrics["rows"]
    code, terms = of_bottleneck(model, outputs(model.trunk, x), NOISE[: len(x)])
    [x_hat] = outputs(model.decoder, code)
    mean_loss = reconstruction_loss(experiment.training.loss, x.astype(np.float64), x_hat)
    terms["reconstruction"] = of_reconstruction(model, mean_loss, x[0].size)
    terms |= of_penalties(model, x, code)
    history = result.history
    assert set(terms) == set(result.autoencoder.term_names())
    for name, value in terms.items():
        assert history[f"val_{name}"][-1] == pytest.approx(value, rel=1e-4, abs=1e-6), name
    assert history["val_loss"][-1] == pytest.approx(sum(terms.values()), rel=1e-4)
