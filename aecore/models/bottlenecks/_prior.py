"""Codes beside their prior: MMD, means, spread."""

from __future__ import annotations

from typing import Any

import numpy as np

from aecore.specs import Quantity

# Scales of the inverse multiquadratic kernel: Tolstikhin et al. 2018, appendix.
KERNEL_SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
COMPARED = 1000
PERMUTATIONS = 200

PRIOR_QUANTITIES = (
    Quantity(
        "code_mean",
        "Codes' mean",
        "prior standard deviations",
        "The mean of the code unit that is furthest from the prior's 0.",
    ),
    Quantity(
        "code_stddev",
        "Codes' spread",
        "prior standard deviations",
        "The standard deviation of the code units, averaged; the prior's is 1.",
    ),
    Quantity(
        "prior_mmd",
        "MMD to the prior",
        "squared MMD",
        ("0 means that codes and prior cannot be distinguished; small negative values are noise."),
    ),
    Quantity(
        "prior_p_value",
        "p-value, codes against prior",
        "probability",
        "Chance of an MMD this large if the codes came from the prior; below 0.05 they differ.",
    ),
)


def mmd(a: Any, b: Any, prior_scale: float, xp: Any) -> Any:
    """Unbiased squared MMD between samples a: (n, k) and b: (n, k); can be below 0.

    Kernel: Σ_s C/(C + ‖x − y‖²) with C = 2kσ²s, the prior's σ. Source: Tolstikhin et al. 2018.
    """
    within = _mean_off_diagonal(a, prior_scale, xp) + _mean_off_diagonal(b, prior_scale, xp)
    return within - 2.0 * xp.mean(_kernel(a, b, prior_scale, xp))


def compare_to_prior(model: Any, x: np.ndarray, prior_scale: float, seed: int) -> dict[str, Any]:
    """Moments of the codes of samples x, and a permutation test of their MMD from the prior."""
    random = np.random.default_rng(seed)
    code = model.codes(x[:: max(1, len(x) // COMPARED)][:COMPARED])
    prior = random.normal(0.0, prior_scale, code.shape).astype(np.float32)
    return {
        "code_mean": float(np.abs(code.mean(axis=0)).max() / prior_scale),
        "code_stddev": float(code.std(axis=0).mean() / prior_scale),
        "prior_mmd": float(mmd(code, prior, prior_scale, np)),
        "prior_p_value": _p_value(code, prior, prior_scale, random),
    }


def _p_value(
    code: np.ndarray, prior: np.ndarray, prior_scale: float, random: np.random.Generator
) -> float:
    """The share of random regroupings of both samples whose MMD is at least as large.

    Of groups of one size it is the quadratic form of their signs that grows with the MMD.
    """
    both = np.concatenate([code, prior])
    kernel = _kernel(both, both, prior_scale, np).astype(np.float32)
    np.fill_diagonal(kernel, 0.0)
    signs = np.ones((len(both), 1 + PERMUTATIONS), np.float32)
    signs[: len(code)] = -1.0
    for column in range(1, signs.shape[1]):
        signs[:, column] = random.permutation(signs[:, column])
    forms = np.einsum("ij,ij->j", signs, kernel @ signs)
    return float(np.mean(forms >= forms[0]))


def _kernel(a: Any, b: Any, prior_scale: float, xp: Any) -> Any:
    distances = (
        xp.sum(xp.square(a), axis=1)[:, None]
        + xp.sum(xp.square(b), axis=1)[None, :]
        - 2.0 * xp.matmul(a, xp.transpose(b))
    )
    distances = xp.maximum(distances, 0.0)
    widths = [2.0 * a.shape[1] * prior_scale**2 * scale for scale in KERNEL_SCALES]
    return sum(width / (width + distances) for width in widths)


def _mean_off_diagonal(a: Any, prior_scale: float, xp: Any) -> Any:
    """Mean kernel of pairs of different samples; on the diagonal it is 1 at each scale."""
    n = xp.shape(a)[0]
    total = xp.sum(_kernel(a, a, prior_scale, xp))
    if xp is np:
        return (total - len(KERNEL_SCALES) * n) / max(n * (n - 1), 1)
    n = xp.cast(n, a.dtype)
    return (total - len(KERNEL_SCALES) * n) / xp.maximum(n * (n - 1.0), 1.0)
