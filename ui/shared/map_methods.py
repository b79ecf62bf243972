"""Settings of a map that takes a job, and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aecore.latent.maps.available import (
    MIN_NEIGHBOURS,
    MIN_PERPLEXITY,
    largest_neighbourhood,
    largest_perplexity,
)
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.umap import ITERATIONS, MAX_MIN_DIST
from ui.base.text import count

DEFAULT_PERPLEXITY = 30
FEWEST_ITERATIONS, MOST_ITERATIONS, ITERATIONS_STEP = 250, 2000, 50
DEFAULT_ITERATIONS = 500
DEFAULT_NEIGHBOURS = 15
DEFAULT_MIN_DIST = 0.1

# The name of each option and its value: `iterations` and those that only one method has.
Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class OnScreen:
    """What a page says of a method of `aecore.latent.maps.methods` and asks for it.

    Attributes:
        summary: what it does, as half a sentence.
        reading: how its maps are to be read.
        choose: controls for its options, of a run's id and its number of samples.
        words: its options as text, to be filled in by name.
        first: a sentence on the first map, with a space before it; may be empty.
    """

    summary: str
    reading: str
    choose: Callable[[str, int], Options]
    words: str
    first: str = ""


def _choose_tsne(run_id: str, rows: int) -> Options:
    iterations = st.slider(
        "Iterations",
        FEWEST_ITERATIONS,
        MOST_ITERATIONS,
        DEFAULT_ITERATIONS,
        ITERATIONS_STEP,
        key="tsne-iterations",
        persist_state="session",
        help="Steps that move the points; more let the clusters settle.",
    )
    perplexity = _choose_reach(
        "Perplexity",
        (MIN_PERPLEXITY, largest_perplexity(rows), DEFAULT_PERPLEXITY),
        # The bounds are those of this run's samples, so another run must not inherit the value.
        key=f"tsne-perplexity-{run_id}",
        rows=rows,
    )
    return (("iterations", iterations), ("perplexity", perplexity))


def _choose_umap(run_id: str, rows: int) -> Options:
    neighbours = _choose_reach(
        "Neighbours",
        (MIN_NEIGHBOURS, largest_neighbourhood(rows), DEFAULT_NEIGHBOURS),
        key=f"umap-neighbours-{run_id}",
        rows=rows,
    )
    min_dist = st.slider(
        "Minimum distance",
        0.0,
        MAX_MIN_DIST,
        DEFAULT_MIN_DIST,
        0.01,
        key="umap-min-dist",
        persist_state="session",
        help="How near to each other points may lie in the map: small values pack clusters, large "
        "ones spread them out.",
    )
    return (("iterations", ITERATIONS), ("neighbours", neighbours), ("min_dist", min_dist))


def _choose_reach(title: str, bounds: tuple[int, int, int], key: str, rows: int) -> int:
    """A slider from the least to the most, at first at the usual, or a line where both are one."""
    least, most, usual = bounds
    if most == least:
        st.caption(f"{title} {most}: so few samples leave no choice.")
        return most
    chosen: int = st.slider(
        title,
        least,
        most,
        min(usual, most),
        key=key,
        persist_state="session",
        help="About how many neighbours each sample keeps close: few show fine detail, many the "
        f"large picture. {count(rows)} samples allow up to {most}.",
    )
    return chosen


ON_SCREEN: Mapping[str, OnScreen] = {
    "tsne": OnScreen(
        "keeps neighbours together",
        "Samples that lie together have similar codes. Distances between clusters and the sizes of "
        "clusters mean nothing in t-SNE, nor do its axes.",
        _choose_tsne,
        "perplexity {perplexity}, {iterations} iterations",
    ),
    "umap": OnScreen(
        "does so too and packs clusters closer",
        "Samples that lie together have similar codes. Distances between clusters and the sizes of "
        "clusters mean little in UMAP, and its axes nothing.",
        _choose_umap,
        "{neighbours} neighbours, minimum distance {min_dist:g}",
        first=" The first one takes some ten seconds more, while UMAP is compiled.",
    ),
}


def in_words(settings: MapSettings) -> str:
    """What a map was made with."""
    words = ON_SCREEN[settings.method].words.format(**settings.arguments)
    return f"{words}, seed {settings.seed}"
