"""442 patients, ten measurements each, and how their disease went on."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts

MEASUREMENTS = (
    "age",
    "sex",
    "body mass index",
    "blood pressure",
    "total cholesterol",
    "LDL cholesterol",
    "HDL cholesterol",
    "total / HDL cholesterol",
    "log of triglycerides",
    "blood sugar",
)


def load() -> Dataset:
    """The measurements as (442, 10) float, each in its own unit; no classes, but one factor."""
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes(scaled=False)
    return Dataset(
        x=bunch.data.astype("float32"),
        y=None,
        kind="table",
        feature_names=MEASUREMENTS,
        factors={"disease progression": bunch.target.astype("float32")},
    )


SPEC = DatasetSpec(
    name="diabetes",
    title="Diabetes, a table",
    summary="442 patients with ten measurements; how far their disease had gone a year later is "
    "known of each, to colour maps by.",
    facts=Facts(442, (10,), "table", (1, 301)),
    load=load,
    source="Efron, Hastie, Johnstone and Tibshirani 2004, Least angle regression; scikit-learn",
    order=70,
)
