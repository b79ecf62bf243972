"""Does the Runs page say what is kept, make room where that is wished, and delete all of it?"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from aecore.data import uploads
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from tests.waiting import until
from ui.app import services
from ui.base.text import counted
from ui.runs import space

PAGE = "pages/runs.py"
CSV = b"a,b\n1,2\n3,4\n"


def opened(open_tab: OpenTab) -> AppTest:
    """The page with its space unfolded."""
    tab = open_tab().switch_page(PAGE)
    tab.session_state[space.OPEN] = True
    tab.run()
    assert not tab.exception
    return tab


def press(tab: AppTest, key: str) -> None:
    """Click a button, by its key."""
    tab.button(key=key).click().run()
    assert not tab.exception


def lines(tab: AppTest) -> list[str]:
    """What the bars say."""
    return [bar.proto.text for bar in tab.get("progress")]


def test_the_bars_say_what_is_kept_of_what_may_be(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a mode or by the environment; nearly full is marked."""
    run_id = trained["digits"].add_to(store)
    size = sum(store.sizes(run_id).values())
    uploads.keep({"a.csv": CSV})
    monkeypatch.setenv("AECORE_MAX_RUNS_BYTES", str(size + 1))

    runs, files, maps = lines(opened(open_tab))

    assert (
        runs.startswith(":material/warning: **Runs**: 1, ")
        and runs.count("MB") + runs.count("kB") == 2
    )
    assert files == "**Files**: 1, 1 kB of 5.4 GB" and maps.startswith("**Maps of codes**: 0, 0 kB")


def test_the_oldest_that_is_not_pinned_makes_room(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """It is named and asked about; what is pinned is not offered."""
    pinned, old, new = (trained["digits"].add_to(store, name) for name in ("P", "Old", "New"))
    tab = open_tab().switch_page(PAGE)
    tab.session_state["selected_run"] = pinned
    tab.run()
    press(tab, "pin")
    assert store.summary(pinned).is_pinned

    tab.session_state[space.OPEN] = True
    tab.run()
    press(tab, "room-runs")
    assert "Delete the 1 oldest run" in said(tab) and "- Old, " in said(tab)
    assert "New, " not in said(tab) and "- P, " not in said(tab)
    press(tab, "room-delete")

    assert {run.run_id for run in store.summaries()} == {pinned, new}
    assert old not in {run.run_id for run in store.summaries()}


def test_all_that_is_not_pinned_may_go(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """As much is deleted as is chosen."""
    for name in ("Old", "New"):
        trained["digits"].add_to(store, name)
    tab = opened(open_tab)
    tab.session_state["room-share"] = "all"

    press(tab, "room-runs")
    assert "Delete the 2 oldest runs" in said(tab)
    press(tab, "room-delete")

    assert not store.summaries()


def test_start_says_how_to_make_room(
    open_tab: OpenTab,
    engine_store: RunStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the limit nothing is begun, and one click leads to the room."""
    monkeypatch.setenv("AECORE_MAX_RUNS_BYTES", "1")
    before = len(engine_store.summaries())
    tab = open_tab()

    press(tab, "start")

    assert "runs take" in tab.error[0].value and "Make room" in tab.error[0].value
    assert "Make room" in [link.proto.label for link in tab.get("page_link")]
    assert len(engine_store.summaries()) == before


def test_everything_is_deleted_after_a_question(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained]
) -> None:
    """Runs and files, pinned ones too; the form no longer stands on a file that is gone."""
    run_id = trained["digits"].add_to(engine_store)
    engine_store.pin(run_id)
    source = uploads.keep({"a.csv": CSV})
    uploads.pin(source)
    tab = opened(open_tab)

    press(tab, "forget")
    runs, files = len(engine_store.summaries()), counted(len(uploads.listed()), "file")
    assert f"Delete {runs} runs, {files} and 0 maps" in said(tab)
    press(tab, "forget-now")

    until(lambda: not engine_store.summaries() and not uploads.listed())
    assert services.engine().state == "ready"


def said(tab: AppTest) -> str:
    """All words on the page."""
    return "\n".join(element.value for kind in (tab.markdown, tab.caption) for element in kind)
