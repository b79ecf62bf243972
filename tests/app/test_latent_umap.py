"""Is a UMAP map offered where it can be drawn, computed in the background, and shown?"""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.latent_page import choose, few, open_page, reading, traces, wait_for_map
from tests.app.trained import Trained


def test_umap_is_not_offered_where_it_is_not_installed(
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other maps are, and a line says how to get it."""
    find = importlib.util.find_spec

    def find_all_else(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "umap" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find_all_else)
    trained["digits"].add_to(store)

    tab = open_page(open_tab)

    maps = next(control for control in tab.segmented_control if control.label == "Map")
    assert maps.options == ["PCA", "t-SNE", "Axes"]
    assert "`make umap` adds it" in maps.help


def test_neighbours_cannot_exceed_what_the_samples_allow(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Twelve samples: up to 11; the installation says nothing of how to get what it has."""
    few(trained["digits"], tmp_path / "few", 12).add_to(store)

    tab = choose(open_page(open_tab), "Map", "umap")

    neighbours = next(slider for slider in tab.slider if slider.label == "Neighbours")
    assert (neighbours.min, neighbours.max, neighbours.value) == (2, 11, 11)
    assert "make umap" not in reading(tab)


@pytest.mark.usefixtures("engine_store")
def test_umap_is_computed_in_the_background_and_judged(open_tab: OpenTab) -> None:
    """Started by a click with what the controls say, shown when done, with honest figures."""
    tab = choose(open_page(open_tab), "Map", "umap")
    assert not tab.get("plotly_chart")

    next(slider for slider in tab.slider if slider.label == "Minimum distance").set_value(0.5)
    tab.run().get_by_key("start-umap").click().run()
    wait_for_map(tab)

    assert sum(len(trace["customdata"]["bdata"]) > 0 for trace in traces(tab)) == 10
    assert "mean little in UMAP" in reading(tab)
    tab.session_state["map-honesty"] = True
    tab.run()
    assert {"Trustworthiness", "Continuity"} <= {metric.label for metric in tab.metric}
    assert "The same UMAP is drawn 2 times more" in reading(tab)
    next(slider for slider in tab.slider if slider.label == "Neighbours").set_value(5).run()
    assert "made with 15 neighbours, minimum distance 0.5, seed 0" in reading(tab)


@pytest.mark.usefixtures("engine_store")
def test_every_control_of_umap_changes_the_map(open_tab: OpenTab) -> None:
    """Neighbours, minimum distance and seed each give another arrangement."""
    tab = choose(open_page(open_tab), "Map", "umap")
    seen = []
    for title, value in (("Neighbours", 4), ("Minimum distance", 0.9), ("Seed", 5)):
        controls = [*tab.slider, *tab.number_input]
        next(control for control in controls if control.label == title).set_value(value).run()
        tab.get_by_key("start-umap").click().run()
        seen.append([trace["x"]["bdata"] for trace in traces(wait_for_map(tab))])
        assert "This map was made with" not in reading(tab)

    assert seen[0] != seen[1] != seen[2] != seen[0]
