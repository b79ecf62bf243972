"""New samples: codes drawn from a distribution, decoded, beside the nearest kept sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st

from aecore.errors import LatentError
from aecore.generation import discrete_sampling, sampling
from ui.app import session
from ui.base.seed import choose_seed
from ui.base.theme import Palette
from ui.generate.quality import show_quality
from ui.generate.sides import Side, each
from ui.shared.decoding import beside_nearest
from ui.shared.downloads import show_downloads
from ui.shared.gallery import show_gallery

DRAWN = 24
READING = (
    "Each card: the kept sample nearest to it, then the new sample, then their difference. A "
    "difference near nothing is a copy. Only the kept held-out samples are compared, not those "
    "trained on, so a copy of a training sample can go unseen."
)
PLAIN_READING = (
    "Each card sets a new sample, as the reconstruction, against the kept sample nearest to it. "
    "Only the kept held-out samples are compared, not those trained on."
)


def show_new(sides: Sequence[Side], palette: Palette) -> None:
    """Samples drawn at random, each beside the kept one nearest to it."""
    seed = choose_seed("Seed", "Another seed draws other samples.", key="generate-seed")
    st.caption(READING if sides[0].samples.kind == "image" else PLAIN_READING)
    for side in each(sides):
        _show_new(side, seed, palette)


def _show_new(side: Side, seed: int, palette: Palette) -> None:
    makers = _priors(side)
    chosen = st.segmented_control(
        "Drawn from",
        list(makers),
        default=next(iter(makers)),
        required=True,
        key=f"generate-prior-{side.run.run_id}",
        help="Where new codes come from: the prior of the training, or the kept codes.",
    )
    fit = makers[chosen]
    try:
        prior = _fitted(side.run.run_id, side.decode.label, chosen, fit, side.code())
    except LatentError as error:
        session.show_error(error)
        return
    st.caption(f"**{prior.title}.** {prior.reading}")
    show_quality(side, prior, fit, seed)
    made = side.decode(prior.sample(DRAWN, seed))
    key = f"generate-new-{side.run.run_id}"
    beside = beside_nearest(side.samples, made)
    show_gallery(beside, range(DRAWN), palette, key=key)
    show_downloads(beside, np.arange(DRAWN), palette, "new-samples", key)


def _priors(side: Side) -> dict[str, sampling.Fit]:
    """Title -> what makes the distribution that codes were drawn towards, or one of kept codes."""
    tree, width = side.run.experiment.tree, side.samples.code.shape[1]
    size = tree.entry_size
    if size and width % size == 0:
        return {
            "Chain of entries": partial(_of_entries, discrete_sampling.markov_chain, size),
            "Entries by position": partial(_of_entries, discrete_sampling.independent, size),
        }
    mixture: dict[str, sampling.Fit] = {"Fitted mixture": sampling.gaussian_mixture}
    if tree.bottleneck.has_prior:
        scale = tree.bottleneck.prior_scale(tree.model.bottleneck)
        return {"Prior": lambda code: sampling.normal(width, scale), **mixture}
    return {**mixture, "Kept codes": sampling.aggregated_posterior}


@st.cache_resource(show_spinner="Fitting the codes", max_entries=16)
def _fitted(
    run_id: str, label: int | None, title: str, _fit: sampling.Fit, _code: np.ndarray
) -> sampling.Prior:
    return _fit(_code)


def _of_entries(
    fit: Callable[[np.ndarray, np.ndarray], sampling.Prior], size: int, code: np.ndarray
) -> sampling.Prior:
    """Entries that codes (n, k) use, position by position."""
    entries, choices = np.unique(code.reshape(-1, size), axis=0, return_inverse=True)
    return fit(choices.reshape(len(code), -1), entries)
