"""Early stopping: training ends when the validation loss no longer improves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from aecore.settings import Settings, setting
from aecore.training.stops._spec import StopSpec

if TYPE_CHECKING:
    from aecore.training.stops._spec import ErrorsOf
    from aecore.training.watching import Watched


class EarlyStopping(Settings):
    """End training when the validation loss no longer improves, and keep the best weights."""

    kind: Literal["validation"] = setting(
        "validation",
        "When training ends",
        "The last epoch of training, and the one whose weights are kept.",
        advanced=True,
    )
    patience: int = setting(
        10,
        "Patience",
        "Epochs without improvement before training ends.",
        ge=1,
        le=200,
        advanced=True,
    )


def keeper(settings: EarlyStopping, watched: Watched, errors_of: ErrorsOf) -> Any:
    """What ends training some epochs after the best one."""
    from aecore.training.watching import BestWeights

    return BestWeights(watched, settings.patience)


SPEC = StopSpec(
    name="validation",
    title="Early stopping",
    summary="Ends when the validation loss no longer improves, and keeps the best weights.",
    settings=EarlyStopping,
    keeper=keeper,
    watches_validation=True,
    order=20,
)
