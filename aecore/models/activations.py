"""Activations of hidden layers and of the output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivationSpec:
    """One activation: its Keras name, its name on screen and a sentence about it."""

    name: str
    title: str
    summary: str


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
        ActivationSpec("sigmoid", "Sigmoid", "Squeezes values between 0 and 1."),
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
        ActivationSpec("auto", "Automatic", "Sigmoid where values lie in [0, 1], else linear."),
        ActivationSpec("sigmoid", "Sigmoid", "Output between 0 and 1."),
        ActivationSpec("linear", "Linear", "Output of any size."),
    )
}
