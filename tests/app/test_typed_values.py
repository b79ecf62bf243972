"""Typed values: a number beyond an option's limits is refused with them, and never silently."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenTab

REFUSED = "choose a number from 1 to"


def epochs(tab: AppTest) -> int:
    """What the form's experiment holds."""
    held: int = tab.session_state["draft"].training.epochs
    return held


def type_epochs(tab: AppTest, number: int) -> None:
    """Type a number of epochs, as a user does."""
    next(box for box in tab.number_input if box.label == "Epochs").set_value(number).run()


def test_a_number_beyond_its_limits_is_refused_with_them(open_tab: OpenTab) -> None:
    """The limit is said, Start is off, the draft keeps its value, and a good number mends it."""
    tab = open_tab()
    held = epochs(tab)
    type_epochs(tab, 1_000_000)
    assert epochs(tab) == held
    assert any(REFUSED in each.value for each in tab.markdown)
    assert tab.get_by_key("start").disabled
    type_epochs(tab, 7)
    assert epochs(tab) == 7
    assert not any(REFUSED in each.value for each in tab.markdown)
    assert not tab.get_by_key("start").disabled
