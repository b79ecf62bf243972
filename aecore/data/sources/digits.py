"""1,797 handwritten digits at 8 × 8."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts


def load() -> Dataset:
    """The digits as (1797, 8, 8, 1) float, values 0 to 16."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return Dataset(
        x=bunch.images[..., None].astype("float32"),
        y=bunch.target.astype("int64"),
        kind="image",
        class_names=tuple("0123456789"),
    )


SPEC = DatasetSpec(
    name="digits",
    title="Small digits, 8 × 8",
    summary="1,797 handwritten digits as 8 × 8 grey images: trains in seconds.",
    facts=Facts(1797, (8, 8, 1), "image", (0, 16), class_names=tuple("0123456789")),
    load=load,
    source="Alpaydin and Kaynak, Optical Recognition of Handwritten Digits; scikit-learn",
    order=20,
)
