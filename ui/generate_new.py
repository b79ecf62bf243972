"""What comes out for codes that no sample has, and is it new?"""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.errors import LatentError
from aecore.evaluation.samples import Samples
from aecore.latent import discrete_sampling, sampling
from aecore.models.bottlenecks import BOTTLENECKS
from ui import session
from ui.gallery import show_gallery
from ui.generate_decoding import Decoder, beside_nearest
from ui.theme import Palette

DRAWN = 24
LARGEST_SEED = 9999
READING = (
    "Each card: the kept sample nearest to it, then the new sample, then their difference. A "
    "difference near nothing is a copy. Only the kept held-out samples are compared, not those "
    "trained on, so a copy of a training sample can go unseen."
)
PLAIN_READING = (
    "Each card sets a new sample, as the reconstruction, against the kept sample nearest to it. "
    "Only the kept held-out samples are compared, not those trained on."
)


def show_new(decode: Decoder, samples: Samples, palette: Palette) -> None:
    """Samples drawn at random, each beside the kept one nearest to it."""
    seed = st.number_input(
        "Seed", 0, LARGEST_SEED, 0, help="Another seed draws other samples.", key="generate-seed"
    )
    try:
        prior = _prior(decode, samples)
    except LatentError as error:
        session.show_error(error)
        return
    st.caption(f"**{prior.title}.** {prior.reading}")
    st.caption(READING if samples.kind == "image" else PLAIN_READING)
    made = decode(prior.sample(DRAWN, int(seed)))
    show_gallery(beside_nearest(samples, made), range(DRAWN), palette, key="generate-new")


def _prior(decode: Decoder, samples: Samples) -> sampling.Prior:
    """The distribution that codes were drawn towards, or one fitted to the kept codes."""
    settings = decode.run.experiment.get("model", {}).get("bottleneck", {})
    kind, width = settings.get("kind", "plain"), samples.code.shape[1]
    if kind in BOTTLENECKS and BOTTLENECKS[kind].has_prior:
        return sampling.normal(width, float(settings.get("prior_scale", 1.0)))
    code = samples.code
    if decode.label is not None and samples.label is not None:
        code = code[samples.label == decode.label]
    if kind == "vector-quantized":
        return _of_entries(code, int(settings["vector_size"]))
    return _mixture(decode.run.run_id, decode.label, code)


@st.cache_resource(show_spinner="Fitting the codes", max_entries=16)
def _mixture(run_id: str, label: int | None, _code: np.ndarray) -> sampling.Prior:
    return sampling.gaussian_mixture(_code)


def _of_entries(code: np.ndarray, size: int) -> sampling.Prior:
    """Entries that the kept codes use, position by position."""
    entries, choices = np.unique(code.reshape(-1, size), axis=0, return_inverse=True)
    return discrete_sampling.markov_chain(choices.reshape(len(code), -1), entries)
