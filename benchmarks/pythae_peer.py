"""pythae's VAE with its own trainer, in an interpreter that has pythae; prints one line of JSON.

python pythae_peer.py digits.npz EPOCHS BATCH_SIZE LEARNING_RATE
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from typing import Any

import numpy as np
import torch
from pythae.data.datasets import BaseDataset, DatasetOutput
from pythae.models import VAE, VAEConfig
from pythae.trainers import BaseTrainer, BaseTrainerConfig
from pythae.trainers.training_callbacks import TrainingCallback


class Clock(TrainingCallback):
    """Seconds of each epoch."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._began = 0.0

    def on_epoch_begin(self, *_: Any, **__: Any) -> None:
        self._began = time.perf_counter()

    def on_epoch_end(self, *_: Any, **__: Any) -> None:
        self.seconds.append(time.perf_counter() - self._began)


def main(path: str, epochs: int, batch_size: int, rate: float) -> None:
    """Train and print seconds of each epoch, and the held-out −ELBO in nats a sample."""
    torch.manual_seed(0)
    with np.load(path) as arrays:
        train, held_out = arrays["train"], arrays["held_out"]
    # Its own default networks: 784-512-16 and back, with cross-entropy summed over pixels.
    model = VAE(VAEConfig(input_dim=(1, 28, 28), latent_dim=16, reconstruction_loss="bce"))
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder,
            num_epochs=epochs,
            learning_rate=rate,
            per_device_train_batch_size=batch_size,
            per_device_eval_batch_size=1000,
            optimizer_cls="Adam",
            no_cuda=True,
        )
        samples = torch.tensor(train).reshape(-1, 1, 28, 28)
        dataset = BaseDataset(samples, torch.zeros(len(samples)))
        BaseTrainer(
            model=model, train_dataset=dataset, training_config=config, callbacks=[clock]
        ).train()
    model.eval()
    with torch.no_grad():
        rows = torch.tensor(held_out).reshape(-1, 1, 28, 28)
        loss = float(model(DatasetOutput(data=rows)).loss)
    print(json.dumps({"seconds": clock.seconds, "negative_elbo": loss}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
