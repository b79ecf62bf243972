"""Heartbeats drawn by a formula, most of them regular."""

from __future__ import annotations

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts

STEPS = 140
SECONDS = 0.8
SEED = 0
COUNTS = {"normal": 1400, "premature": 200, "ST elevation": 200, "inverted T": 200}
CLASSES = tuple(COUNTS)

# Each beat is a sum of bells: when its peak is (seconds), how high (millivolt), how wide (seconds).
WAVES = ("P", "Q", "R", "S", "ST", "T")
NORMAL = {
    "P": (0.16, 0.12, 0.020),
    "Q": (0.27, -0.10, 0.008),
    "R": (0.30, 1.00, 0.010),
    "S": (0.33, -0.20, 0.008),
    "ST": (0.42, 0.00, 0.040),
    "T": (0.52, 0.30, 0.040),
}
# What differs in each class; a beat from a ventricle has no P, a wide QRS and an upturned T.
CHANGES: dict[str, dict[str, tuple[float, float, float]]] = {
    "normal": {},
    "premature": {
        "P": (0.10, 0.00, 0.020),
        "Q": (0.18, -0.10, 0.020),
        "R": (0.24, 1.10, 0.030),
        "S": (0.31, -0.30, 0.025),
        "T": (0.46, -0.30, 0.045),
    },
    "ST elevation": {"ST": (0.42, 0.30, 0.040)},
    "inverted T": {"T": (0.52, -0.25, 0.040)},
}

SHIFT = 0.008
HEIGHT_SPREAD = 0.12
WIDTH_SPREAD = 0.08
WANDER = 0.04
NOISE = 0.02


def load() -> Dataset:
    """(2000, 140, 1) float, millivolt over 0.8 seconds; the factor is the height of R.

    Source of the form: McSharry, Clifford, Tarassenko and Smith 2003, A dynamical model for
    generating synthetic electrocardiogram signals.
    """
    random = np.random.default_rng(SEED)
    y = random.permutation(np.repeat(np.arange(len(CLASSES)), list(COUNTS.values())))
    shapes = np.array([[{**NORMAL, **CHANGES[name]}[wave] for wave in WAVES] for name in CLASSES])
    centre, height, width = np.moveaxis(shapes[y], -1, 0)
    centre = centre + random.normal(0, SHIFT, (len(y), 1))
    height = height * random.lognormal(0, HEIGHT_SPREAD, height.shape)
    width = width * random.lognormal(0, WIDTH_SPREAD, width.shape)
    beats = _bells(centre, height, width) + _disturbance(len(y), random)
    return Dataset(
        x=beats[..., None].astype(np.float32),
        y=y.astype(np.int64),
        kind="series",
        class_names=CLASSES,
        feature_names=("voltage",),
        factors={"height of R": height[:, WAVES.index("R")].astype(np.float32)},
    )


def _bells(centre: np.ndarray, height: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Sums of bells, (n, 140), from (n, waves) each."""
    time = np.linspace(0, SECONDS, STEPS, endpoint=False)[None, :, None]
    apart = (time - centre[:, None]) / width[:, None]
    return (height[:, None] * np.exp(-(apart**2) / 2)).sum(axis=-1)


def _disturbance(rows: int, random: np.random.Generator) -> np.ndarray:
    """A wandering base line and noise, (rows, 140)."""
    turn = np.linspace(0, np.pi, STEPS, endpoint=False) + random.uniform(0, 2 * np.pi, (rows, 1))
    base = random.normal(0, WANDER, (rows, 1)) * np.sin(turn)
    return base + random.normal(0, NOISE, (rows, STEPS))


SPEC = DatasetSpec(
    name="ecg-like",
    title="Heartbeats, generated",
    summary="2,000 heartbeats as an electrocardiogram shows them, made by a formula, not recorded "
    "from patients.",
    facts=Facts(2000, (STEPS, 1), "series", (-0.43, 1.47), class_names=CLASSES),
    load=load,
    source="generated, in the form of McSharry, Clifford, Tarassenko and Smith 2003",
    origin="generated",
    known="1,400 beats are normal; 200 each are premature, have a raised ST segment or an "
    "inverted T wave.",
    order=190,
)
