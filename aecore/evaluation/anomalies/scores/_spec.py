"""What every score declares, and what it is computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from aecore.data.dataset import Kind

# What a score has learned from training rows, as a run keeps it: name -> array.
Fitted = Mapping[str, np.ndarray]
ALL_KINDS: tuple[Kind, ...] = ("image", "table", "series", "text")


@dataclass(frozen=True)
class Evidence:
    """Samples and what an autoencoder makes of them.

    Attributes:
        x, x_hat: (n, *sample_shape), in scaled units.
        code: (n, k) latent codes.
        negative_elbo: (n,) in nats, averaged over draws; None but for variational autoencoders.
    """

    x: np.ndarray
    x_hat: np.ndarray
    code: np.ndarray
    negative_elbo: np.ndarray | None = None

    @property
    def residual(self) -> np.ndarray:
        """(n, features) x − x̂, float64."""
        return (self.x.astype(np.float64) - self.x_hat).reshape(len(self.x), -1)


def _nothing_to_learn(evidence: Evidence) -> Fitted:
    return {}


@dataclass(frozen=True)
class ScoreSpec:
    """One score: name, title, a sentence, its source, and how it is computed.

    Attributes:
        score: (evidence, fitted) -> (n,), higher is odder.
        fit: evidence of training rows -> what is learned of them.
        parts: (evidence, fitted) -> (n, features), each feature's share of the score, in the order
            of a sample's values; None where a score does not come from single features.
        kinds: of data that it suits.
        needs_elbo: whether it needs `Evidence.negative_elbo`.
    """

    name: str
    title: str
    summary: str
    source: str
    score: Callable[[Evidence, Fitted], np.ndarray]
    fit: Callable[[Evidence], Fitted] = _nothing_to_learn
    parts: Callable[[Evidence, Fitted], np.ndarray] | None = None
    kinds: tuple[Kind, ...] = ALL_KINDS
    needs_elbo: bool = False
    order: int = 100

    def suits(self, kind: Kind, has_elbo: bool) -> bool:
        """Whether it can be computed for data of this kind."""
        return kind in self.kinds and (has_elbo or not self.needs_elbo)
