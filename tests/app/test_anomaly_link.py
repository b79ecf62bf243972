"""Does a link to the Anomalies page show the same rows and the same cut?"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore, kept_scores
from tests.app.anomalies_page import PAGE, box, open_page, scored, told
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained
from ui.anomalies import address, choices
from ui.base.text import plain


@pytest.fixture
def table(trained: dict[str, Trained]) -> Trained:
    """A run of a table."""
    return trained["breast-cancer"]


def again(open_tab: OpenTab, address: dict[str, str]) -> AppTest:
    """The page in another tab, by an address."""
    tab = open_tab(**address).switch_page(PAGE).run()
    return look_until(tab, lambda tab: tab.get("segmented_control"))


def test_a_shared_link_shows_the_same_cut(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Score, odd classes, rule and number; then a threshold moved by hand, to its last digit."""
    tab = open_page(open_tab, store, table)
    run_id = tab.query_params["run"]
    box(tab, "Score").set_value("code-distance").run()
    box(tab, "Alarms begin by").set_value("review").run()
    next(n for n in tab.number_input if n.label == "Rows to review").set_value(7).run()
    tab.multiselect[0].set_value([1]).run()

    other = again(open_tab, dict(tab.query_params))
    assert box(other, "Score").value == "code-distance"
    assert box(other, "Alarms begin by").value == "review"
    assert other.multiselect[0].value == [1]
    assert "7 of 300 rows raise an alarm" in told(other)

    threshold = 1.2345678901234567
    tab.session_state[f"{choices.MOVED}-{run_id}"] = threshold
    alarms = int((scored(table).scores["code-distance"] >= threshold).sum())
    moved = again(open_tab, dict(tab.run().query_params))
    assert f"Moved by hand: {alarms} of 300 rows" in told(moved)
    assert float(moved.query_params["threshold"]) == threshold

    # What is told of this page is told on no other.
    assert "threshold" not in moved.switch_page("pages/runs.py").run().query_params


def test_the_rows_of_another_data_set_are_in_the_link(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """A link of scored wine opens on wine."""
    run_id = table.add_to(store)
    kept_scores.keep(store, run_id, scored(table), kept_scores.file_name("wine"))

    tab = again(open_tab, {"run": run_id, "rows": "wine"})

    assert box(tab, "Rows to score").value == "wine"
    assert tab.query_params["rows"] == "wine"


@pytest.mark.parametrize(
    "address",
    [
        {"threshold": "high", "score": "magic", "alarms": "none", "odd": "9", "rows": "gone"},
        {"threshold": "nan", "odd": "malignant", "amount": "7"},
    ],
    ids=["unknown", "impossible"],
)
def test_what_an_address_cannot_mean_changes_nothing(
    open_tab: OpenTab, store: RunStore, table: Trained, address: dict[str, str]
) -> None:
    """The page begins as ever, and names what was ignored until that is dismissed."""
    run_id = table.add_to(store)
    kept_scores.keep(store, run_id, scored(table), kept_scores.file_name())

    tab = again(open_tab, {"run": run_id, **address})

    assert not tab.exception and not tab.error
    assert box(tab, "Score").value == "robust-error"
    assert box(tab, "Alarms begin by").value == "promise"
    assert tab.multiselect[0].value == [0]
    assert "Moved by hand" not in told(tab)
    for name, text in address.items():
        assert plain(f"{name}={text} in the address was ignored") in told(tab)
    tab.get_by_key("odd-dismiss").click().run()
    assert "was ignored" not in told(tab)


def test_what_nobody_understands_in_an_address_is_said(open_tab: OpenTab, store: RunStore) -> None:
    """What a page put there is known; a slip of the pen is named, and the rest holds."""
    known = dict.fromkeys((*address.PARAMETERS, address.AMOUNT), "1")
    assert not session_notes(open_tab(**known))

    tab = open_tab(**{"epochs": "5", "data.source": "digits"})

    assert session_notes(tab) == ["epochs in the address was not understood."]
    assert tab.query_params["data.source"] == "digits"


def session_notes(tab: AppTest) -> list[str]:
    """What the tab says of its address."""
    notes: list[str] = tab.session_state["notes"]
    return notes
