"""How a Wasserstein autoencoder is trained."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from aecore.models.autoencoder import Autoencoder, Terms, features_of
from aecore.models.bottlenecks._prior import mmd
from aecore.models.bottlenecks._wasserstein_options import WassersteinBottleneck


@keras.saving.register_keras_serializable(package="aecore")
class WassersteinAutoencoder(Autoencoder):
    """Minimises the summed reconstruction loss + λ·MMD², the unbiased estimate over the batch."""

    def __init__(self, trunk: Any, decoder: Any, objective: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(trunk, decoder, objective, **kwargs)
        self.settings = WassersteinBottleneck(**objective["bottleneck"])

    @property
    def bottleneck_terms(self) -> tuple[str, ...]:
        return ("mmd",)

    def encode(self, seen: Any, training: bool) -> tuple[Any, Terms]:
        code = self.encoder(self.encoder_inputs(seen), training=training)
        scale = self.settings.prior_scale
        prior = scale * keras.random.normal(ops.shape(code), seed=self.random)
        return code, {"mmd": self.settings.mmd_weight * mmd(code, prior, scale, ops)}

    def reconstruction_term(
        self, mean_loss: Any, clean: Any, training: bool, of_cut_codes: bool = False
    ) -> Any:
        return features_of(clean) * mean_loss
