"""`Blueprint`: what a model is built from beside its settings; with its weights it is the model."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from aecore.data.limits import refuse_above
from aecore.data.shards import FLOAT_BYTES
from aecore.errors import DataError
from aecore.models import weights
from aecore.models.assembly import ModelDesign, layers
from aecore.models.building import build
from aecore.models.options import ModelSettings
from aecore.models.seeding import drawing_alone

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

BLUEPRINT, WEIGHTS = "model.json", "weights.npz"
# A sample of more values is nothing that could have been trained.
MOST_VALUES = 2**24
# How small packing makes weights at most, and what need not be looked at.
MOST_PACKED, SMALL_BYTES = 1_000, 2**24


@dataclass(frozen=True)
class Blueprint:
    """What a model was built from that does not stand in its settings.

    Attributes:
        sample_shape: of one sample.
        value_range: the least and the greatest training value.
        steps_an_epoch: batches in an epoch.
        classes: that encoder and decoder are told of, or 0.
        output_activation: `sigmoid` or `linear`.
    """

    sample_shape: tuple[int, ...]
    value_range: tuple[float, float]
    steps_an_epoch: int
    classes: int
    output_activation: str

    @classmethod
    def load(cls, folder: Path) -> Blueprint:
        """What `write` wrote.

        Raises:
            DataError: the file is missing or damaged, or tells of no possible model.
        """
        try:
            given = json.loads((folder / BLUEPRINT).read_text("utf-8"))
            found = TypeAdapter(cls).validate_python(given)
        except (OSError, ValueError, RecursionError) as error:
            raise _damaged(type(error).__name__) from None
        if not found._is_possible:
            raise _damaged("impossible numbers")
        return found

    @property
    def _is_possible(self) -> bool:
        sizes = (*self.sample_shape, self.steps_an_epoch)
        few = 1 <= len(self.sample_shape) <= 3 and math.prod(self.sample_shape) <= MOST_VALUES
        finite = all(map(math.isfinite, self.value_range))
        return few and finite and min(sizes) >= 1 and 0 <= self.classes <= MOST_VALUES


def write(folder: Path, model: Autoencoder, output_activation: str) -> None:
    """Write what `rebuilt` needs of a model beside its settings."""
    low, high = model.objective["value_range"]
    blueprint = Blueprint(
        sample_shape=tuple(int(size) for size in model.trunk.inputs[0].shape[1:]),
        value_range=(float(low), float(high)),
        steps_an_epoch=int(model.objective["steps_an_epoch"]),
        classes=model.labels,
        output_activation=output_activation,
    )
    (folder / BLUEPRINT).write_text(json.dumps(asdict(blueprint), indent=1) + "\n", "utf-8")
    weights.write(model, folder / WEIGHTS)


def rebuilt(folder: Path, settings: ModelSettings, loss: str) -> Autoencoder:
    """The model of these settings with the weights in a folder; no model file is read.

    Raises:
        DataError: what the folder holds is damaged, of another model, or above the limits.
    """
    known = Blueprint.load(folder)
    design = ModelDesign(settings, loss, known.output_activation, known.classes)
    try:
        _refuse_large(folder, design, known.sample_shape)
        with drawing_alone(0):
            model = build(design, known.sample_shape, known.value_range, known.steps_an_epoch)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise _damaged(type(error).__name__) from None
    weights.read_into(model, folder / WEIGHTS)
    return model


def _refuse_large(folder: Path, design: ModelDesign, sample_shape: tuple[int, ...]) -> None:
    """A few bytes of settings could ask for a model that no memory holds."""
    wanted = FLOAT_BYTES * sum(layer.parameters for layer in layers(design, sample_shape))
    if wanted > SMALL_BYTES + MOST_PACKED * (folder / WEIGHTS).stat().st_size:
        raise DataError("The weights are those of another model.", weights.AGAIN)
    refuse_above("unpacked_bytes", wanted, "The weights of this model", weights.AGAIN)


def _damaged(why: str) -> DataError:
    return DataError(f"The model of this run cannot be built ({why}).", weights.AGAIN)
