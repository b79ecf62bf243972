"""Are two experiments told apart in words that a form uses?"""

from __future__ import annotations

from aecore.experiment import Experiment
from aecore.experiment.differences import differences, in_words


def changed(**values: object) -> str:
    """What the default experiment becomes with some values changed, in words."""
    before = Experiment()
    after = before.replace({path.replace("__", "."): value for path, value in values.items()})
    return in_words(differences(before, after), most=9)


def test_equal_experiments_differ_in_nothing() -> None:
    """No words where there is nothing to say."""
    assert not differences(Experiment(), Experiment())
    assert changed() == ""


def test_each_kind_of_value_is_said_as_the_form_shows_it() -> None:
    """Numbers, titles of choices, lists and switches, in the order of the form."""
    before = Experiment()
    assert changed(model__encoding_dim=16) == f"encoding dimension {before.model.encoding_dim} → 16"
    assert changed(data__source="digits").startswith("data set MNIST")
    assert changed(model__backbone__units=[]).endswith("→ none")
    assert "off → 0.5" in changed(training__clip_norm=0.5)
    assert "off → 0.001" in changed(model__penalties__l1=0.001)


def test_of_another_kind_the_kind_alone_is_named() -> None:
    """What a variational bottleneck can be told besides is not a difference of its own."""
    found = differences(
        Experiment(), Experiment().replace({"model.bottleneck.kind": "variational"})
    )
    assert "model.bottleneck.kind" in [difference.path for difference in found]
    assert "model.bottleneck.beta" not in [difference.path for difference in found]
    assert any("→ Variational" in difference.words for difference in found)


def test_more_than_a_few_are_counted() -> None:
    """A line holds the first ones and says how many there are beside them."""
    after = Experiment().replace(
        {"model.encoding_dim": 5, "training.epochs": 9, "training.batch_size": 77, "seed": 4}
    )
    assert in_words(differences(Experiment(), after), most=2).endswith(" and 2 more")
