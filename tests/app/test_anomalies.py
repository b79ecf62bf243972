"""Does the Anomalies page judge rows with and without labels, and refuse in words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.evaluation.anomalies import standing_beside
from aecore.evaluation.anomalies.review import Review
from aecore.evaluation.anomalies.scored_rows import Expected
from aecore.runs import RunStore, kept_reviews, kept_scores
from tests.app.anomalies_page import PAGE, ROWS, box, draft, open_page, scored, section, told
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained
from ui.anomalies import with_labels
from ui.anomalies.review import ROW


@pytest.fixture
def table(trained: dict[str, Trained]) -> Trained:
    """A run of a table."""
    return trained["breast-cancer"]


def amount(tab: AppTest) -> Any:
    """The number that the rule for alarms asks for."""
    return next(n for n in tab.number_input if str(n.key).startswith("odd-amount"))


def test_the_promise_comes_first_and_names_its_band(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """The default score, malignant as the odd class, 1 in 100; what it means is told."""
    tab = open_page(open_tab, store, table)

    assert box(tab, "Score").value == "robust-error"
    assert box(tab, "Alarms begin by").value == "promise"
    assert tab.multiselect[0].value == [0]
    assert amount(tab).value == 0.01
    assert "of 300 rows raise an alarm" in told(tab)
    assert "200 rows to calibrate with tell this rate to lie between" in told(tab)
    assert "Two rows were left out" in told(tab)


def test_the_arbiter_speaks_and_its_choice_becomes_the_page_s(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Isolation Forest is ahead of the distance in the code, and one click uses it everywhere."""
    tab = open_page(open_tab, store, table)
    box(tab, "Score").set_value("code-distance").run()
    section(tab, "With labels")
    assert "Isolation Forest finds these better" in told(tab)
    assert [m.value for m in tab.metric if m.label == "Prevalence"] == ["10.0%"]

    tab.get_by_key("odd-use").click().run()
    tab.run()

    assert box(tab, "Score").value == "isolation-forest"
    assert "Cuts the data at random" in told(tab)


def test_a_row_that_a_detector_finds_odd_is_explained_by_what_it_expects(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Judged by Isolation Forest: the column that lies far off, and in words what is expected."""
    rows = scored(table)
    assert rows.comparison is not None
    shown = rows.shown.of(np.argsort(rows.shown.position))
    x_hat = shown.x.copy()
    x_hat[:, 3] -= 5.0
    features = x_hat.shape[1]
    usual = Expected(shown.position, x_hat, np.zeros(features), np.ones(features))
    comparison = replace(rows.comparison, expected={"isolation-forest": usual})
    tab = open_page(open_tab, store, table, shown=shown, comparison=comparison)
    row = int(rows.rows[shown.position[0]])
    tab.session_state[f"{ROW}-{tab.query_params['run']}"] = row

    box(tab, "Score").set_value("isolation-forest").run()

    assert "expected is the median of the training rows" in told(tab)
    found = next(frame.value for frame in tab.dataframe if "what" in frame.value)
    assert found["what"][0].startswith(table.samples.feature_names[3])


def test_what_is_told_of_a_sample_is_said(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Detectors that saw half of the rows, and learned of some: on screen wherever it matters."""
    rows = scored(table)
    half = np.arange(0, ROWS, 2)
    assert rows.comparison is not None
    scores = {name: values[half] for name, values in rows.comparison.scores.items()}
    note = "LOF learned of a sample of 9 of the 10 training rows."
    comparison = replace(rows.comparison, position=half, scores=scores, note=note)
    tab = open_page(open_tab, store, table, comparison=comparison)

    section(tab, "With labels")
    assert "a random sample of the 300 scored" in told(tab)
    assert "LOF learned of a sample" in told(tab)

    box(tab, "Score").set_value("isolation-forest").run()
    assert "It has seen a random sample of 150 of the 300 rows." in told(tab)
    assert "Of Isolation Forest, the 150 rows" in told(section(tab, "Download"))


def test_figures_of_very_many_rows_are_those_of_a_sample(
    open_tab: OpenTab, store: RunStore, table: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The areas and the table by class say how many rows they were measured on."""
    for module in (standing_beside, with_labels):
        monkeypatch.setattr(module, "MOST_ROWS", 100)
    names = ("malignant", "benign", "worse")
    label = np.where(np.arange(ROWS) % 3 == 0, 1, 2 * (np.arange(ROWS) % 2))
    tab = open_page(open_tab, store, table, class_names=names, label=label)
    tab.multiselect[0].set_value([0, 2]).run()

    section(tab, "With labels")

    assert "Measured on a random sample of 100 of the rows." in told(tab)
    assert "Measured on a random sample of 100 of the 300 rows." in told(tab)


def test_without_odd_classes_the_scores_are_judged_by_themselves(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Shape, gap and agreement; nothing is said about recall, and no rule that needs labels."""
    tab = open_page(open_tab, store, table)
    assert (
        "cost" in box(tab, "Alarms begin by").options
        or "Cost of a miss" in box(tab, "Alarms begin by").options
    )

    tab.multiselect[0].set_value([]).run()
    section(tab, "Without labels")

    assert "far out" in told(tab)
    assert "Isolation Forest orders these rows" in told(tab)
    assert "Cost of a miss" not in box(tab, "Alarms begin by").options
    assert "Choose *Odd classes*" in told(section(tab, "With labels"))


def test_rows_without_labels_are_judged_without(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """A sentence in the place of the odd classes; the promise and the list are there."""
    unknown = {"label": None, "class_names": (), "calibration_labels": None}
    tab = open_page(open_tab, store, table, **unknown)

    assert not tab.multiselect
    assert "These rows have no labels" in told(tab)
    assert "of 300 rows raise an alarm" in told(tab)
    assert "far out" in told(section(tab, "Without labels"))
    assert "Contamination" not in tab.segmented_control[0].options


def test_one_kind_of_rows_is_told(open_tab: OpenTab, store: RunStore, table: Trained) -> None:
    """All rows benign: no AUROC of nothing."""
    tab = open_page(open_tab, store, table, label=np.ones(ROWS, dtype=int))
    tab.multiselect[0].set_value([1]).run()

    assert "All rows whose class is known are odd" in told(section(tab, "With labels"))


def few(scores: Mapping[str, np.ndarray], rows: int) -> dict[str, np.ndarray]:
    """The first few calibrating scores."""
    return {name: values[:rows] for name, values in scores.items()}


def test_a_promise_that_cannot_be_kept_is_refused(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Three rows calibrate: the page begins at 25 %, and refuses 1 % in a sentence."""
    calibration = few(scored(table).calibration, 3)
    tab = open_page(
        open_tab, store, table, calibration=calibration, calibration_labels=np.ones(3, dtype=int)
    )
    assert amount(tab).value == 0.25
    assert "needs 99 rows to calibrate with, and there are 3" in told(tab)

    amount(tab).set_value(0.01).run()

    assert not tab.exception
    assert "needs 99 normal rows" in tab.error[0].value
    assert box(tab, "Score").value == "robust-error"


def test_without_calibration_rows_are_reviewed(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """No promise is offered; why, and what to do, is told."""
    calibration = few(scored(table).calibration, 0)
    tab = open_page(
        open_tab, store, table, calibration=calibration, calibration_labels=np.ones(0, dtype=int)
    )

    assert box(tab, "Alarms begin by").value == "review"
    assert "Calibration share" in told(tab)
    assert "20 of 300 rows raise an alarm" in told(tab)

    tab.get_by_key("odd-train-calibrated").click().run()

    assert draft(tab).calibration_fraction == 0.2


def test_equal_scores_and_scores_that_are_none_are_told(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """All scores equal, then one that is no number: a sentence each, and another score helps."""
    scores = dict(scored(table).scores)
    scores["robust-error"] = np.ones(ROWS)
    scores["code-distance"] = np.append(scores["code-distance"][:-1], np.nan)
    tab = open_page(open_tab, store, table, scores=scores)
    assert "All scores are equal" in tab.warning[0].value

    box(tab, "Score").set_value("code-distance").run()
    assert not tab.exception
    assert "Some scores are no numbers" in tab.error[0].value

    box(tab, "Score").set_value("isolation-forest").run()
    assert not tab.exception and not tab.error


def test_blind_spots_and_what_was_not_planted(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """The row that no error sees is listed by its number."""
    tab = section(open_page(open_tab, store, table), "Blind spots")
    assert tab.dataframe[-1].value["Row"].tolist() == [1007]

    assert "No defects were planted" in told(section(tab, "Planted defects"))


def test_marks_of_before_are_shown(open_tab: OpenTab, store: RunStore, table: Trained) -> None:
    """Precision among the reviewed alarms, and forgetting them leaves none in the run."""
    run_id = table.add_to(store)
    rows = scored(table)
    kept_scores.keep(store, run_id, rows, kept_scores.file_name())
    oddest = rows.rows[np.argsort(-rows.scores["robust-error"])[:3]].tolist()
    review = Review({oddest[0]: "odd", oddest[1]: "odd", oddest[2]: "normal"})
    kept_reviews.keep(store, run_id, review, kept_reviews.file_name())

    tab = look_until(open_tab().switch_page(PAGE).run(), lambda tab: tab.get("segmented_control"))

    assert "3 of" in told(tab) and "67% of them odd" in told(tab)
    tab.get_by_key("odd-forget").click().run()
    assert kept_reviews.load(store, run_id, kept_reviews.file_name()) == Review()
