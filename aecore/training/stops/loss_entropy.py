"""Loss entropy: the weights of the epoch at which errors are spread least evenly; needs no labels.

While the bulk of the rows is learned, errors come to lie on few rows, and their entropy falls; it
rises again when the odd rows are learned as well. The weights at its least value know the bulk and
not what is odd.
Source: Huang et al., EntropyStop: Unsupervised Deep Outlier Detection with Loss Entropy, KDD 2024.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aecore.settings import Settings, setting
from aecore.training.stops._spec import StopSpec

if TYPE_CHECKING:
    from aecore.training.stops._spec import ErrorsOf
    from aecore.training.watching import Watched


class LossEntropy(Settings):
    """Keep the weights at which the reconstruction errors of training rows are least alike."""

    kind: Literal["loss-entropy"] = setting(
        "loss-entropy",
        "When training ends",
        "The last epoch of training, and the one whose weights are kept.",
        advanced=True,
    )
    patience: int = setting(
        50,
        "Patience",
        "Epochs without a lower entropy before training ends.",
        ge=1,
        le=2000,
        advanced=True,
    )


def entropy(errors: np.ndarray) -> float:
    """−Σ pᵢ ln pᵢ with pᵢ = errorᵢ / Σ errors, in nats; of no errors at all, ln n.

    Args:
        errors: (n,) of the same rows each time, none below 0.
    """
    whole = float(errors.sum(dtype=np.float64))
    if whole <= 0:
        return float(np.log(max(1, len(errors))))
    share = errors[errors > 0] / whole
    return float(-(share * np.log(share)).sum())


def keeper(settings: LossEntropy, watched: Watched, errors_of: ErrorsOf) -> Any:
    """What keeps the weights at the least entropy so far."""
    from aecore.training.watching import LeastEntropy

    return LeastEntropy(lambda model: entropy(errors_of(model)), settings.patience)


SPEC = StopSpec(
    name="loss-entropy",
    title="Loss entropy",
    summary="Keeps the weights at which the bulk of the rows is learned and odd ones are not.",
    settings=LossEntropy,
    keeper=keeper,
    source="Huang et al., EntropyStop, KDD 2024",
    order=30,
)
