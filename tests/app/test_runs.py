"""Can runs be found, opened, shared, renamed and deleted, and is nothing deleted by mistake?"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from aecore.errors import RunStoreError
from aecore.experiment import Experiment, link
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from ui.runs import mlflow_screens

PAGE = "pages/runs.py"


def open_page(open_tab: OpenTab, **address: str) -> AppTest:
    """The page in a new tab, without an exception."""
    tab = open_tab(**address).switch_page(PAGE).run()
    assert not tab.exception
    return tab


def press(tab: AppTest, key: str) -> AppTest:
    """Press a button."""
    tab.get_by_key(key).click().run()
    assert not tab.exception
    return tab


def table(tab: AppTest) -> Any:
    """The table of runs."""
    return tab.dataframe[0].value


def names(store: RunStore) -> list[str]:
    """The names of the runs in the store, newest first."""
    return [run.name for run in store.summaries()]


def test_without_runs_the_page_leads_to_train(open_tab: OpenTab, store: RunStore) -> None:
    """It explains what will stand here, with a link, and no empty table."""
    tab = open_page(open_tab)

    assert "No run yet" in tab.info[0].value
    assert len(tab.get("page_link")) == 1
    assert not tab.dataframe


def test_every_run_is_listed_with_how_it_went(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Newest first, with state, data, size of the code, curve and held-out figures."""
    trained["digits"].add_to(store, "first")
    failed = store.create(Experiment.from_dict({"data": {"source": "breast-cancer"}}), "second")
    store.end(failed, "failed", cause="The loss diverged at epoch 1.")

    rows = table(open_page(open_tab))

    metrics = trained["digits"].metrics
    assert rows["Name"].tolist() == ["second", "first"]
    assert rows["State"].tolist() == [["✕ failed"], ["✓ finished"]]
    assert rows["Data set"].tolist() == ["Breast cancer, a table", "Small digits, 8 × 8"]
    assert rows["Code"].tolist() == [3, 8]
    assert rows["MSE"].tolist()[1] == pytest.approx(metrics["mse"])
    assert rows["Relative to PCA"].tolist()[1] == pytest.approx(metrics["relative_to_pca"])
    assert (len(rows["Loss"][1]), list(rows["Loss"][0])) == (2, [])
    assert rows["Data"].tolist()[1] == metrics["data_digest"]


def test_a_failed_run_says_why(open_tab: OpenTab, store: RunStore) -> None:
    """Under its name, with what to do about it."""
    run_id = store.create(Experiment())
    store.end(run_id, "failed", cause="The loss diverged at epoch 3.", remedy="Train slower.")

    captions = [caption.value.replace("\\", "") for caption in open_page(open_tab).caption]

    assert "The loss diverged at epoch 3. Train slower." in captions


@pytest.mark.parametrize("page", ["Reconstructions", "Latent space", "Anomalies", "Train"])
def test_the_selected_run_is_opened(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], page: str
) -> None:
    """On the page asked for; the address keeps it for a refresh."""
    run_id = trained["digits"].add_to(store)
    tab = open_page(open_tab)

    press(tab, f"open-{page}")

    assert page.split(" ")[0] in tab.title[0].value
    assert tab.query_params["run"] == run_id


def test_a_run_is_renamed(open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]) -> None:
    """Under its new name everywhere, shown as typed."""
    trained["digits"].add_to(store, "old")
    tab = press(open_page(open_tab), "rename")

    tab.text_input(key="new_name").set_value("**new** <b>name</b>")
    press(tab, "save-name")

    assert names(store) == ["**new** <b>name</b>"]
    assert table(tab)["Name"].tolist() == ["**new** <b>name</b>"]
    assert "**" not in tab.header[0].value


def test_a_run_without_a_name_is_not_renamed(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """It keeps its name, and the reason is given."""
    trained["digits"].add_to(store, "old")
    tab = press(open_page(open_tab), "rename")

    tab.text_input(key="new_name").set_value("   ")
    press(tab, "save-name")

    assert names(store) == ["old"]
    assert "needs a name" in tab.error[0].value


def test_a_run_is_deleted_only_after_a_second_word(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """The first click asks, keeping deletes nothing, the second deletes that run alone."""
    kept = trained["digits"].add_to(store, "kept")
    gone = trained["digits"].add_to(store, "gone")
    tab = press(open_page(open_tab, run=gone), "delete")
    assert names(store) == ["gone", "kept"]

    press(tab, "keep")
    assert names(store) == ["gone", "kept"]

    press(press(tab, "delete"), "delete-now")
    assert names(store) == ["kept"]
    assert store.path(kept, "samples.npz").is_file()
    assert "run" not in tab.query_params
    assert table(tab)["Name"].tolist() == ["kept"]


def test_a_deletion_can_be_undone_until_the_next(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Undo brings the run back with its files; the files of one deleted before are gone."""
    first = trained["digits"].add_to(store, "first")
    second = trained["digits"].add_to(store, "second")
    tab = press(press(open_page(open_tab, run=first), "delete"), "delete-now")
    assert any("first" in text.value and "was deleted" in text.value for text in tab.markdown)

    press(tab, "undo-deletion")
    assert names(store) == ["second", "first"]
    assert store.samples(first).total == trained["digits"].samples.total
    assert tab.query_params["run"] == first

    press(press(tab, "delete"), "delete-now")
    press(press(tab, "delete"), "delete-now")
    assert names(store) == []
    assert not store.path(first, "samples.npz").exists()
    press(tab, "undo-deletion")
    assert names(store) == ["second"]
    assert store.path(second, "samples.npz").is_file()


def test_a_run_that_goes_on_is_not_deleted(open_tab: OpenTab, store: RunStore) -> None:
    """It has to be stopped first; there is no way to delete it before."""
    run_id = store.create(Experiment(), "busy")
    store.claim(run_id)

    tab = press(open_page(open_tab), "delete")

    assert "delete-now" not in [button.key for button in tab.button]
    assert "Stop it" in [button.label for button in tab.button]
    with pytest.raises(RunStoreError, match="Stop it first"):
        store.delete(run_id)


def test_a_broken_run_is_listed_and_can_be_deleted(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Neither a broken description nor a broken curve hides the list."""
    run_id = trained["digits"].add_to(store, "broken")
    store._tracking.ask(lambda client: client.set_tag(run_id, "experiment", "{half"))
    store.path(run_id, "history.csv").write_text("epoch,loss\n1,not a number\n", "utf-8")

    tab = open_page(open_tab)

    assert table(tab)["Data set"].tolist() == ["unknown data"]
    assert tab.get_by_key("use-settings").disabled
    press(press(tab, "delete"), "delete-now")
    assert names(store) == []


def test_the_form_takes_the_settings_of_a_run(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """All of them, and only when asked to."""
    trained["breast-cancer"].add_to(store)
    tab = open_page(open_tab)
    assert tab.session_state["draft"].data.source == "mnist-5k"

    press(tab, "use-settings")

    assert tab.session_state["draft"].to_dict() == trained["breast-cancer"].experiment.to_dict()


def test_the_link_of_a_run_opens_its_settings(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """An address of this app that describes the same experiment."""
    trained["breast-cancer"].add_to(store)

    address = open_page(open_tab).code[0].value

    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert link.from_query(query) == (trained["breast-cancer"].experiment, [])


def test_the_command_of_mlflow_names_this_store(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """So that pasting it into a terminal shows these runs."""
    trained["digits"].add_to(store)

    command = open_page(open_tab).code[1].value

    assert command == mlflow_screens.commands(store.home, None)
