"""Does the Dimensions page say how many numbers a code needs, and what can be done about it?"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.dimensions.curves import Curve, Curves
from aecore.evaluation.dimensions.intrinsic import IntrinsicDimension
from aecore.evaluation.dimensions.measuring import MeasuredDimensions
from aecore.evaluation.dimensions.probes import ProbeCurve
from aecore.runs import RunStore, kept_dimensions
from aecore.runs.kept_dimensions import Study
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

PAGE = "pages/dimensions.py"
DIMENSIONS = (1, 2, 3, 4, 5, 6, 7, 8)
NETWORK = (0.06, 0.04, 0.02, 0.0101, 0.0100, 0.0099, 0.0098, 0.0097)
PCA = tuple(2 * error for error in NETWORK)


def measured(**changed: Any) -> MeasuredDimensions:
    """What a worker keeps of an ordered code of eight, of which the first four numbers tell."""
    about = Estimate(4.0, 3.5, 4.5)
    kept: dict[str, Any] = {
        "curves": Curves(
            "validation",
            359,
            64,
            "binary_crossentropy",
            Curve(DIMENSIONS, PCA, PCA),
            (0.08, 0.4),
            0.21,
            Curve(DIMENSIONS, NETWORK, NETWORK),
        ),
        "intrinsic": IntrinsicDimension(about, ((5, about), (20, about)), about, 1438, 1438, 3),
        "probes": ProbeCurve((1, 4, 8), (0.3, 0.8, 0.9), (0.2, 0.7, 0.9), 0.95, 0.1, 359),
        "notes": ("A note of the worker.",),
    }
    return MeasuredDimensions(**{**kept, **changed})


def ordered(run: Trained, folder: Path) -> Trained:
    """A copy of a run as one whose code was ordered, with what was measured of it."""
    shutil.copytree(run.folder, folder)
    changed = run.experiment.replace({"model.penalties.ordered": True})
    (folder / "experiment.json").write_text(changed.to_json())
    measured().save(folder / kept_dimensions.MEASURED)
    return Trained(folder)


def open_page(open_tab: OpenTab) -> AppTest:
    """The page in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
    assert not tab.exception
    return tab


def texts(tab: AppTest) -> str:
    """All that is written on the page, without signs that keep it plain."""
    shown = [*tab.markdown, *tab.caption, *tab.info, *tab.success, *tab.warning, *tab.subheader]
    return " ".join(text.value for text in shown).replace("\\", "")


def has(tab: AppTest, key: str) -> bool:
    """Whether there is a widget with this key."""
    return any(button.key == key for button in tab.button)


def test_without_runs_it_offers_the_form_s_data(open_tab: OpenTab, store: RunStore) -> None:
    """One training of every length, as the form stands."""
    tab = open_page(open_tab)
    assert "every encoding dimension from 1 to 32" in texts(tab)
    assert has(tab, "train-ordered")
    assert not has(tab, "start-dimensions")


def test_a_code_without_an_order_can_be_measured_and_trained_anew(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Both are offered, and no curve is shown."""
    trained["breast-cancer"].add_to(store)
    tab = open_page(open_tab)
    assert "from 1 to 30" in texts(tab)
    assert has(tab, "train-ordered") and has(tab, "start-dimensions")
    assert not has(tab, "use-dimension")


def test_advice_charts_and_estimates_are_shown(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """With the reasons, a note of the worker, and the table behind the chart."""
    ordered(trained["digits"], tmp_path / "ordered").add_to(store)
    tab = open_page(open_tab)
    assert not has(tab, "train-ordered")
    said = texts(tab)
    assert "4 numbers" in said
    assert "about 4-dimensional (4 to 4)" in said
    assert "the network’s error is 50% below that of PCA" in said
    assert "A note of the worker." in said
    assert "3 copies were left out" in said
    assert len(tab.get("image")) == 2
    table, estimates = (frame.value for frame in tab.dataframe)
    assert table["Ordered code"].tolist() == pytest.approx(NETWORK)
    assert estimates["Neighbours"].tolist() == [2, 5, 20]


def test_one_button_takes_the_advice(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """The form has the run's settings with that code, without an order."""
    run = ordered(trained["digits"], tmp_path / "ordered")
    run.add_to(store)
    tab = open_page(open_tab)
    tab.get_by_key("use-dimension").click().run()
    assert not tab.exception
    held = tab.session_state["draft"]
    assert (held.model.encoding_dim, held.model.penalties.ordered) == (4, False)
    assert held.training == run.experiment.training
    assert "now asks for a code of 4" in texts(tab)


def test_separate_trainings_stand_under_their_run(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """In the chart's table, not among the runs to choose; those that are missing can follow."""
    run = ordered(trained["digits"], tmp_path / "ordered")
    parent = run.add_to(store)
    for seed, error in ((0, 0.03), (1, 0.05)):
        experiment = trained["digits"].experiment.replace({"model.encoding_dim": 2, "seed": seed})
        child = store.create(experiment, parent=parent)
        store.end(child, "finished", {"measured_on": "validation", "mse": error})
    kept_dimensions.keep_study(store, parent, Study((2, 8), 2))
    tab = open_page(open_tab)
    assert len(next(box for box in tab.selectbox if box.label == "Run").options) == 1
    table = tab.dataframe[0].value.set_index("Numbers")
    assert table.loc[2, "Separate trainings, mean"] == pytest.approx(0.04)
    assert table.loc[2, "Seeds"] == 2
    assert "2 of 4 trainings are still to come" in texts(tab)
    assert tab.get_by_key("train-separately").label == "Train 2 separately"
    tab.get_by_key(f"separate-dimensions-{parent}").set_value([2]).run()
    assert tab.get_by_key("train-separately").disabled
    tab.get_by_key(f"separate-dimensions-{parent}").set_value(list(DIMENSIONS)).run()
    tab.get_by_key(f"separate-seeds-{parent}").set_value(9).run()
    assert "72 trainings; there can be 1 to 40" in texts(tab)
    assert tab.get_by_key("train-separately").disabled

    runs = tab.switch_page("pages/runs.py").run()
    assert len(runs.dataframe[0].value) == 1
    runs.toggle[0].set_value(True).run()
    assert len(runs.dataframe[0].value) == 3
    runs.toggle[0].set_value(False).run()
    runs.get_by_key("delete").click().run()
    assert "the 2 separate trainings under it" in texts(runs)
    runs.get_by_key("delete-now").click().run()
    assert not runs.exception
    assert not store.summaries()


def test_what_is_damaged_is_told(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """In a sentence, and it can be measured again."""
    run = ordered(trained["digits"], tmp_path / "ordered")
    (run.folder / kept_dimensions.MEASURED).write_text("{")
    run.add_to(store)
    tab = open_page(open_tab)
    assert "Measure it again" in tab.error[0].value
    assert has(tab, "start-dimensions")


def test_a_run_is_measured_by_the_worker(open_tab: OpenTab, engine_store: RunStore) -> None:
    """A click, a while, and PCA's curve with the data's own dimension."""
    tab = open_page(open_tab)
    tab.get_by_key("start-dimensions").click().run()
    look_until(tab, lambda tab: has(tab, "use-dimension") and len(tab.dataframe) == 2)
    assert "This is PCA’s curve" in texts(tab)
    assert "Two nearest neighbours (TwoNN)" in tab.dataframe[1].value["Way"].tolist()
