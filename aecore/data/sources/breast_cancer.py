"""569 tumours, 30 measurements each."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts


def load() -> Dataset:
    """The measurements as (569, 30) float, each column in its own unit."""
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    return Dataset(
        x=bunch.data.astype("float32"),
        y=bunch.target.astype("int64"),
        kind="table",
        class_names=tuple(str(name) for name in bunch.target_names),
        feature_names=tuple(str(name) for name in bunch.feature_names),
    )


SPEC = DatasetSpec(
    name="breast-cancer",
    title="Breast cancer, a table",
    summary="569 tumours with 30 measurements of their cell nuclei, benign or malignant.",
    facts=Facts(569, (30,), "table", (0, 4254), class_names=("malignant", "benign")),
    load=load,
    source="Wolberg, Street and Mangasarian, Breast Cancer Wisconsin (Diagnostic); scikit-learn",
    order=30,
)
