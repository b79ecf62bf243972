"""Do the pages of one visitor keep to what is theirs, where a server has several?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from aecore.access import MODES, Access
from aecore.data import load, uploads
from aecore.data.loading import describe_source
from aecore.data.profile import stored_sheets
from aecore.data.profile.previews import preview
from aecore.runs import RunStore
from aecore.runs.run_access import RunAccess
from tests.app.conftest import ENTRYPOINT
from tests.app.test_live_route import asked
from tests.app.trained import Trained
from ui.app import visitors
from ui.form import folds

PAGES = sorted(path.stem for path in (ENTRYPOINT.parent / "pages").glob("*.py"))
Open = Callable[..., AppTest]


def account(name: str) -> dict[str, Any]:
    """What a provider tells of somebody who signed in."""
    return {"is_logged_in": True, "iss": "https://id.example", "sub": name, "name": name}


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of a shared server as somebody; other arguments are the address."""
    monkeypatch.setenv("AECORE_MODE", "shared")

    def open_as(name: str, page: str = "runs", **address: str) -> AppTest:
        tab = AppTest.from_file(str(ENTRYPOINT), default_timeout=60)
        tab.user = account(name) if name else {}
        tab.query_params.update(address)
        tab.session_state[folds.key("Data")] = True
        tab.run().switch_page(f"pages/{page}.py").run()
        assert not tab.exception
        return tab

    return open_as


def name_of(person: str) -> str:
    """What the visitor is called inside."""
    return visitors._name("account", "https://id.example", person)


def texts(tab: AppTest) -> str:
    """All that a page says."""
    kinds = (tab.markdown, tab.caption, tab.error, tab.warning, tab.info, tab.title)
    return " ".join(element.value for kind in kinds for element in kind)


@pytest.fixture
def run_id(visit: Open, store: RunStore, trained: dict[str, Trained]) -> str:
    """A run of Anna's that has ended."""
    access = Access(name_of("anna"), MODES["shared"])
    return trained["digits"].add_to(RunAccess(store, access), "Anna's run")


def test_a_visitor_lists_their_own_runs(visit: Open, run_id: str) -> None:
    """Another finds none, and no word of the first."""
    assert visit("anna").dataframe[0].value["Whose"].tolist() == ["yours"]
    ben = visit("ben")
    assert not ben.dataframe and "No run yet" in ben.info[0].value
    assert "Anna" not in texts(ben)


@pytest.mark.parametrize("page", PAGES)
def test_the_address_of_another_s_run_opens_nothing(visit: Open, run_id: str, page: str) -> None:
    """On every page, to the letter as if there were no such run, and nothing can be downloaded."""
    # Of a data set that was looked at, each visit to the Data page shows the same.
    stored_sheets.save("digits", describe_source("digits"), preview(load("digits")))
    ben, other = (
        visit("ben", page, **{"data.source": "digits", "run": asked})
        for asked in (run_id, "0" * 32)
    )
    assert texts(ben).replace(run_id, "0" * 32) == texts(other)
    assert not [box for box in ben.selectbox if box.key == "picked_run"]
    assert not ben.get("download_button") and not ben.get("imgs")


def test_a_published_run_is_there_for_all(visit: Open, run_id: str, store: RunStore) -> None:
    """It can be opened; its owner alone can withdraw, rename and delete it."""
    anna = visit("anna")
    anna.get_by_key("publish").click().run()
    assert store.summary(run_id).is_published
    assert anna.dataframe[0].value["Whose"].tolist() == ["yours, for all"]
    ben = visit("ben")
    assert ben.dataframe[0].value["Name"].tolist() == ["Anna's run"]
    keys = {button.key for button in ben.button}
    assert "open-Train" in keys and not keys & {"publish", "rename", "delete"}
    seen = visit("ben", "reconstructions", run=run_id)
    assert "Anna's run" in seen.selectbox(key="picked_run").options[0]
    anna.get_by_key("publish").click().run()
    assert not visit("ben").dataframe


def test_a_visitor_sees_their_own_files(visit: Open, store: RunStore) -> None:
    """In the form and in an address; another's is told as none of theirs."""
    values = np.random.default_rng(0).normal(size=(50, 3))
    frame = pd.DataFrame(values, columns=["a", "b", "c"])
    source = uploads.keep({"anna.csv": frame.to_csv(index=False).encode()}, name_of("anna"))
    stored_sheets.save(source, describe_source(source), None)
    anna = visit("anna", "train", **{"data.source": source})
    assert "anna.csv" in anna.selectbox(key="form:data.source").options
    assert anna.query_params["data.source"] == source
    ben = visit("ben", "train", **{"data.source": source})
    assert "anna.csv" not in ben.selectbox(key="form:data.source").options
    assert "not among yours" in texts(ben)
    assert ben.query_params["data.source"] != source


def test_who_keeps_too_much_uploads_nothing(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Data page says what takes the space and what to do; what is kept stays."""
    monkeypatch.setenv("AECORE_MAX_UPLOADS_BYTES", "8")
    uploads.keep({"a.csv": b"a,b\n1,2\n"}, name_of("carl"))
    carl = visit("carl", "data")
    carl.segmented_control(key="data-group").set_value("Your files").run()
    carl.file_uploader[0].set_value([("b.csv", b"c,d\n3,4\n", "text/csv")]).run()
    assert "Your files take" in texts(carl) and "Make room" in texts(carl)
    assert [upload.title for upload in uploads.listed(name_of("carl"))] == ["a.csv"]


def test_the_live_view_wants_a_ticket_of_this_visitor(run_id: str) -> None:
    """Neither none, nor one that was made up or changed, nor another visitor's will do."""

    def ticket(person: str) -> str:
        visitor = name_of(person)
        return f"{visitor}.{visitors._signed(visitor)}"

    assert asked(run_id, ticket=ticket("anna")).status_code == 200
    assert asked(run_id, ticket=ticket("ben")).status_code == 404
    own, other = ticket("anna").split("."), ticket("ben").split(".")
    for forged in ("", ".", own[0], f"{own[0]}.", f"{own[0]}.{other[1]}", f".{own[1]}", "ä.ö"):
        assert asked(run_id, ticket=forged).status_code == 401


def test_a_mode_that_there_is_not_opens_nothing(
    visit: Open, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page says so, and the live view too."""
    monkeypatch.setenv("AECORE_MODE", "open")
    assert "no such mode" in texts(visit("anna", run=run_id))
    assert asked(run_id).status_code == 401


def test_commands_of_the_server_are_not_for_visitors(visit: Open, run_id: str) -> None:
    """The path of the run folder is nobody's business."""
    assert [part.label for part in visit("anna").expander] == ["Space"]
