"""150 flowers, four lengths each."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts
from aecore.data.sources._order import shuffled

CLASSES = ("setosa", "versicolor", "virginica")


def load() -> Dataset:
    """The lengths as (150, 4) float, in centimetres."""
    from sklearn.datasets import load_iris

    bunch = load_iris()
    return shuffled(
        Dataset(
            x=bunch.data.astype("float32"),
            y=bunch.target.astype("int64"),
            kind="table",
            class_names=CLASSES,
            feature_names=tuple(str(name) for name in bunch.feature_names),
        )
    )


SPEC = DatasetSpec(
    name="iris",
    title="Iris, a small table",
    summary="150 iris flowers of three species: length and width of sepals and petals.",
    facts=Facts(150, (4,), "table", (0.1, 7.9), class_names=CLASSES),
    load=load,
    source="Fisher 1936, The use of multiple measurements in taxonomic problems; scikit-learn",
    order=60,
)
