"""Does the Data page show a check sheet, and do its choices reach the experiment and the data?"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from aecore.data import load, uploads
from aecore.data.loading import describe_source
from aecore.data.prepare.preparing import prepare
from aecore.data.profile import stored_sheets
from aecore.data.profile.previews import preview
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.experiment import Experiment
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.test_form import draft, set_to
from ui.data import data_choice

PAGE = "pages/data.py"
ROWS = 60


@pytest.fixture
def animals(store: RunStore) -> str:
    """An uploaded table that has been looked at."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "height": random.normal(50, 9, ROWS),
            "weight": random.normal(9, 2, ROWS),
            "colour": np.array(["red", "black", "brown"])[np.arange(ROWS) % 3],
            "species": np.array(["cat", "dog"])[np.arange(ROWS) % 2],
        }
    )
    source = uploads.keep({"animals.csv": frame.to_csv(index=False).encode()})
    stored_sheets.save(source, describe_source(source), preview(load(source)))
    return source


def test_a_file_is_pinned_until_it_is_not(open_tab: OpenTab, animals: str) -> None:
    """By its button on the page."""
    tab = open_page(open_tab, animals)
    tab.segmented_control(key="data-group").set_value("Your files").run()
    for pinned in (True, False):
        button = tab.button(key=f"pin-{animals}")
        assert button.label == ("Pin" if pinned else "Unpin")
        button.click().run()
        assert [each.is_pinned for each in uploads.listed()] == [pinned]


def open_page(open_tab: OpenTab, source: str) -> AppTest:
    """The page with this data set."""
    tab = open_tab(**{"data.source": source}).switch_page(PAGE).run()
    assert not tab.exception
    return tab


def seen(tab: AppTest) -> tuple[int, tuple[str, ...]]:
    """Samples and features that a run of the draft would train on."""
    experiment = Experiment.from_dict(draft(tab))
    data = experiment.data
    prepared = prepare(experiment.preparation_options, load(data.source, data.reading))
    return sum(prepared.rows.values()), prepared.dataset.feature_names


def test_the_sheet_says_what_is_there(open_tab: OpenTab, animals: str) -> None:
    """Rows, features, classes and gaps, and how many rows train."""
    tab = open_page(open_tab, animals)
    figures = {metric.label: metric.value for metric in tab.metric}
    assert figures["Rows"] == str(ROWS)
    assert figures["Values per sample"] == "5"
    assert figures["Classes"] == "2"
    assert any(c.value == "48 rows to train on, 12 to validate." for c in tab.caption)


def test_the_first_columns_of_a_wide_table_are_shown(open_tab: OpenTab, store: RunStore) -> None:
    """In the samples; every column has its row among the roles."""
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(ROWS, 2500))).add_prefix("gene ")
    source = uploads.keep({"genes.csv": frame.round(3).to_csv(index=False).encode()})
    stored_sheets.save(source, describe_source(source), preview(load(source)))
    tab = open_page(open_tab, source)
    assert any(caption.value == "The first 30 of 2,500 columns." for caption in tab.caption)
    assert [len(frame.value) for frame in tab.dataframe] == [8, 2500]
    assert any("every 100 units beside them" in markdown.value for markdown in tab.markdown)


def test_classes_that_are_chosen_are_all_that_is_seen(open_tab: OpenTab, animals: str) -> None:
    """Half the rows are cats."""
    tab = open_page(open_tab, animals)
    tab.multiselect[0].set_value(["cat"]).run()
    assert not tab.exception
    assert draft(tab)["data"]["classes"] == ["cat"]
    assert seen(tab)[0] == ROWS // 2


def test_most_categories_is_offered_for_categories(open_tab: OpenTab, animals: str) -> None:
    """Three colours as two columns: one, and the others together."""
    tab = open_page(open_tab, animals)
    set_to(tab, "preprocessing.max_categories", 2)
    assert len(seen(tab)[1]) == 4
    assert seen(tab)[1][-1] == "colour = other"


def change_role(tab: AppTest, role: str) -> AppTest:
    """Choose another role for the column of colours, the third."""
    key = tab.data_editor[0].key
    tab.session_state[key] = {"edited_rows": {2: {"Role": role}}}
    return tab.run()


def test_a_role_that_is_changed_reaches_the_data(open_tab: OpenTab, animals: str) -> None:
    """It is kept only where it differs from what is proposed."""
    tab = change_role(open_page(open_tab, animals), "ignore")
    assert not tab.exception
    assert draft(tab)["data"]["roles"] == {"colour": "ignore"}
    assert seen(tab)[1] == ("height", "weight")
    change_role(tab, "feature")
    assert draft(tab)["data"]["roles"] == {}


def test_roles_in_the_address_are_shown_and_used(open_tab: OpenTab, animals: str) -> None:
    """A link carries them, and a role that cannot be is named under the table."""
    address = {"data.source": animals, "data.roles": '{"colour":"ignore"}'}
    tab = open_tab(**address).switch_page(PAGE).run()
    assert not tab.exception
    assert draft(tab)["data"]["roles"] == {"colour": "ignore"}
    assert seen(tab)[1] == ("height", "weight")


def test_a_set_that_is_not_here_is_offered_for_download(
    open_tab: OpenTab, store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its card says how large it is."""
    monkeypatch.setenv("AECORE_DOWNLOADS", str(tmp_path / "none"))
    tab = open_tab().switch_page(PAGE).run()
    assert any("11.5 MB to download" in caption.value for caption in tab.caption)


def test_a_table_without_features_is_opened_and_can_be_mended(
    open_tab: OpenTab, store: RunStore
) -> None:
    """Its sheet is shown with the reason under the roles; one role, and it can be trained on."""
    source = uploads.keep({"names.csv": b"id,species\n1,cat\n2,dog\n3,cat\n4,dog\n5,cat\n"})
    stored_sheets.save(source, describe_source(source), preview(load(source)))
    tab = open_tab().switch_page(PAGE).run()
    tab.session_state[data_choice.GROUP] = data_choice.OWN
    tab.run().get_by_key(f"open-{source}").click().run()
    assert not tab.exception
    assert draft(tab)["data"]["source"] == source
    assert any("No column is left to learn from" in block.value for block in tab.markdown)

    trained_on = tab.switch_page("pages/train.py").run()
    assert not trained_on.exception and trained_on.get_by_key("start").disabled
    set_to(tab, "training.epochs", 3)
    assert not tab.exception and draft(tab)["training"]["epochs"] == 3

    tab.switch_page(PAGE).run()
    tab.session_state[tab.data_editor[0].key] = {"edited_rows": {0: {"Role": "feature"}}}
    tab.run().switch_page("pages/train.py").run()
    assert not tab.exception and not tab.get_by_key("start").disabled


@pytest.fixture
def german(store: RunStore) -> str:
    """An uploaded table with decimal commas, looked at as found and with a number as missing."""
    rows = "".join(f"{i % 7},5;{i % 5},25;{i % 11}\n" for i in range(ROWS))
    source = uploads.keep({"german.csv": f"a;b;c\n{rows}".encode()})
    for way in (AS_FOUND, ReadingOptions(missing_numbers=(10.0,))):
        sheet = describe_source(source, way)
        stored_sheets.save(source, sheet, preview(load(source, way)), way)
    return source


def test_how_a_file_is_read_can_be_changed(open_tab: OpenTab, german: str) -> None:
    """The sheet is that of the new way, and the rest of the draft stays."""
    tab = open_page(open_tab, german)
    set_to(tab, "data.validation_fraction", 0.3)
    tab.session_state[f"reading:{german}"] = True
    tab.run()
    [numbers] = [box for box in tab.multiselect if box.label == "Numbers for missing values"]
    numbers.set_value(["10"]).run()
    assert not tab.exception
    assert draft(tab)["data"]["reading"]["missing_numbers"] == [10.0]
    assert draft(tab)["data"]["validation_fraction"] == 0.3
    assert {m.label: m.value for m in tab.metric}["Missing values"] == str(ROWS // 11)


def test_guesses_stand_beside_their_controls(open_tab: OpenTab, german: str) -> None:
    """What was found is named as the first choice."""
    tab = open_page(open_tab, german)
    tab.session_state[f"reading:{german}"] = True
    tab.run()
    boxes = {box.label: box for box in tab.selectbox}
    assert boxes["Between values"].options[0] == "As found: Semicolon"
    assert boxes["Decimal mark"].options[0] == "As found: Comma"
    assert any("The decimal mark is a comma" in caption.value for caption in tab.caption)


def test_the_sheet_of_a_workbook_can_be_chosen(open_tab: OpenTab, store: RunStore) -> None:
    """All of them are offered by their names."""
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        for name in ("May", "June"):
            frame = pd.DataFrame({name: np.arange(ROWS) % 7, "b": np.arange(ROWS) % 5})
            frame.to_excel(writer, sheet_name=name, index=False)
    source = uploads.keep({"months.xlsx": book.getvalue()})
    for way in (AS_FOUND, ReadingOptions(sheet="June")):
        sheet = describe_source(source, way)
        stored_sheets.save(source, sheet, preview(load(source, way)), way)
    tab = open_page(open_tab, source)
    assert any("June" in line.value and "is left out" in line.value for line in tab.markdown)
    tab.session_state[f"reading:{source}"] = True
    tab.run()
    [box] = [box for box in tab.selectbox if box.label == "Sheet"]
    assert box.options == ["As found: May", "May", "June"]
    box.set_value("June").run()
    assert draft(tab)["data"]["reading"]["sheet"] == "June"
    assert "June" in seen(tab)[1]


@pytest.fixture
def diary(store: RunStore) -> str:
    """An uploaded log, newest first, looked at as found and in the file's order."""
    times = pd.date_range("2024-01-13", periods=ROWS, freq="D")[::-1]
    frame = pd.DataFrame({"left": np.arange(ROWS) * 0.5, "heat": np.sin(np.arange(ROWS))})
    frame.insert(0, "day", times.strftime("%d.%m.%y"))
    source = uploads.keep({"diary.csv": frame.to_csv(index=False).encode()})
    for way in (AS_FOUND, ReadingOptions(row_order="file")):
        sheet = describe_source(source, way)
        stored_sheets.save(source, sheet, preview(load(source, way)), way)
    return source


def test_rows_that_were_sorted_can_be_left_as_they_were(open_tab: OpenTab, diary: str) -> None:
    """It is told with a button; another time that is chosen sorts them, which is told, too."""
    tab = open_page(open_tab, diary)
    assert any('Rows are sorted by "day"' in line.value for line in tab.markdown)
    assert draft(tab)["preprocessing"]["window_length"] == 4
    key = tab.data_editor[0].key
    tab.session_state[key] = {"edited_rows": {0: {"Role": "ignore"}, 1: {"Role": "time"}}}
    tab.run()
    assert any('Rows are sorted by "left" before' in line.value for line in tab.markdown)
    [keep] = [button for button in tab.button if button.label == "Keep the file's order"]
    keep.click().run()
    assert not tab.exception
    assert draft(tab)["data"]["reading"]["row_order"] == "file"
    assert not any("Rows are sorted" in line.value for line in tab.markdown)
