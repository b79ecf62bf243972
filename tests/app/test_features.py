"""Does the Features page tell what codes are good for, and give them away as files?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.features.measuring import MeasuredFeatures
from aecore.evaluation.features.scores import CHANCE, LINEAR, NEAREST, LabelCurve, SideScore
from aecore.evaluation.features.sides import CODE, PCA, RAW
from aecore.runs import RunStore, kept_features
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

PAGE = "pages/features.py"
FILES, UNITS, CLUSTERS = "Codes as a file", "What is in them?", "Clusters"


def near(value: float) -> Estimate:
    """A figure that is known to a hundredth."""
    return Estimate(value, value - 0.01, value + 0.01)


def measured() -> MeasuredFeatures:
    """What a worker keeps where PCA does better, and all values do as well."""

    def score(side: str, probe: str, value: float, gain: float | None = None) -> SideScore:
        figures = {"accuracy": near(value), "macro_f1": near(value)}
        return SideScore(side, probe, figures, None if gain is None else near(gain))

    scores = (
        score(CODE, LINEAR, 0.8),
        score(PCA, LINEAR, 0.9, -0.1),
        score(RAW, LINEAR, 0.8, 0.0),
        score(CODE, NEAREST, 0.7),
        score(RAW, NEAREST, 0.6, 0.1),
        score(CHANCE, CHANCE, 0.1),
    )
    curve = LabelCurve((10, 50), {CODE: ((0.4, 0.3, 0.5), (0.6, 0.5, 0.7)), RAW: ((0.2,) * 3,) * 2})
    return MeasuredFeatures(
        "Label", "classes", 32, 64, 1438, 359, "validation", scores, curve, ("A note.",)
    )


def open_page(open_tab: OpenTab, section: str = "") -> AppTest:
    """A section of the page in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
    if section:
        tab.get_by_key("features-section").set_value(section).run()
    assert not tab.exception
    return tab


def texts(tab: AppTest) -> str:
    """All that is written on the page, without signs that keep it plain."""
    shown = [*tab.markdown, *tab.caption, *tab.info, *tab.warning, *tab.subheader, *tab.error]
    return " ".join(text.value for text in shown).replace("\\", "")


def has(tab: AppTest, key: str) -> bool:
    """Whether there is a button with this key."""
    return any(button.key == key for button in tab.button)


def test_without_runs_it_says_where_to_get_one(open_tab: OpenTab, store: RunStore) -> None:
    """As every page that looks at a run."""
    assert "There is no run to look at yet" in texts(open_page(open_tab))


def test_the_verdict_stands_above_its_figures(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """In words where PCA does better; the figures with intervals, and few labels."""
    run_id = trained["digits"].add_to(store)
    kept_features.keep(store, run_id, measured(), "Label")
    tab = open_page(open_tab)
    said = texts(tab)
    assert "PCA with as many numbers does better (90%, by 10 points)" in said
    assert "All 64 values of a sample do as well" in said
    assert "Neighbours in the code can be trusted more than in all values" in said
    assert "With 10 labelled rows, codes reach 40% and all values 20%." in said
    assert "A note." in said
    assert len(tab.get("image")) == 2
    table = tab.dataframe[0].value
    assert table["accuracy"][0] == "0.800 (0.79 to 0.81)"
    assert tab.get_by_key("start-features").label == "Probe again"


def test_data_without_anything_to_tell_is_said_to_be(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """And what to do about it; no job is offered."""
    trained["digits"].changed(tmp_path / "bare", label=None, factors={}).add_to(store)
    tab = open_page(open_tab)
    assert "no labels, and no numbers beside its values" in texts(tab)
    assert not has(tab, "start-features")


def test_other_numbers_can_be_told(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """What was measured of one is not what was measured of another."""
    rows = len(trained["digits"].samples.error)
    other = {"weight": np.arange(rows, dtype=float)}
    run_id = trained["digits"].changed(tmp_path / "more", factors=other).add_to(store)
    kept_features.keep(store, run_id, measured(), "Label")
    tab = open_page(open_tab)
    assert len(tab.get("image")) == 2
    tab.get_by_key(f"features-target-{run_id}").set_value("weight").run()
    assert not tab.exception
    assert not tab.get("image")
    assert tab.get_by_key("start-features").label == "Probe the codes"


def test_what_is_damaged_is_told(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """In a sentence, and it can be measured again."""
    run_id = trained["digits"].add_to(store)
    kept_features.keep(store, run_id, measured(), "Label")
    store.path(run_id, kept_features.file_name("Label")).write_text("{")
    tab = open_page(open_tab)
    assert "Measure it again" in texts(tab)
    assert has(tab, "start-features")


def test_a_run_is_probed_by_the_worker(open_tab: OpenTab, engine_store: RunStore) -> None:
    """A click, a while, and the verdict."""
    tab = open_page(open_tab)
    tab.get_by_key("start-features").click().run()
    look_until(tab, lambda tab: len(tab.get("image")) == 2)
    assert "names the class of" in texts(tab)


@pytest.mark.parametrize("name", ["csv", "npy"])
def test_codes_become_a_file(open_tab: OpenTab, engine_store: RunStore, name: str) -> None:
    """A click, a while, and a button that downloads it, in each format."""
    tab = open_page(open_tab, FILES)
    tab.get_by_key("features-format").set_value(name).run()
    tab.get_by_key("start-encoding").click().run()
    look_until(tab, lambda tab: bool(tab.get("download_button")))
    assert "1,797 rows with codes of 8 numbers, with label." in texts(tab)


def test_numbers_of_a_code_are_leafed_through(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained]
) -> None:
    """What each goes with, its spread, what it moves, and the samples at its ends."""
    tab = open_page(open_tab, UNITS)
    said = texts(tab)
    assert said.count("goes with Label (") == 6
    assert said.count("of the variance of the code") == 6
    assert said.count("Highest: ") == said.count("Lowest: ") == 6
    assert said.count("Decoded from low to high") == 6
    # Spread, moves, highest and lowest.
    assert len(tab.get("image")) == 4 * 6
    [toggle] = tab.toggle
    toggle.set_value(True).run()
    assert not tab.exception
    assert len(tab.get("image")) == 4 * 6 + 2


def test_numbers_of_a_table_say_what_they_change(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """By columns; one that never moves, and one that is a copy, are named above."""
    run = trained["breast-cancer"]
    code = run.samples.code.copy()
    code[:, 1], code[:, 2] = 1.0, code[:, 0]
    run.changed(store.home.parent / "odd", code=code).add_to(store)
    tab = open_page(open_tab, UNITS)
    said = texts(tab)
    assert "numbers are dead, the same for all samples or as good as: 2" in said
    assert "1 say what another says" in said
    first = tab.dataframe[0].value
    assert len(first) == 6 and first.columns[1].startswith("code ")
    assert first.iloc[:, 1].is_monotonic_decreasing


def test_clusters_agree_with_labels(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Beside those of all values; more clusters than samples are refused in a sentence."""
    run_id = trained["digits"].add_to(store)
    tab = open_page(open_tab, CLUSTERS)
    table = tab.dataframe[0].value
    assert table["Clusters of"].tolist() == ["Codes", "All values"]
    assert float(table["ARI"][0]) > 0.1
    assert len(tab.get("image")) == 10
    tab.get_by_key(f"features-clusters-{run_id}").set_value(3).run()
    assert len(tab.get("image")) == 3


def test_few_samples_make_few_clusters(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Without labels there is no agreement, and that is said."""
    kept = trained["digits"].samples.of(np.arange(4))
    parts = {name: getattr(kept, name) for name in vars(kept)}
    run_id = trained["digits"].changed(tmp_path / "few", **{**parts, "label": None}).add_to(store)
    tab = open_page(open_tab, CLUSTERS)
    assert "4 samples cannot make 8 clusters. Ask for at most 4." in texts(tab).replace("**", "")
    tab.get_by_key(f"features-clusters-{run_id}").set_value(2).run()
    assert "nothing to compare the clusters with" in texts(tab)
    assert len(tab.get("image")) == 2
