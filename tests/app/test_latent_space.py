"""Does the Latent space page map the codes, say how to read the map, and say when there is none?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore.latent.finding import find
from aecore.latent.maps.projection import pca
from aecore.latent.maps.quality import assess
from aecore.latent.neighbours import compare
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.latent_page import choose, colour_by, labels, open_page, reading, traces
from tests.app.trained import Trained
from ui.base.text import rounded


def test_without_runs_the_page_says_where_to_get_one(open_tab: OpenTab, store: RunStore) -> None:
    """It explains and draws no map."""
    tab = open_page(open_tab)

    assert "There is no run to look at yet" in tab.info[0].value
    assert not tab.get("plotly_chart")


def test_pca_is_drawn_at_once_with_its_explained_variance(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """One trace a class, every sample once, and the share of variance that the map shows."""
    trained["digits"].add_to(store)

    tab = open_page(open_tab)

    samples = trained["digits"].samples
    found = traces(tab)
    assert [trace["name"] for trace in found] == list("0123456789")
    assert {trace["type"] for trace in found} == {"scattergl"}
    share = sum(pca(samples.code, 2).explained)
    assert f"carry {share:.0%} of its variance" in reading(tab)


def test_three_dimensions_and_errors_can_be_chosen(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """In space, with one trace coloured by error."""
    trained["digits"].add_to(store)
    tab = open_page(open_tab)

    (trace,) = traces(colour_by(choose(tab, "Dimensions", 3), "error"))

    assert trace["type"] == "scatter3d"
    assert "colorbar" in trace["marker"]


def test_any_two_numbers_of_the_code_can_be_axes(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """The axes are named after them."""
    trained["digits"].add_to(store)
    tab = choose(open_page(open_tab), "Map", "axes")

    tab.number_input[0].set_value(5).run()

    layout = json.loads(tab.get("plotly_chart")[0].proto.spec)["layout"]
    assert layout["xaxis"]["title"]["text"] == "Code 5"
    assert layout["yaxis"]["title"]["text"] == "Code 2"


def test_a_code_of_one_number_is_drawn_against_the_error(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """No choice that would make no sense is offered."""
    code = trained["digits"].samples.code[:, :1]
    trained["digits"].changed(tmp_path / "one", code=code).add_to(store)

    tab = open_page(open_tab)

    assert labels(tab) == []
    assert "single number" in reading(tab)
    assert len(traces(tab)) == 10


def test_a_code_of_two_numbers_offers_no_third_dimension(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Its own axes show all there is, so they come first."""
    code = trained["digits"].samples.code[:, :2]
    trained["digits"].changed(tmp_path / "two", code=code).add_to(store)

    tab = open_page(open_tab)

    dimensions = next(c for c in tab.segmented_control if c.label == "Dimensions")
    assert len(dimensions.options) == 1
    assert "just as the decoder receives it" in reading(tab)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda code: np.ones_like(code), "gives every sample the same code"),
        (lambda code: np.full_like(code, np.nan), "not finite numbers"),
    ],
)
def test_codes_that_cannot_be_mapped_are_explained(
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    tmp_path: Path,
    spoil: Any,
    words: str,
) -> None:
    """Instead of a map or a traceback there is a sentence."""
    code = spoil(trained["digits"].samples.code)
    trained["digits"].changed(tmp_path / "spoilt", code=code).add_to(store)

    tab = open_page(open_tab)

    assert words in tab.info[0].value
    assert not tab.get("plotly_chart")


def test_without_labels_colours_show_the_error(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """There is no class that nobody named; numbers of the code are offered too."""
    trained["digits"].changed(tmp_path / "bare", label=None, class_names=()).add_to(store)

    tab = open_page(open_tab)

    assert "colorbar" in traces(tab)[0]["marker"]
    offered = next(c for c in tab.selectbox if c.label == "Colour").options
    assert offered[:2] == ["Error", "Code 1"]


def test_a_column_of_a_table_gives_colours_in_its_own_units(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """As does how far the map can be relied on, from 0 to 1."""
    trained["breast-cancer"].add_to(store)
    samples = trained["breast-cancer"].samples
    tab = colour_by(open_page(open_tab), "column:0")

    bar = traces(tab)[0]["marker"]
    assert bar["colorbar"]["title"]["text"] == samples.feature_names[0]
    raw = samples.raw(samples.original)[:, 0]
    assert (bar["cmin"], bar["cmax"]) == pytest.approx(tuple(np.quantile(raw, (0.01, 0.99))))

    bar = traces(colour_by(tab, "reliability"))[0]["marker"]
    assert (bar["cmin"], bar["cmax"]) == (0, 1)
    assert "Reliability is 1 where" in reading(tab)


def test_a_found_sample_is_shown_among_its_neighbours(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """By its row; those that code and map agree on are counted and marked."""
    trained["digits"].add_to(store)
    samples = trained["digits"].samples
    position = next(i for i, row in enumerate(samples.index) if row > 9)
    tab = open_page(open_tab)

    tab.text_input[0].set_value(str(samples.index[position])).run()

    expected = compare(samples.code, pca(samples.code, 2).points, position, "euclidean", 8)
    assert f"Neighbours of row {samples.index[position]:,}" in [h.value for h in tab.header]
    counted = f"**{len(expected.shared)} of 8** neighbours in the code"
    assert any(counted in element.value for element in tab.markdown)
    badges = [element for element in tab.markdown if "in both" in element.value]
    assert len(badges) == 2 * len(expected.shared)

    metric = next(c for c in tab.segmented_control if c.label == "Distance in the code")
    metric.set_value("cosine").run()
    expected = compare(samples.code, pca(samples.code, 2).points, position, "cosine", 8)
    nearest = f"at a distance of {rounded(float(expected.in_code.distance[0]))}"
    assert nearest in reading(tab)

    tab.text_input[0].set_value("3").run()
    matches = find(samples, "3")
    match = next(field for field in tab.number_input if field.label.startswith("Match"))
    match.set_value(len(matches)).run()
    assert f"Neighbours of row {samples.index[matches[-1]]:,}" in [h.value for h in tab.header]

    tab.text_input[0].set_value("no such thing").run()
    assert "Nothing here is called no such thing" in reading(tab)
    assert not tab.header


def test_selected_samples_are_compared_with_all(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Figures, a file and pictures, until nothing is selected; other colours keep the selection."""
    run_id = trained["digits"].add_to(store)
    error = trained["digits"].samples.error
    tab = open_page(open_tab)

    tab.session_state[f"latent-map-selected-{run_id}"] = [3, 5, 8]
    colour_by(tab, "code:0")

    values = {metric.label: metric.value for metric in tab.metric}
    assert "3 selected" in [heading.value for heading in tab.header]
    assert float(values["Mean error (MSE)"]) == pytest.approx(error[[3, 5, 8]].mean(), rel=0.01)
    assert "Download as CSV" in [button.label for button in tab.get("download_button")]
    assert traces(tab)[0]["selectedpoints"] is not None

    next(button for button in tab.button if button.label == "Select nothing").click().run()
    assert not tab.metric
    assert "selectedpoints" not in traces(tab)[0]


def test_the_map_says_how_far_it_can_be_trusted(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Once asked: each figure with PCA and chance beside it, and what it was measured on."""
    trained["digits"].add_to(store)
    samples = trained["digits"].samples
    tab = open_page(open_tab)
    assert not tab.metric

    tab.session_state["map-honesty"] = True
    choose(tab, "Map", "axes")

    values = {metric.label: metric.value for metric in tab.metric}
    own = assess(samples.code, samples.code[:, :2])
    assert float(values["Trustworthiness"]) == pytest.approx(own.trustworthiness, rel=0.01)
    correlation = float(values["Rank correlation of distances"])
    assert correlation == pytest.approx(own.distance_correlation, abs=0.01)
    by_pca = assess(samples.code, pca(samples.code, 2).points).continuity
    beside = re.findall(r"PCA in 2-D ([\d.]+)", " ".join(text.value for text in tab.markdown))
    assert any(float(figure) == pytest.approx(by_pca, rel=0.01) for figure in beside)
    assert f"k = {own.k} neighbours" in reading(tab)
    assert "has no seed" in reading(tab)
