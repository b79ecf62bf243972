"""178 wines, 13 measurements each."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts
from aecore.data.sources._order import shuffled

CLASSES = ("cultivar 1", "cultivar 2", "cultivar 3")


def load() -> Dataset:
    """The measurements as (178, 13) float, each column in its own unit."""
    from sklearn.datasets import load_wine

    bunch = load_wine()
    return shuffled(
        Dataset(
            x=bunch.data.astype("float32"),
            y=bunch.target.astype("int64"),
            kind="table",
            class_names=CLASSES,
            feature_names=tuple(str(name).replace("_", " ") for name in bunch.feature_names),
        )
    )


SPEC = DatasetSpec(
    name="wine",
    title="Wine, a table",
    summary="178 Italian wines of three cultivars, each with 13 chemical measurements.",
    facts=Facts(178, (13,), "table", (0.13, 1680), class_names=CLASSES),
    load=load,
    source="Forina et al., Wine recognition data, UCI Machine Learning Repository; scikit-learn",
    order=50,
)
