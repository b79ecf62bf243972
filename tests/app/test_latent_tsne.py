"""Is a t-SNE map computed in the background, stopped, kept, and drawn again from other seeds?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
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
    """Started by a click, shown when done, there again in another tab, stopped with what it has."""
    tab = choose(open_page(open_tab), "Map", "tsne")
    assert not tab.get("plotly_chart")

    start_button(tab).click().run()
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
