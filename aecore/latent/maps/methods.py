"""`METHODS`: maps that are drawn step by step, in a job, and what can be set for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import util

import numpy as np

from aecore.latent.maps.available import (
    LEAST_ROWS_FOR_TSNE,
    LEAST_ROWS_FOR_UMAP,
    MIN_NEIGHBOURS,
    MIN_PERPLEXITY,
    largest_neighbourhood,
    largest_perplexity,
)
from aecore.latent.maps.placing import known_map, place
from aecore.latent.maps.projection import Projection, tsne
from aecore.latent.maps.umap import ITERATIONS, MAX_MIN_DIST, umap

Placing = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class MapOption:
    """A number that a map is drawn with, whole if `usual` is.

    Attributes:
        name: as the method's `draw` has it.
        title: as on screen.
        help: one line in plain words.
        least, usual: its lower bound, and what it is at first, if the upper one allows that.
        most: (number of samples) -> its upper bound.
        step: from one value to the next.
        by_samples: whether its upper bound depends on how many samples there are.
    """

    name: str
    title: str
    help: str
    least: float
    usual: float
    most: Callable[[int], float]
    step: float = 1
    by_samples: bool = False


@dataclass(frozen=True)
class Method:
    """A way to arrange codes (n, k) in the plane or in space that takes a while.

    Attributes:
        name: as jobs and controls have it.
        title: as people have it.
        summary: what it does, as half a sentence.
        reading: how its maps are to be read.
        draw: called with codes, settings by name (`dimensions`, `iterations`, `seed` and its
            options), `on_progress` and `should_stop`.
        options: what can be set; `iterations` may be among them.
        words: its settings as text, to be filled in by name.
        least_rows: how many samples it needs.
        iterations: steps that move the points, where they are no option.
        package: a module that must be installed for it, where that is optional.
        first: a sentence on the first map that is drawn; may be empty.
        placing: (points of a finished map, its codes) -> what gives further codes (m, k) their
            places on it, (m, 2); None where a map takes no further samples.
        placed: how such a place is to be read; empty without `placing`.
    """

    name: str
    title: str
    summary: str
    reading: str
    draw: Callable[..., Projection]
    options: tuple[MapOption, ...]
    words: str
    least_rows: int
    iterations: int = 0
    package: str = ""
    first: str = ""
    placing: Callable[[np.ndarray, np.ndarray], Placing] | None = None
    placed: str = ""

    def is_installed(self) -> bool:
        """Whether it can be drawn here; nothing is imported to find out."""
        return not self.package or util.find_spec(self.package) is not None


REACH = (
    "About how many neighbours each sample keeps close: few show fine detail, many the large "
    "picture."
)

METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method(
            name="tsne",
            title="t-SNE",
            summary="keeps neighbours together",
            reading="Samples that lie together have similar codes. Distances between clusters and "
            "the sizes of clusters mean nothing in t-SNE, nor do its axes.",
            draw=tsne,
            options=(
                MapOption(
                    "iterations",
                    "Iterations",
                    "Steps that move the points; more let the clusters settle.",
                    least=250,
                    usual=500,
                    most=lambda rows: 2000,
                    step=50,
                ),
                MapOption(
                    "perplexity",
                    "Perplexity",
                    REACH,
                    least=MIN_PERPLEXITY,
                    usual=30,
                    most=largest_perplexity,
                    by_samples=True,
                ),
            ),
            words="perplexity {perplexity}, {iterations} iterations",
            least_rows=LEAST_ROWS_FOR_TSNE,
            placing=lambda points, code: partial(place, known_map(points, code)),
            placed="A new sample's place is found by its neighbours among the map's samples "
            "(openTSNE), and those stay where they are. One that is like none of them still gets a "
            "place, so look at the distance to the nearest.",
        ),
        Method(
            name="umap",
            title="UMAP",
            summary="does so too and packs clusters closer",
            reading="Samples that lie together have similar codes. Distances between clusters and "
            "the sizes of clusters mean little in UMAP, and its axes nothing.",
            draw=umap,
            options=(
                MapOption(
                    "neighbours",
                    "Neighbours",
                    REACH,
                    least=MIN_NEIGHBOURS,
                    usual=15,
                    most=largest_neighbourhood,
                    by_samples=True,
                ),
                MapOption(
                    "min_dist",
                    "Minimum distance",
                    "How near to each other points may lie in the map: small values pack clusters, "
                    "large ones spread them out.",
                    least=0.0,
                    usual=0.1,
                    most=lambda rows: MAX_MIN_DIST,
                    step=0.01,
                ),
            ),
            words="{neighbours} neighbours, minimum distance {min_dist:g}",
            least_rows=LEAST_ROWS_FOR_UMAP,
            iterations=ITERATIONS,
            package="umap",
            first="The first one takes some ten seconds more, while UMAP is compiled.",
        ),
    )
}
