"""Is a t-SNE map computed in the background, stopped, kept, and drawn again from other seeds?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import StoredMap
from aecore.runs import RunStore
from aecore.runs.maps import keep_map, kept_maps
from tests.app.conftest import OpenTab, look_until
from tests.app.latent_page import (
    choose,
    few,
    open_page,
    reading,
    traces,
    wait_for_map,
)
from tests.app.trained import Trained


def test_few_samples_have_no_neighbours_to_keep(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Three samples: PCA shows them, t-SNE says why not, and offers nothing to press."""
    few(trained["digits"], tmp_path / "few", 3).add_to(store)
    tab = open_page(open_tab)
    assert traces(tab)
    colours = next(c for c in tab.selectbox if c.label == "Colour").options
    assert "Reliability of the map" not in colours

    choose(tab, "Map", "tsne")

    assert "too few" in tab.info[0].value
    assert "start-tsne" not in [button.key for button in tab.button]


def test_perplexity_cannot_exceed_what_the_samples_allow(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """31 samples: up to 10."""
    few(trained["digits"], tmp_path / "few", 31).add_to(store)

    tab = choose(open_page(open_tab), "Map", "tsne")

    perplexity = next(slider for slider in tab.slider if slider.label == "Perplexity")
    assert (perplexity.max, perplexity.value) == (10, 10)


def start_button(tab: AppTest) -> Any:
    """The button that computes a map."""
    return tab.get_by_key("start-tsne")


def test_tsne_is_computed_in_the_background_and_kept(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """Begun by being chosen, shown when done, there again in another tab; stopped, it is kept."""
    tab = choose(open_page(open_tab), "Map", "tsne")
    assert start_button(tab).disabled
    wait_for_map(tab)
    assert sum(len(trace["customdata"]["bdata"]) > 0 for trace in traces(tab)) == 10
    assert "Distances between clusters" in reading(tab)

    other = choose(open_page(open_tab), "Map", "tsne")
    assert traces(other) == traces(tab)

    tab.session_state["map-honesty"] = True
    tab.run().get_by_key("start-stability").click().run()
    look_until(tab, lambda tab: "Neighbours in common" in [metric.label for metric in tab.metric])
    assert "3 maps from as many seeds" in reading(tab)

    iterations = next(slider for slider in other.slider if slider.label == "Iterations")
    iterations.set_value(2000).run()
    assert "made with perplexity 30, 500 iterations, seed 0" in reading(other)
    start_button(other).click().run()
    other.get_by_key("stop-tsne").click().run()
    wait_for_map(other)
    assert "of 2,000 iterations" in reading(other)
    assert not start_button(other).disabled


def made(rows: int, seed: int, iterations: int = 400, planned: int = 400) -> StoredMap:
    """A map as a worker leaves it."""
    settings = MapSettings("tsne", 2, planned, seed, (("perplexity", 20),))
    points = np.random.default_rng(seed).normal(size=(rows, 2)).astype(np.float32)
    return StoredMap(settings, points, iterations, divergence=1.5)


def test_maps_of_before_are_shown_and_chosen_from(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A server that never drew them shows the newest, and offers the others of the run."""
    run_id, rows = trained["digits"].add_to(store), len(trained["digits"].samples.code)
    for each in (made(rows, 3), made(rows, 5, iterations=120), made(rows, 4), made(rows - 1, 6)):
        keep_map(store, run_id, each)
    store.path(run_id, kept_maps(store, run_id)[-1].name).write_bytes(b"damaged")

    tab = choose(open_page(open_tab), "Map", "tsne")

    assert "made with perplexity 20, 400 iterations, seed 4" in reading(tab)
    assert "divergence from the codes is 1.50" in reading(tab)
    newest, maps = (
        traces(tab),
        next(s for s in tab.selectbox if s.label == "t-SNE maps of this run"),
    )
    assert maps.options == [
        "perplexity 20, 400 iterations, seed 4",
        "perplexity 20, 400 iterations, seed 5, stopped after 120 of 400 iterations",
    ]
    maps.set_value(kept_maps(store, run_id)[2].name).run()
    assert not tab.exception
    assert "Stopped after 120 of 400 iterations" in reading(tab)
    assert traces(tab) != newest

    next(slider for slider in tab.slider if slider.label == "Iterations").set_value(400)
    next(slider for slider in tab.slider if slider.label == "Perplexity").set_value(20)
    next(box for box in tab.number_input if box.label == "Seed").set_value(4).run()
    assert traces(tab) == newest
    assert "This map was made with" not in reading(tab)
    assert start_button(tab).disabled


def test_a_map_of_before_gives_places_to_new_samples(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """t-SNE is a choice under "Try your own" as soon as the run keeps a whole map in the plane."""
    run_id, rows = trained["digits"].add_to(store), len(trained["digits"].samples.code)
    keep_map(store, run_id, made(rows, 4))
    keep_map(store, run_id, made(rows, 5, iterations=120))
    tab = open_tab().switch_page("pages/reconstructions.py").run()
    choose(tab, "Show", "Try your own")

    choose(tab, "Map", "tsne")

    assert "t-SNE with perplexity 20, 400 iterations, seed 4" in reading(tab)
    assert tab.get("echarts_chart")
