"""Do marks and a chosen contamination reach the next training?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.data.row_numbers import text_of
from aecore.evaluation.anomalies.review import Review
from aecore.runs import RunStore, kept_reviews, kept_scores
from tests.app.anomalies_page import PAGE, draft, open_page, scored, section, told
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained
from ui.app import services


@pytest.fixture
def table(trained: dict[str, Trained]) -> Trained:
    """A run of a table."""
    return trained["breast-cancer"]


def test_marked_rows_are_left_out_of_the_next_training_or_forced_in(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Those marked odd are left out unless asked otherwise, those marked normal once asked for."""
    run_id = table.add_to(store)
    rows = scored(table)
    rows = scored(table, rows=rows.rows - 1000)
    kept_scores.keep(store, run_id, rows, kept_scores.file_name())
    oddest = np.argsort(-rows.scores["robust-error"])[:3].tolist()
    review = Review({oddest[0]: "odd", oddest[1]: "odd", oddest[2]: "normal"})
    kept_reviews.keep(store, run_id, review, kept_reviews.file_name())
    tab = look_until(open_tab().switch_page(PAGE).run(), lambda tab: tab.get("segmented_control"))

    tab.get_by_key("odd-train-by-marks").click().run()
    assert draft(tab).left_out_rows == text_of(oddest[:2])
    assert draft(tab).forced_rows == ""

    tab.switch_page(PAGE).run().get_by_key("odd-leave-out").uncheck().run()
    assert tab.get_by_key("odd-train-by-marks").disabled
    tab.get_by_key("odd-force-in").check().run().get_by_key("odd-train-by-marks").click().run()
    assert draft(tab).left_out_rows == ""
    assert draft(tab).forced_rows == str(oddest[2])
    assert not tab.exception and not tab.error


def test_rows_of_another_data_set_are_neither(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Their numbers mean nothing in the run's own."""
    run_id = table.add_to(store)
    kept_scores.keep(store, run_id, scored(table), kept_scores.file_name("iris"))
    name = kept_reviews.file_name("iris")
    kept_reviews.keep(store, run_id, Review({1010: "odd"}), name)

    tab = open_tab(run=run_id, rows="iris").switch_page(PAGE)
    tab = look_until(tab.run(), lambda tab: tab.get("segmented_control"))

    assert "1 odd" in told(tab)
    assert "odd-train-by-marks" not in [button.key for button in tab.button]


def test_a_slider_trains_again_with_so_many_odd_rows(
    open_tab: OpenTab, engine_store: RunStore, table: Trained
) -> None:
    """A new run of the same settings on benign rows and a tenth of malignant ones."""
    run_id = table.add_to(engine_store)
    rows = scored(table, about={"class_rows": {"malignant": 212, "benign": 357}})
    kept_scores.keep(engine_store, run_id, rows, kept_scores.file_name())
    tab = open_tab(run=run_id).switch_page(PAGE).run()
    section(look_until(tab, lambda tab: tab.get("segmented_control")), "Contamination")
    # 212 of them beside 286 benign rows that train.
    assert tab.slider[0].max == pytest.approx(0.42)

    tab.slider[0].set_value(0.1).run()
    tab.get_by_key("odd-train-contaminated").click().run()

    new = tab.query_params["run"]
    assert new != run_id and not tab.exception
    data = engine_store.summary(new).experiment.tree.data
    assert (data.classes, data.contamination) == (("benign",), 0.1)
    assert data.source == "breast-cancer"
    services.engine().stop(new)


def test_without_odd_classes_there_is_nothing_to_contaminate_with(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """No slider, and what to do."""
    tab = open_page(open_tab, store, table)
    tab.multiselect[0].set_value([]).run()

    assert "Choose *Odd classes*" in told(section(tab, "Contamination"))
    assert not tab.slider
