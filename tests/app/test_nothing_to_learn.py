"""Uploaded tables that leave nothing to learn from: opened, told, and mended or left again."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from aecore.data import load, uploads
from aecore.data.loading import describe_source
from aecore.data.profile import stored_sheets
from aecore.data.profile.previews import preview
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from ui.data import data_choice

ROWS = 60
TABLES = {
    "numbers that count": "id\n" + "\n".join(map(str, range(ROWS))),
    "one value alone": "a,b\n" + "1,x\n" * ROWS,
    "a label alone": "label\n" + "yes\nno\n" * (ROWS // 2),
    "dates alone": "when\n" + "\n".join(f"2020-01-{n % 28 + 1:02d}" for n in range(ROWS)),
    "names and a label": "id,label\n" + "\n".join(f"a{n},{n % 2}" for n in range(ROWS)),
    "one row": "a,b\n1,2\n",
}


@pytest.fixture
def source(store: RunStore, request: pytest.FixtureRequest) -> str:
    """One of these tables, which has been looked at."""
    source = uploads.keep({"table.csv": TABLES[request.param].encode()})
    stored_sheets.save(source, describe_source(source), preview(load(source)))
    return source


def told(tab: AppTest) -> str:
    """All that boxes and tables of roles say."""
    boxes = [*tab.warning, *tab.error, *tab.info, *tab.markdown, *tab.caption]
    return "\n".join(box.value for box in boxes)


@pytest.mark.parametrize("source", TABLES, indirect=True)
def test_it_is_opened_and_start_says_why_it_is_off(open_tab: OpenTab, source: str) -> None:
    """From the list of own files: the sheet is shown, and no page fails with it in the form."""
    tab = open_tab().switch_page("pages/data.py").run()
    tab.segmented_control[0].set_value(data_choice.OWN).run()
    tab.get_by_key(f"open-{source}").click().run()

    assert not tab.exception
    assert any(metric.label == "Rows" for metric in tab.metric)

    tab.switch_page("pages/train.py").run()
    assert not tab.exception
    assert tab.session_state["draft"].data.source == source
    assert tab.get_by_key("start").disabled
    assert "feature" in told(tab) or "rows" in told(tab)

    for page in ("reconstructions", "latent_space", "anomalies", "generate", "runs", "data"):
        assert not tab.switch_page(f"pages/{page}.py").run().exception
