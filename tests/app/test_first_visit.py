"""Does a first visit find its way, and a later one what it left?"""

from __future__ import annotations

import json

from aecore.runs import RunStore
from tests.app.conftest import OpenTab, look_until
from tests.app.test_live_route import asked
from tests.app.test_train import curves, panels, press, says, started, told
from ui.app import session
from ui.train import example


def test_a_first_visit_is_shown_what_an_autoencoder_is(
    open_tab: OpenTab, started_engine: None, store: RunStore
) -> None:
    """One sentence, a sample with its code and reconstruction, and one button to press first."""
    tab = open_tab()
    assert not tab.exception
    assert says(tab, "An autoencoder learns to write each sample down in a few numbers")
    shown = [image.proto.imgs[0].alt for image in tab.image]
    assert any("becomes 16 numbers" in alt for alt in shown)
    assert not tab.get_by_key("train_first").disabled
    assert [link.proto.page for link in tab.page_link] == ["data"]


def test_the_example_can_be_looked_at_and_left(
    open_tab: OpenTab, started_engine: None, store: RunStore
) -> None:
    """It is drawn as any run is, without one in the store, and belongs to no visitor."""
    tab = press(open_tab(), "open_example")
    assert panels(tab)[0]["run"] == example.RUN
    assert "run" not in tab.query_params
    assert told(tab)["ended"] and curves(tab).startswith("Loss after epoch 50: training")
    assert "samples" in json.loads(bytes(asked(example.RUN).body))
    press(tab, "close_example")
    assert not panels(tab)
    assert says(tab, "An autoencoder learns")


def test_the_example_is_small_and_its_sample_comes_back() -> None:
    """What the project keeps is less than 100 kB, and shows an autoencoder that works."""
    found = example.sample()
    assert example.FILE.stat().st_size < 100_000
    assert found.original.shape == found.reconstruction.shape == (28, 28, 1)
    assert len(found.code) == example.view().experiment.encoding_dim == 16
    assert ((found.original - found.reconstruction) ** 2).mean() < (found.original**2).mean() / 4


def test_a_later_visit_goes_on_with_the_latest_run(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """An address without a word opens the run that was trained last; one with settings does not."""
    latest = engine_store.summaries()[0]
    tab = open_tab()
    look_until(tab, lambda tab: tab.query_params.get("run"))
    assert tab.query_params["run"] == latest.run_id
    look_until(tab, lambda tab: says(tab, "**Finished**"))
    assert not says(tab, "An autoencoder learns")
    tab = open_tab(**{"data.source": "wine"})
    look_until(tab, lambda tab: session.engine_is_up())
    assert "run" not in tab.query_params


def test_the_form_says_when_it_no_longer_describes_the_run(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """Option by option, and not once it is as it was."""
    tab = open_tab(**{"data.source": "digits", "training.epochs": "2"})
    started(tab)
    look_until(tab, lambda tab: says(tab, "**Finished** 2 epochs"))
    assert not says(tab, "The form has changed")
    tab.get_by_key("form:model.encoding_dim").set_value(5).run()
    assert says(tab, "The form has changed since this run\\: encoding dimension 8 → 5\\.")
    tab.get_by_key("form:model.encoding_dim").set_value(8).run()
    assert not says(tab, "The form has changed")


def test_a_second_run_knows_which_was_before(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Its curves lie pale behind, where the loss means the same."""
    tab = started(open_tab(**{"data.source": "digits", "training.epochs": "2"}))
    look_until(tab, lambda tab: says(tab, "**Finished** 2 epochs"))
    (first,) = panels(tab)
    press(tab, "start")
    look_until(tab, lambda tab: panels(tab) and panels(tab)[0]["run"] != first["run"])
    look_until(tab, lambda tab: says(tab, "**Finished** 2 epochs"))
    (second,) = panels(tab)
    assert (first["behind"], second["behind"]) == ("", first["run"])
    drawn = json.loads(bytes(asked(second["run"], behind=first["run"]).body))["loss"]["svg"]
    assert 'class="before"' in drawn
    alone = json.loads(bytes(asked(second["run"]).body))["loss"]["svg"]
    assert 'class="before"' not in alone
