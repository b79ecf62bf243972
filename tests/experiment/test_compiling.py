"""From which epoch XLA trains, and that one seed gives one history whatever ran before."""

import pytest

from aecore import Experiment, train
from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.experiment.compiling import xla_from
from aecore.models.building import build
from aecore.training import loop
from aecore.training.compiled_models import KEPT, CompiledModelCache

ROWS = 1438


def digits(**changes):
    """A small model on small digits, long enough for XLA: twelve epochs of 45 batches."""
    base = {"model.backbone.units": [24], "training.epochs": 12, "training.batch_size": 32}
    return Experiment(data={"source": "digits"}).replace(
        base | {path.replace("__", "."): value for path, value in changes.items()}
    )


def wasserstein(**changes):
    """The same with a loss that adds many terms of one shape, too short for XLA."""
    return digits(model__bottleneck={"kind": "wasserstein"}, training__epochs=3, **changes)


@pytest.mark.parametrize(
    ("experiment", "rows", "epoch"),
    [
        (digits(), ROWS, 2),
        (digits(training__epochs=11), ROWS, None),
        (digits(training__epochs=1), 32 * 500, 1),
        (digits(training__epochs=2), 32 * 499, 2),
        (digits(model__corruption={"kind": "gaussian"}), ROWS, None),
        (Experiment(), 4000, 1),
        (Experiment(seed=5).replace({"training.epochs": 30}), 4000, 1),
        (Experiment().replace({"training.stop": {"kind": "validation", "patience": 3}}), 4000, 1),
        (Experiment().replace({"model.encoding_dim": 5}), 4000, 2),
        (Experiment().replace({"training.epochs": 2}), 4000, None),
    ],
)
def test_the_experiment_alone_says_when_xla_begins(experiment, rows, epoch):
    """Never in a short run, at once where a compilation is at hand or pays, else in epoch two."""
    assert xla_from(experiment, rows) == epoch


@pytest.mark.parametrize("experiment", [digits(), wasserstein()], ids=["xla", "plain"])
def test_a_run_after_an_equal_run_has_its_history(experiment):
    """The first on a bench compiles as it goes, the next ones find all compiled."""
    model_cache = CompiledModelCache()
    first, second, third = (train(experiment, model_cache=model_cache) for _ in range(3))
    assert first.history == second.history == third.history
    assert first.metrics == second.metrics == third.metrics


@pytest.mark.parametrize(
    "make", [digits, pytest.param(wasserstein, marks=pytest.mark.slow)], ids=["xla", "plain"]
)
def test_a_run_after_others_of_its_model_has_its_history(make):
    """Whether those were shorter or longer, in other batches, or measured on more rows."""
    alone, model_cache = train(make()), CompiledModelCache()
    short = make().replace({"training.epochs": 2})
    short_alone = train(short, model_cache=model_cache)
    for change in (
        {"training.epochs": 20},
        {"training.batch_size": 48},
        {"data.validation_fraction": 0.3},
    ):
        train(make().replace(change), model_cache=model_cache)
    assert train(make(), model_cache=model_cache).history == alone.history
    assert train(short, model_cache=model_cache).history == short_alone.history


@pytest.mark.parametrize("experiment", [digits(), wasserstein()], ids=["xla", "plain"])
def test_chunks_of_any_length_give_the_same_history(experiment, monkeypatch):
    """Time decides how many batches a chunk has, and nothing else."""
    histories = []
    for seconds in (0.0, 1e9):
        monkeypatch.setattr(loop, "CHUNK_SECONDS", seconds)
        histories.append(train(experiment).history)
    assert histories[0] == histories[1]


def test_a_run_that_ends_early_has_the_beginning_of_the_whole_history():
    """Stopped by its user or by early stopping, it differs in its length alone."""
    whole = digits(training__learning_rate=0.03)
    history, heard = train(whole).history, []

    def after_five_epochs():
        return sum(event["event"] == "epoch" for event in heard) >= 5

    stopped = train(whole, on_event=heard.append, should_stop=after_five_epochs).history
    patient = whole.replace({"training.stop": {"kind": "validation", "patience": 1}})
    for shorter in (stopped, train(patient).history):
        epochs = len(shorter["loss"])
        assert 1 <= epochs <= 12
        assert shorter == {name: values[:epochs] for name, values in history.items()}
    assert len(stopped["loss"]) == 5


def test_the_first_kind_stays_on_the_bench():
    """It is the default one, compiled before anyone asks; of others the oldest makes room."""
    model_cache = CompiledModelCache()

    def borrowed(units):
        experiment = digits(model__backbone__units=[units])
        model = build(
            experiment.design,
            prepare(experiment.preparation_options, load("digits")).train.shape[1:],
        )
        model.compile(optimizer="sgd")
        return model_cache.borrow(model, lambda: model)

    kept = [borrowed(units) for units in range(2, 2 + KEPT)]
    borrowed(2 + KEPT)
    assert borrowed(2) is kept[0]
    assert borrowed(3) is not kept[1]
