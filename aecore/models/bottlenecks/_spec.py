"""What every bottleneck declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.settings import Settings
from aecore.specs import Quantity

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

# What early stopping and schedules watch where a bottleneck does not say otherwise.
WATCHED = "the validation loss"


def _no_quantities(
    model: Autoencoder, seen: np.ndarray, clean: np.ndarray, seed: int
) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class BottleneckSpec:
    """One kind of bottleneck.

    Attributes:
        settings: its options.
        autoencoder: imports Keras and gives the `Autoencoder` class that trains it.
        heads: names of the linear outputs at the end of the encoder; the first is the code.
        parameters: (settings, encoding_dim, loss) -> trained numbers that it adds to the model.
        problem: (settings, encoding_dim) -> why these do not go together and what to do, or "".
        problem_with: the option that `problem` is about.
        scaled: (settings, loss, features, mean loss) -> the reconstruction's part of the loss of
            a sample; where the theory has it so, a sum over the sample's values.
        loss_unit: the unit of its loss, where that is not the reconstruction loss's own.
        terms: names on screen of the parts of the loss that it adds.
        logged: the same of what it logs beside the loss.
        idle: (settings, loss) -> names of its options that do nothing with these.
        shapes_code: whether it decides itself what becomes of codes. If not, the code is what the
            encoder puts out, and may be given an activation or be made sparse.
        unordered: why its codes cannot be cut after their first numbers, in a sentence; empty where
            they can.
        differentiable: whether the code moves gradually with the sample, so that it has a
            Jacobian.
        entry_size: (settings) -> how many numbers of a code together are an entry of a codebook;
            0 where codes are continuous.
        takes_labels: whether encoder and decoder can be told the samples' classes.
        has_prior: whether codes are drawn towards a given distribution, a normal one.
        prior_scale: (settings) -> the standard deviation of that distribution.
        active_variance: a unit that varies less over the samples carries nothing; 0 where units
            have no scale of their own.
        suited_dimension: (encoding_dim) -> the nearest below that its own options can have.
        takes_batch_statistics: (settings, loss) -> whether its loss is not a mean over single rows,
            so that a batch of a few says little.
        warm_up: (settings) -> epochs at the beginning in which its loss still changes its meaning.
        not_compared: terms of the loss whose values cannot be compared between epochs; early
            stopping and schedules leave them out.
        watched: what they watch, in words.
        suited_settings: (rows, values of a sample) -> of its own options those that suit so much
            data better than the defaults.
        suited: (rows, batch size) -> training options that suit it: its epochs where
            the data set has fewer, others in place of the data set's.
        quantities: what `diagnose` gives.
        diagnose: (model, seen, clean, seed) -> figures over samples, as the encoder sees them
            and as they are; lists have one item a code unit.
        negative_elbo: (model, given, x, seed) -> (n,) −ELBO of each sample in nats, averaged over
            draws of its code; None where there is none.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    autoencoder: Callable[[], type[Autoencoder]]
    source: str
    heads: tuple[str, ...] = ("code",)
    parameters: Callable[[Any, int, str], int] = lambda settings, encoding_dim, loss: 0
    problem: Callable[[Any, int], str] = lambda settings, encoding_dim: ""
    problem_with: str = "kind"
    scaled: Callable[[Any, str, int, float], float] = lambda settings, loss, features, mean: mean
    loss_unit: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    logged: Mapping[str, str] = field(default_factory=dict)
    idle: Callable[[Any, str], tuple[str, ...]] = lambda settings, loss: ()
    shapes_code: bool = True
    unordered: str = ""
    differentiable: bool = True
    entry_size: Callable[[Any], int] = lambda settings: 0
    takes_labels: bool = False
    has_prior: bool = False
    prior_scale: Callable[[Any], float] = lambda settings: 1.0
    active_variance: float = 0.0
    suited_dimension: Callable[[int], int] = lambda encoding_dim: encoding_dim
    takes_batch_statistics: Callable[[Any, str], bool] = lambda settings, loss: False
    warm_up: Callable[[Any], int] = lambda settings: 0
    not_compared: tuple[str, ...] = ()
    watched: str = WATCHED
    suited_settings: Callable[[int, int], Mapping[str, Any]] = lambda rows, values: {}
    suited: Callable[[int, int], Mapping[str, Any]] = lambda rows, batch_size: {}
    quantities: tuple[Quantity, ...] = ()
    diagnose: Callable[[Autoencoder, np.ndarray, np.ndarray, int], dict[str, Any]] = _no_quantities
    negative_elbo: Callable[[Any, np.ndarray, np.ndarray, int], np.ndarray] | None = None
    order: int = 100
