"""Does the Features page show how robust a run is, beside PCA and beside other runs?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.robustness.levels import Level
from aecore.evaluation.robustness.measuring import MeasuredRobustness
from aecore.runs import RunStore, kept_robustness
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

PAGE, SECTION = "pages/features.py", "How robust is it?"


def near(value: float) -> Estimate:
    """A figure that is known to a hundredth."""
    return Estimate(value, value - 0.01, value + 0.01)


def level(strength: float, slope: float) -> Level:
    """A run whose error grows with the strength, and PCA's twice as fast."""
    error = {"code": near(0.1 + slope * strength), "pca": near(0.1 + 2 * slope * strength)}
    told = {"code": near(0.9 - slope * strength), "pca": near(0.8 - slope * strength)}
    ahead = near(slope * strength) if strength else Estimate(0.0, -0.01, 0.01)
    return Level(strength, error, ahead, told, near(0.1))


def measured(slope: float = 0.1) -> MeasuredRobustness:
    """What a worker keeps."""
    strengths = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
    levels = tuple(level(strength, slope) for strength in strengths)
    curves = {"added-noise": levels, "rotation": levels}
    return MeasuredRobustness(359, "validation", 8, "Label", "classes", curves, ("A note.",))


def open_section(open_tab: OpenTab) -> AppTest:
    """The section in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
    tab.get_by_key("features-section").set_value(SECTION).run()
    assert not tab.exception
    return tab


def texts(tab: AppTest) -> str:
    """All that is written on the page, without signs that keep it plain."""
    shown = [*tab.markdown, *tab.caption, *tab.info, *tab.warning, *tab.error]
    return " ".join(text.value for text in shown).replace("\\", "")


def test_a_chart_a_sentence_and_two_measures(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """By error and by probe, of each disturbance; what is wanted of a moved picture is said."""
    run_id = trained["digits"].add_to(store)
    kept_robustness.keep(store, run_id, measured())
    tab = open_section(open_tab)
    said = texts(tab)
    assert "the error goes from 0.1 to 0.6 (6.0 times)" in said
    assert "that of PCA from 0.1 to 1.1 (11.0 times); there the autoencoder does better" in said
    assert "359 rows (validation)" in said and "A note." in said
    assert "against the clean sample" in said
    assert len(tab.get("image")) == 1
    tab.get_by_key("robustness-measure").set_value("told").run()
    assert "the accuracy of a probe goes from 0.90 to 0.40" in texts(tab)
    assert "The probe is linear" in texts(tab)
    tab.get_by_key("robustness-disturbance-classes").set_value("rotation")
    tab.get_by_key("robustness-measure").set_value("error").run()
    assert not tab.exception
    assert "against the sample as it was seen" in texts(tab)


def test_further_runs_stand_in_the_same_chart(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Of the same data alone; one that was not measured has a button of its own."""
    other = trained["digits"].add_to(store, "denoiser")
    bare = trained["digits"].add_to(store, "bare")
    trained["breast-cancer"].add_to(store, "table")
    run_id = trained["digits"].add_to(store, "plain")
    kept_robustness.keep(store, run_id, measured())
    kept_robustness.keep(store, other, measured(slope=0.01))
    tab = open_section(open_tab)
    beside = tab.get_by_key(f"robustness-beside-{run_id}")
    assert len(beside.options) == 2
    beside.set_value([other, bare]).run()
    assert not tab.exception
    assert 'Of these 2 runs "denoiser" stands it best.' in texts(tab)
    assert len(tab.get("image")) == 1
    assert tab.get_by_key(f"start-robustness-{bare}").label == "Measure robustness"
    assert not any(button.key == f"start-robustness-{other}" for button in tab.button)


def test_without_labels_there_is_no_choice_of_a_probe(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """The error alone is shown."""
    run_id = trained["digits"].add_to(store)
    kept_robustness.keep(store, run_id, replace(measured(), target=""))
    tab = open_section(open_tab)
    assert len(tab.get("image")) == 1
    assert all(group.key != "robustness-measure" for group in tab.get("button_group"))


def test_texts_and_damage_are_told(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Each in a sentence that says what to do."""
    run_id = trained["digits"].add_to(store)
    kept_robustness.keep(store, run_id, measured())
    store.path(run_id, kept_robustness.file_name()).write_text("{")
    assert "Measure it again" in texts(open_section(open_tab))
    trained["breast-cancer"].changed(tmp_path / "texts", kind="text").add_to(store)
    assert "Texts have no disturbance that could be measured" in texts(open_section(open_tab))


def test_the_worker_measures_and_other_data_are_disturbed(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """A click, a while, and the chart; the same of other rows, which keep a file of their own."""
    tab = open_section(open_tab)
    tab.get_by_key("start-robustness").click().run()
    look_until(tab, lambda tab: len(tab.get("image")) == 1)
    assert "Noise, 2 times the spread of a value: the error goes from" in texts(tab)
    [run] = [each for each in engine_store.summaries() if each.ended][:1]
    look_until(tab, lambda tab: not any(b.key == "stop-robustness" for b in tab.button))
    tab.get_by_key(f"robustness-source-{run.run_id}").set_value("digits").run()
    assert not tab.get("image")
    tab.get_by_key("start-robustness").click().run()
    look_until(tab, lambda tab: len(tab.get("image")) == 1)
    assert "1,797 rows (" in texts(tab)
