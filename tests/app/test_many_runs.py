"""Do pages stay quick to draw, and whole, with very many runs?"""

from __future__ import annotations

import pytest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained

LISTED = 100
MORE = LISTED + 2


@pytest.fixture
def many(store: RunStore, trained: dict[str, Trained]) -> list[str]:
    """The ids of so many runs, oldest first; the oldest alone has files."""
    experiment = trained["digits"].experiment
    oldest = trained["digits"].add_to(store, "Oldest")
    runs = [store.create(experiment, f"Run {number}") for number in range(MORE - 1)]
    for run_id in runs:
        store.end(run_id, "failed", cause="It diverged.", remedy="Choose a smaller rate.")
    return [oldest, *runs]


def test_the_newest_are_listed_and_all_on_demand(open_tab: OpenTab, many: list[str]) -> None:
    """The table begins with a hundred; a page to choose a run offers as many, and the open one."""
    tab = open_tab(run=many[-1]).switch_page("pages/runs.py").run()
    assert len(tab.dataframe[0].value) == LISTED
    tab.toggle[0].set_value(True).run()
    assert len(tab.dataframe[0].value) == MORE
    assert not tab.exception

    tab = open_tab(run=many[0]).switch_page("pages/runs.py").run()
    assert list(tab.dataframe[0].value["Name"])[-1] == "Oldest"
    assert len(tab.dataframe[0].value) == LISTED + 1
    assert not tab.exception

    tab.switch_page("pages/reconstructions.py").run()
    choice = tab.selectbox(key="picked_run")
    assert len(choice.options) == LISTED + 1
    assert choice.options[-1].startswith("Oldest")
    assert choice.value == many[0]
    assert not tab.exception
