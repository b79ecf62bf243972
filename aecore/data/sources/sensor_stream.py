"""Three sensors of a machine over 208 days, with faults of four kinds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aecore.data.columns.column import Column
from aecore.data.dataset import DatasetSpec, Facts, Table

ROWS = 20_000
SEED = 0
CHANNELS = ("temperature", "pressure", "vibration")
TEMPERATURE, PRESSURE, VIBRATION = range(3)
WINDOW, STRIDE = 64, 16

START = "2024-01-01"
MINUTES_A_ROW = 15
DAY = 24 * 60 // MINUTES_A_ROW
# Rows in one turn of the machine, in good order and at fault.
TURN, FAST_TURN = 10, 6
LAG = 4

FIRST_FAULT = 4_000
FAULTS_OF_A_KIND = 6
FAULT_ROWS = (48, 97)
SPIKE_ROWS = 2
# What a channel's faults amount to: degrees, bar, millimetres a second.
JUMPS = (5.0, 0.4, 1.5)

Fault = Callable[[np.ndarray, slice, np.random.Generator], None]


def load() -> Table:
    """20,000 rows: time, three channels, and whether a fault lasts, as `normal` or `anomaly`."""
    import pandas as pd

    random = np.random.default_rng(SEED)
    values = undisturbed(random)
    anomaly = np.full(ROWS, "normal", dtype=object)
    kinds = random.permutation(np.repeat(list(FAULTS), FAULTS_OF_A_KIND))
    for kind, rows in zip(kinds, _times(kinds, random), strict=True):
        FAULTS[kind](values, rows, random)
        anomaly[rows] = "anomaly"
    columns = dict(zip(CHANNELS, values.T.astype(np.float32), strict=True))
    time = pd.date_range(START, periods=ROWS, freq=f"{MINUTES_A_ROW}min")
    frame = pd.DataFrame({"time": time, **columns, "anomaly": anomaly})
    return Table(frame, roles={"time": "time", "anomaly": "label"})


def undisturbed(random: np.random.Generator) -> np.ndarray:
    """The channels in good order, (20000, 3), in °C, bar and mm/s.

    Temperature follows the day and slow weather; pressure follows temperature an hour later;
    vibration turns with the machine, and wider when it is warm.
    """
    from scipy.signal import lfilter

    row = np.arange(ROWS)
    weather = lfilter([1], [1, -0.998], random.normal(0, 0.1, ROWS))
    warmth = 6 * np.sin(2 * np.pi * row / DAY) + weather
    pressure = 5 + 0.08 * warmth[np.maximum(row - LAG, 0)]
    vibration = (1.5 + 0.05 * warmth) * np.sin(2 * np.pi * row / TURN)
    channels = np.stack([20 + warmth, pressure, vibration], axis=1)
    return channels + random.normal(0, (0.2, 0.02, 0.05), channels.shape)


def _times(kinds: np.ndarray, random: np.random.Generator) -> list[slice]:
    """When each fault lasts: one in each of as many equal spans, so that none meet."""
    span = (ROWS - FIRST_FAULT) // len(kinds)
    times = []
    for number, kind in enumerate(kinds):
        rows = SPIKE_ROWS if kind == "spike" else int(random.integers(*FAULT_ROWS))
        start = FIRST_FAULT + number * span + int(random.integers(span - rows))
        times.append(slice(start, start + rows))
    return times


def _spike(values: np.ndarray, rows: slice, random: np.random.Generator) -> None:
    """One channel leaps and comes back."""
    channel = random.integers(len(CHANNELS))
    values[rows, channel] += 2 * JUMPS[channel] * random.choice([-1, 1])


def _level_shift(values: np.ndarray, rows: slice, random: np.random.Generator) -> None:
    """One channel is off by a constant."""
    channel = random.integers(len(CHANNELS))
    values[rows, channel] += JUMPS[channel] * random.choice([-1, 1])


def _frequency_change(values: np.ndarray, rows: slice, random: np.random.Generator) -> None:
    """The machine turns faster, as widely as before."""
    width = np.sqrt(2) * values[rows, VIBRATION].std()
    row = np.arange(rows.stop - rows.start)
    turning = width * np.sin(2 * np.pi * row / FAST_TURN)
    values[rows, VIBRATION] = turning + random.normal(0, 0.05, len(row))


def _stuck(values: np.ndarray, rows: slice, random: np.random.Generator) -> None:
    """One sensor keeps the value that it had."""
    channel = random.integers(len(CHANNELS))
    values[rows, channel] = values[rows.start, channel]


FAULTS: dict[str, Fault] = {
    "spike": _spike,
    "level shift": _level_shift,
    "frequency change": _frequency_change,
    "stuck": _stuck,
}

SPEC = DatasetSpec(
    name="sensor-stream",
    title="Sensor stream",
    summary="Temperature, pressure and vibration of a machine every 15 minutes, with faults that "
    "are marked; made by a formula.",
    facts=Facts(
        1 + (ROWS - WINDOW) // STRIDE,
        (WINDOW, len(CHANNELS)),
        "series",
        (-2, 35.6),
        class_names=("anomaly", "normal"),
        overlap=WINDOW // STRIDE - 1,
    ),
    load=load,
    source="generated",
    origin="generated",
    columns=(
        Column("time", "time", "time", rising=True),
        *(Column(channel, "number", "feature") for channel in CHANNELS),
        Column("anomaly", "category", "label", distinct=2, categories=("anomaly", "normal")),
    ),
    table_rows=ROWS,
    known="24 faults of four kinds (spikes, level shifts, a changed frequency, a stuck sensor), "
    "none in the first 4,000 rows.",
    order=180,
)
