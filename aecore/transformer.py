"""`AutoencoderTransformer`: an autoencoder that reduces dimensions, for scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.base import ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from aecore.estimator import BLOCK, RunEstimator, filled_up

EPOCHS = 100


class AutoencoderTransformer(ClassNamePrefixFeaturesOutMixin, TransformerMixin, RunEstimator):
    """Codes of rows, by an autoencoder that is trained on rows without labels.

    Args:
        n_components: numbers in a code.
        experiment: options that differ from those below, as an `Experiment` has them: nested, or
            by dotted paths. Rows are standardised, and none are held out.

    Attributes:
        result_: what training left, as `aecore.train` gives it.
        n_features_in_, feature_names_in_: as of any estimator.
    """

    def __init__(
        self, n_components: int = 2, *, experiment: Mapping[str, Any] | None = None
    ) -> None:
        self.n_components = n_components
        self.experiment = experiment

    def fit(self, X: Any, y: Any = None) -> AutoencoderTransformer:  # noqa: N803
        """Train on rows X (n, features); y is ignored.

        Raises:
            ValueError: X holds no numbers, or fewer than two rows.
            ExperimentError: the options do not fit together.
        """
        x = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        own = {
            "data": {"validation_fraction": 0.0},
            "preprocessing": {"scaling": "standardize"},
            "model": {"encoding_dim": int(self.n_components)},
            "training": {"epochs": EPOCHS},
        }
        self._train(x, own)
        self._n_features_out = int(self.result_.decoder.inputs[0].shape[-1])
        return self

    def transform(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n, n_components) float64, the codes of rows X (n, features)."""
        check_is_fitted(self, "result_")
        x = validate_data(self, X, dtype=np.float64, reset=False)
        parts = self.result_.apply_in_parts(filled_up(x), size=BLOCK)
        return np.concatenate([part.codes for part in parts])[: len(x)].astype(np.float64)

    def inverse_transform(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n, features) float64, what is decoded from codes X (n, n_components), in own units.

        Raises:
            ValueError: the codes have another number of numbers.
        """
        check_is_fitted(self, "result_")
        codes = check_array(X, dtype=np.float64)
        if codes.shape[1] != self._n_features_out:
            raise ValueError(
                f"X has {codes.shape[1]} features, but a code of this "
                f"{type(self).__name__} has {self._n_features_out}."
            )
        filled = filled_up(codes.astype(np.float32))
        made = [
            self.result_.autoencoder.reconstructions(part, part)
            for part in np.split(filled, len(filled) // BLOCK)
        ]
        return self.result_.preparation.to_units(np.concatenate(made)[: len(codes)])
