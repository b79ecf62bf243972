"""The bench: models whose training is compiled, kept for the next run of the same kind."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable

import keras

from aecore.models.autoencoder import Autoencoder
from aecore.training.loop import Compiled

KEPT = 4


class CompiledModelCache:
    """Trains in models of its own, so that those it hands out are never trained again.

    For one run at a time. The first kind, which a worker trains before it is asked, stays for good.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Compiled] = OrderedDict()
        self._first: str | None = None

    def borrow(self, model: Autoencoder, make: Callable[[], Autoencoder]) -> Compiled:
        """The compiled training of a model that is now just like `model`.

        Args:
            make: makes another model of the same experiment, for a kind that was not seen before.
        """
        key = _key(model)
        self._first = self._first or key
        if key not in self._kept:
            self._kept[key] = Compiled(make())
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            oldest = next(kind for kind in self._kept if kind != self._first)
            del self._kept[oldest]
        found = self._kept[key]
        model.build_optimizers()
        copy_state(model, found.model)
        return found


def copy_state(source: Autoencoder, target: Autoencoder) -> None:
    """Give one model all numbers of another of the same kind: weights, optimizers, seeds."""
    for theirs, ours in zip(_state(source), _state(target), strict=True):
        ours.assign(theirs)


def _state(model: Autoencoder) -> list[keras.Variable]:
    return [*model.variables, *(v for o in model.optimizers for v in o.variables)]


def _key(model: Autoencoder) -> str:
    """Whatever a compiled function has in it besides variables."""
    optimizer = keras.optimizers.serialize(model.optimizer)
    del optimizer["config"]["name"]
    if isinstance(optimizer["config"]["learning_rate"], float):
        # A variable; only a schedule is part of the function.
        del optimizer["config"]["learning_rate"]
    return json.dumps([model.get_config(), optimizer], sort_keys=True, default=str)
