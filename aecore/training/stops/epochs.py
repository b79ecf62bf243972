"""After all epochs: the weights of the last one are kept."""

from __future__ import annotations

from typing import Literal

from aecore.settings import Settings, setting
from aecore.training.stops._spec import StopSpec


class AfterAllEpochs(Settings):
    """Train for as many epochs as are asked for."""

    kind: Literal["epochs"] = setting(
        "epochs",
        "When training ends",
        "The last epoch of training, and the one whose weights are kept.",
        advanced=True,
    )


SPEC = StopSpec(
    name="epochs",
    title="After all epochs",
    summary="The weights of the last epoch are kept.",
    settings=AfterAllEpochs,
    order=10,
)
