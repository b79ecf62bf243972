"""Is what a browser is told of a run true, in words and figures?"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.runs.run_view import RunView
from aecore.training import events
from ui.base.theme import DARK, LIGHT
from ui.train.live_answer import (
    LOOK_FOR,
    Look,
    describe,
    describe_settings,
    snapshot_shown,
    version,
)

LOOK = Look(LIGHT, 700)
IMAGES = np.linspace(0, 1, 10 * 8 * 8).reshape(10, 8, 8, 1)


def started(**changes: Any) -> RunView:
    """A run of the digits that has begun."""
    tree = Experiment.from_dict({"data": {"source": "digits"}}).replace(changes).to_dict()
    return RunView.of([events.started(tree, {"train": 8, "validation": 2, "test": 0}, 12345)])


def trained(epochs: int, **changes: Any) -> RunView:
    """The same with some epochs done, of half a second each."""
    view = started(**changes)
    for epoch in range(1, epochs + 1):
        view = view.after(events.epoch_ended(epoch, {"loss": 1 / epoch, "val_loss": 0.5}, 0.5))
    return view


def looked_at(view: RunView, epoch: int = 3) -> RunView:
    """The same with a snapshot of ten images and their codes."""
    packed = events.pack(IMAGES)
    probe = {
        "kind": "image",
        "measured_on": "validation",
        "original": packed,
        "reconstruction": packed,
        "labels": [0] * 10,
    }
    latent_map = {
        "points": events.pack(np.ones((10, 2))),
        "labels": None,
        "class_names": [],
        "dimension": 32,
    }
    return view.after(events.snapshot(epoch, probe, latent_map))


def told(view: RunView, ahead: int = 0, look: Look = LOOK, **options: Any) -> dict[str, Any]:
    """The answer, after a trip through JSON as to the browser."""
    answer: dict[str, Any] = json.loads(
        json.dumps(describe(view, ahead, look, **options), allow_nan=False)
    )
    return answer


def test_progress_is_told_in_epochs_and_time() -> None:
    """Four of twenty epochs of half a second each: a fifth done, eight seconds to go."""
    head = told(trained(4, **{"training.epochs": 20}))["head"]
    assert head["share"] == pytest.approx(0.2)
    assert dict(head["figures"]) == {
        "Epoch": "4 of 20",
        "Loss": "0.250",
        "Validation": "0.500",
        "Time left": "8.0 s",
    }
    assert head["doing"] == "Training"


def test_what_is_waited_for_is_said() -> None:
    """Runs ahead, the worker, and the first epoch."""
    queued = RunView()
    assert told(queued, 1)["head"]["doing"] == "Waiting for 1 run ahead of this one"
    assert told(queued, 2)["head"]["doing"] == "Waiting for 2 runs ahead of this one"
    assert "loads the data" in told(queued)["head"]["doing"]
    assert "first epoch takes the longest" in told(started())["head"]["doing"]
    assert told(queued)["waits"] and told(started())["waits"] and not told(trained(1))["waits"]


def test_an_ended_run_has_no_progress() -> None:
    """The page says how it ended."""
    answer = told(trained(4).after(events.ended("finished", metrics={})))
    assert answer["ended"] and not answer["waits"] and "head" not in answer
    assert answer["loss"]["alt"].startswith("Loss after epoch 4")


def test_the_loss_has_its_title_its_figures_and_how_to_read_them() -> None:
    """Also what is off the scale."""
    view = trained(2, **{"training.loss": "mse"}).after(
        events.yardsticks("validation", {"mean": 90.0, "pca": 0.4})
    )
    loss = told(view)["loss"]
    assert loss["title"] == "Mean squared error"
    assert [reading[1] for reading in loss["readings"]] == ["Epoch 1", "Epoch 2"]
    assert "Off the scale: mean at 90.0." in loss["caption"]
    assert "the least there can be" not in loss["caption"]


def test_the_floor_is_explained_where_there_is_one() -> None:
    """Only then."""
    marks = {"mean": 0.3, "pca": 0.2, "entropy_floor": 0.1}
    view = trained(2).after(events.yardsticks("validation", marks))
    assert "the least there can be" in told(view)["loss"]["caption"]


def test_the_noisy_input_is_explained_where_it_is_drawn() -> None:
    """A line without a word beside it would be a riddle."""
    marks = {"mean": 0.3, "pca": 0.2}
    plain = trained(2).after(events.yardsticks("validation", marks))
    noisy = trained(2).after(events.yardsticks("validation", {**marks, "noisy_input": 0.4}))
    words = "the noisy input handed on as it is"
    assert words in told(noisy)["loss"]["caption"]
    assert words not in told(plain)["loss"]["caption"]


def test_a_median_is_not_called_a_mean() -> None:
    """With absolute errors it is the line to beat."""
    view = trained(2).after(events.yardsticks("validation", {"median": 0.3, "pca": 0.2}))
    loss = told(view)["loss"]
    assert "reconstructed as the median of each value, and by PCA" in loss["caption"]
    assert "Median 0.300" in loss["svg"]
    assert "median 0.3000" in loss["alt"]


ADVERSARIAL = {"model.bottleneck": {"kind": "adversarial"}}
LOGS = {
    "loss": 1.9,
    "val_loss": 1.75,
    "reconstruction": 0.3,
    "val_reconstruction": 0.285,
    "val_adversarial": 1.4,
    "val_mmd": 0.065,
    "val_discriminator_accuracy": 0.52,
}


def test_lines_stand_beside_the_reconstruction_and_the_other_parts_apart() -> None:
    """Of a loss with parts that no line has; before the first epoch there is none of it."""
    assert told(started(**ADVERSARIAL))["terms"] is None
    marks = events.yardsticks("validation", {"mean": 0.425, "pca": 0.316})
    view = started(**ADVERSARIAL).after(events.epoch_ended(1, LOGS, 0.5)).after(marks)
    answer = told(view)
    loss, terms = answer["loss"], answer["terms"]
    assert loss["title"].endswith(": reconstruction")
    assert "validation 0.2850, mean 0.4250, pca 0.3160" in loss["alt"]
    assert "Off the scale" not in loss["caption"]
    assert terms["title"] == "All parts of the validation loss"
    assert terms["alt"].endswith("sum 1.750, fooling 1.400, λ · MMD 0.06500.")
    assert "discriminator's accuracy 0.520" in terms["caption"]


def test_a_loss_that_is_all_reconstruction_has_one_chart() -> None:
    """Also where that is logged under its own name, as of every model."""
    logs = {"loss": 0.3, "val_loss": 0.2, "reconstruction": 0.3, "val_reconstruction": 0.2}
    answer = told(started().after(events.epoch_ended(1, logs, 0.5)))
    assert answer["terms"] is None
    assert "reconstruction" not in answer["loss"]["title"]
    assert "more parts" not in answer["loss"]["caption"]


def test_samples_and_map_say_of_what_and_when() -> None:
    """The words of the snapshot, and what to look for."""
    answer = told(looked_at(trained(3)))
    assert answer["samples"]["title"] == "How the same samples improve"
    assert answer["samples"]["when"] == "validation rows, epoch 3"
    assert answer["samples"]["caption"] == LOOK_FOR["image"]
    assert answer["map"]["alt"] == "Map of the codes of 10 samples after epoch 3."
    assert "code of 32 numbers" in answer["map"]["caption"]


def test_before_a_snapshot_there_is_room_for_it() -> None:
    """As high as what will stand there."""
    empty, full = told(started()), told(looked_at(trained(3)))
    assert "after the first epoch" in empty["samples"]["caption"]
    assert height(empty["samples"]["svg"]) == height(full["samples"]["svg"])
    assert height(empty["map"]["svg"]) == height(full["map"]["svg"])


def height(svg: str) -> str:
    """The height that an SVG asks for."""
    return svg.split('height="')[1].split('"')[0]


def test_a_snapshot_that_is_shown_already_is_not_sent_again() -> None:
    """A newer one is."""
    view = looked_at(trained(3))
    shown = told(view)["snapshot"]
    assert {"samples", "map"}.isdisjoint(told(view, has_snapshot=shown))
    assert "loss" in told(view, has_snapshot=shown)
    assert {"samples", "map"} <= set(told(looked_at(view, 5), has_snapshot=shown))
    assert snapshot_shown(started()) != shown


def test_a_version_changes_with_all_that_is_shown() -> None:
    """Events, the end, and the place in the queue."""
    view = started()
    seen = {
        version(view, 0),
        version(view, 1),
        version(trained(1), 0),
        version(trained(1).after(events.ended("stopped", metrics={})), 0),
        version(RunView(), 0),
    }
    assert len(seen) == 5
    assert told(view)["version"] == version(view, 0)


@pytest.mark.parametrize("part", ["loss", "samples", "map"])
def test_every_part_is_drawn_in_the_colours_of_the_theme(part: str) -> None:
    """Dark and light differ."""
    view = looked_at(trained(3))
    assert told(view)[part]["svg"] != told(view, look=Look(DARK, 700))[part]["svg"]


@pytest.mark.parametrize("part", ["loss", "terms", "map"])
def test_charts_are_as_wide_as_asked_for(part: str) -> None:
    """In pixels, so that letters keep their size."""
    view = looked_at(started(**ADVERSARIAL).after(events.epoch_ended(1, LOGS, 0.5)))
    svg = told(view, look=Look(LIGHT, 512))[part]["svg"]
    assert 'width="512"' in svg


def test_the_scale_of_the_loss_is_the_one_asked_for() -> None:
    """The same losses, elsewhere."""
    view = trained(3)
    log = told(view, look=Look(LIGHT, 700, log_scale=True))["loss"]
    assert log["svg"] != told(view)["loss"]["svg"]
    assert log["readings"] == told(view)["loss"]["readings"]


def test_settings_name_what_is_out_of_the_ordinary() -> None:
    """Kinds of layers, bottleneck and corruption, units, optimizer and batches."""
    tree = Experiment().replace(
        {
            "model.bottleneck": {"kind": "variational"},
            "model.corruption": {"kind": "gaussian"},
            "training.optimizer": "sgd",
        }
    )
    words = describe_settings(StoredExperiment.from_dict(tree.to_dict()))
    assert "Dense, variational, denoising 256-128-32" in words
    assert "SGD, rate" in words
