"""The Experiment: defaults, round trips, and refusals a user can act on."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aecore.data import DATASETS, facts
from aecore.errors import ExperimentError
from aecore.experiment import Experiment
from aecore.experiment.available_options import available_options
from aecore.experiment.link import from_query, to_query
from aecore.models.activations import HIDDEN_ACTIVATIONS
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.losses import LOSSES
from aecore.settings import controls, value_at
from aecore.training.optimizers import OPTIMIZERS


def names(family):
    """One of a family's members."""
    return st.sampled_from(sorted(family))


changes = st.fixed_dictionaries(
    {
        "data.source": names(name for name in DATASETS if facts(name).kind != "text"),
        "data.validation_fraction": st.floats(0.05, 0.4),
        "preprocessing.scaling": st.just("min-max"),
        "model.encoding_dim": st.integers(1, 1024),
        "model.backbone.units": st.lists(st.integers(1, 4096), max_size=10),
        "model.backbone.activation": names(HIDDEN_ACTIVATIONS),
        "training.loss": names(LOSSES.keys() - {"ssim"}),
        "training.optimizer": names(OPTIMIZERS),
        "training.learning_rate": st.floats(1e-6, 10),
        "training.epochs": st.integers(1, 2000),
        "training.batch_size": st.integers(1, 8192),
        "training.stop": st.just({"kind": "epochs"})
        | st.fixed_dictionaries({"kind": st.just("validation"), "patience": st.integers(1, 200)}),
        "seed": st.integers(0, 2**31 - 1),
    }
)


@given(changes)
@settings(deadline=None)
def test_round_trips(changed):
    """JSON and address give back an equal experiment, and the changes are in it."""
    experiment = Experiment().replace(changed)
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert from_query(to_query(experiment)) == (experiment, [])
    assert experiment.model.encoding_dim == changed["model.encoding_dim"]


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.floats() | st.text(), st.lists)))
@settings(deadline=None)
def test_anything_else_is_refused_in_sentences(given_):
    """Any JSON-like mapping is an experiment or an ExperimentError, nothing else."""
    try:
        Experiment.from_dict(given_)
    except ExperimentError as error:
        assert all(problem.message for problem in error.problems)


@given(st.dictionaries(st.sampled_from([c.path for c in controls(Experiment())]), st.text()))
@settings(deadline=None)
def test_any_address_opens(query):
    """A mangled address gives a valid experiment and says what it ignored."""
    experiment, ignored = from_query(query)
    kept = to_query(experiment)
    for path, text in query.items():
        if kept.get(path) != text and not ignored:
            # Another spelling of the same value, such as 1.0 for 1.
            assert from_query({**kept, path: text})[0] == experiment


@pytest.mark.parametrize(
    ("given_", "path", "word"),
    [
        ({"training": {"epochs": 0}}, "training.epochs", "greater than or equal to 1"),
        ({"training": {"epochs": 2.5}}, "training.epochs", "integer"),
        ({"training": {"epocs": 2}}, "training.epocs", "no field"),
        ({"training": {"learning_rate": float("inf")}}, "training.learning_rate", "finite"),
        ({"data": {"source": "nope"}}, "data.source", "no data set named 'nope'"),
        ({"data": {"source": "/no/such.npz"}}, "data.source", "no file"),
        ({"data": {"source": "x" * 999 + ".npz"}}, "data.source", "name too long). Check the path"),
        ({"data": {"source": ""}}, "data.source", "must have at least 1 character."),
        ({"data": []}, "data", "must be an object, with names in braces. Received: []"),
        ({"training": {"stop": 5}}, "training.stop", "must be an object"),
        ({"model": {"backbone": "dense"}}, "model.backbone", "must be an object"),
        ({"model": {"backbone": {"units": 8}}}, "model.backbone.units", "must be a list."),
        (
            {"model": {"backbone": {"units": [8] * 11}}},
            "model.backbone.units",
            "must have at most 10 items, not 11.",
        ),
        (
            {
                "preprocessing": {"scaling": "standardize"},
                "training": {"loss": "binary_crossentropy"},
            },
            "training.loss",
            "min-max",
        ),
        (
            {"preprocessing": {"scaling": "none"}, "training": {"loss": "binary_crossentropy"}},
            "training.loss",
            "0 to 255",
        ),
        ({"model": {"output_activation": "linear"}}, "model.output_activation", "sigmoid"),
        (
            {"data": {"validation_fraction": 0.0}, "training": {"stop": {"kind": "validation"}}},
            "training.stop.kind",
            "validation share",
        ),
        ({"data": {"validation_fraction": 0.5, "test_fraction": 0.5}}, "data.test_fraction", "few"),
        (
            {
                "data": {
                    "source": "sensor-stream",
                    "rows": 1000,
                    "validation_fraction": 0.05,
                    "test_fraction": 0.2,
                },
                "training": {"schedule": "plateau"},
            },
            "training.schedule",
            "all windows held out for it share rows",
        ),
        (
            {
                "model": {"bottleneck": {"kind": "wasserstein"}},
                "training": {"batch_size": 1},
            },
            "training.batch_size",
            "Choose a batch size of 8 or more",
        ),
    ],
)
def test_refusals_name_field_and_fix(given_, path, word):
    """Each impossible value is refused under its field's path with a helpful sentence."""
    with pytest.raises(ExperimentError) as error:
        Experiment.from_dict(given_)
    problem = error.value.problems[0]
    assert problem.path == path
    assert word in problem.message


def test_every_control_has_a_title_and_a_line_of_help():
    """The form never shows an unexplained control."""
    for control in controls(Experiment()):
        assert control.title and control.help.endswith("."), control.path
        may_be_off = control.kind == "optional" or control.start is not None
        assert may_be_off or value_at(Experiment(), control.path) is not None


@pytest.mark.parametrize("path", ["training.stop.kind", "training.schedule"])
@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_the_form_says_what_is_watched(bottleneck, path):
    """In the bottleneck's own words, where it is not simply the validation loss."""
    experiment = Experiment().replace({"model.bottleneck.kind": bottleneck})
    control = next(c for c in controls(experiment) if c.path == path)
    shown = available_options(experiment, control)
    said, declared = (
        " ".join([one.help, *(choice.summary for choice in one.choices)])
        for one in (shown, control)
    )
    assert experiment.bottleneck.watched in said
    assert (said == declared) == (bottleneck not in ("adversarial", "variational"))


def test_address_cannot_name_files(tmp_path):
    """A link may not make this machine read a file."""
    experiment, ignored = from_query({"data.source": str(tmp_path / "x.npz")})
    assert experiment.data.source == "mnist-5k"
    assert "no such data set" in ignored[0]


def test_too_few_samples_are_counted_and_an_unknown_class_is_told_alone(tmp_path):
    """That no sample is of a class that there is not goes without saying."""
    np.savez(tmp_path / "one.npz", x=np.ones((1, 4)))
    with pytest.raises(ExperimentError, match=r"^1 sample is too few to train on"):
        Experiment.from_dict({"data": {"source": str(tmp_path / "one.npz")}})
    with pytest.raises(ExperimentError) as error:
        Experiment.from_dict({"data": {"source": "digits", "classes": ["ten"]}})
    assert [problem.path for problem in error.value.problems] == ["data.classes"]


def test_what_an_address_leaves_open_suits_the_rest():
    """An option alone is heard: loss and code follow it, as they do in an experiment."""
    query = {"data.source": "digits", "preprocessing.scaling": "standardize"}
    experiment, ignored = from_query(query)
    assert (experiment.preprocessing.scaling, experiment.training.loss) == ("standardize", "mse")
    assert ignored == []


def test_the_address_of_any_bottleneck_holds_its_options():
    """Also where the code that suits the data set could not be cut into vectors."""
    chosen = {"data.source": "blobs", "model.bottleneck.kind": "vector-quantized"}
    experiment = Experiment.from_dict(
        {"data": {"source": "blobs"}, "model": {"bottleneck": {"kind": "vector-quantized"}}}
    ).replace({"model.bottleneck.codebook_size": 64})
    assert from_query(to_query(experiment)) == (experiment, [])
    few = from_query({**chosen, "model.bottleneck.codebook_size": "64"})
    assert few == (experiment, [])


def test_an_option_of_a_group_that_does_not_fit_is_dropped_alone():
    """A problem of early stopping is one of its patience, and the rest of the address holds."""
    experiment, ignored = from_query(
        {
            "data.source": "digits",
            "data.validation_fraction": "0.0",
            "model.encoding_dim": "3",
            "training.stop.kind": "validation",
        }
    )
    assert (experiment.data.validation_fraction, experiment.model.encoding_dim) == (0.0, 3)
    assert len(ignored) == 1 and ignored[0].startswith("training.stop.kind=validation was")


def test_schema_is_json():
    """The schema can be printed, and knows the losses."""
    schema = json.dumps(Experiment.model_json_schema())
    assert all(f'"{name}"' in schema for name in LOSSES)


def test_an_address_names_what_is_out_of_the_ordinary_alone():
    """The data set, and what was changed; what the data set brings by itself is left out."""
    data = {"source": "digits"}
    assert set(to_query(Experiment.from_dict({"data": data}))) == {"version", "data.source"}

    changed = Experiment.from_dict(
        {"data": data, "model": {"bottleneck": {"kind": "variational", "beta": 2.0}}}
    )
    query = to_query(changed)
    assert set(query) == {
        "version",
        "data.source",
        "model.bottleneck.kind",
        "model.bottleneck.beta",
    }
    assert from_query(query) == (changed, [])
