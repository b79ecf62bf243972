"""Activations of hidden layers and of the output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivationSpec:
    """One activation.

    Attributes:
        name: as in an experiment, and in Keras.
        title: as on screen.
        summary: one sentence in plain words.
        unit_interval: whether it gives values between 0 and 1; None where the rest of the
            experiment decides.
    """

    name: str
    title: str
    summary: str
    unit_interval: bool | None = False


HIDDEN_ACTIVATIONS = {
    spec.name: spec
    for spec in (
        ActivationSpec(
            "relu",
            "ReLU",
            ("Zero for negative values, unchanged above: fast, and the usual choice."),
        ),
        ActivationSpec(
            "elu", "ELU", ("Like ReLU, but smooth, with a small slope for negative values.")
        ),
        ActivationSpec("gelu", "GELU", "A smooth ReLU, common in transformers."),
        ActivationSpec("silu", "SiLU (swish)", "A smooth ReLU that dips below zero."),
        ActivationSpec("tanh", "Tanh", "Squeezes values between −1 and 1."),
        ActivationSpec("sigmoid", "Sigmoid", "Squeezes values between 0 and 1.", True),
        ActivationSpec(
            "linear",
            "Linear",
            ("Changes nothing: without non-linearities the network can learn no more than PCA."),
        ),
    )
}

OUTPUT_ACTIVATIONS = {
    spec.name: spec
    for spec in (
        ActivationSpec(
            "auto", "Automatic", "Sigmoid where values lie in [0, 1], else linear.", None
        ),
        ActivationSpec("sigmoid", "Sigmoid", "Output between 0 and 1.", True),
        ActivationSpec("linear", "Linear", "Output of any size."),
    )
}


def resolved_output(chosen: str, *, unit_interval: bool) -> str:
    """An output activation with what the rest decides decided: by whether values lie in [0, 1]."""
    if OUTPUT_ACTIVATIONS[chosen].unit_interval is not None:
        return chosen
    return "sigmoid" if unit_interval else "linear"
