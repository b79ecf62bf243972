"""One small data set of each kind of raw rows, and the options that prepare it."""

import numpy as np
import pandas as pd

from aecore.data import loading
from aecore.data.dataset import Dataset, Table
from aecore.data.options import DataSettings, PreparationOptions, Preprocessing
from aecore.data.prepare.preparing import prepare
from aecore.data.scalings import SCALINGS
from tests.data.test_shards import frame as sharded_frame
from tests.data.test_shards import shards

ROWS = 120
WORDS = ["apple", "banana", "cherry", "damson", "elder", "fig"]
# Robust scaling needs all values at once, and texts are weighted already.
REFUSED = {("shards", "robust"), *(("text", name) for name in SCALINGS if name != "none")}
KINDS = ("image", "resized", "array", "series", "table", "stream", "text", "shards")
PAIRS = [
    (kind, scaling) for kind in KINDS for scaling in SCALINGS if (kind, scaling) not in REFUSED
]


def table():
    """Numbers far from 0 and with gaps, categories of which some are rare, and a label."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "height": random.normal(170, 10, ROWS),
            "account": 123_456_789.12 + random.integers(0, 100, ROWS) / 100,
            "colour": np.array(["red", "green", "blue"], object)[random.integers(0, 3, ROWS)],
            "town": [f"town {min(i % 30, 9)}" for i in range(ROWS)],
            "species": np.array(["cat", "dog"])[random.integers(0, 2, ROWS)],
        }
    )
    frame.loc[::11, "height"] = np.nan
    frame.loc[5, "colour"] = None
    return frame


def raw(kind, folder):
    """A data set as it was read."""
    random = np.random.default_rng(1)
    y = np.arange(ROWS) % 2
    named = {"y": y, "class_names": ("a", "b")}
    if kind in ("image", "resized"):
        return Dataset(
            random.integers(0, 256, (ROWS, 8, 6, 3)).astype(np.uint8), kind="image", **named
        )
    if kind == "array":
        x = random.normal(50, 9, (ROWS, 4)).astype(np.float32)
        return Dataset(x, kind="table", feature_names=("a", "b", "c", "d"), **named)
    if kind == "series":
        return Dataset(random.normal(3, 2, (ROWS, 12, 2)), kind="series", **named)
    if kind == "table":
        return Table(table())
    if kind == "stream":
        time = pd.date_range("2024-01-01", periods=400, freq="h")
        values = random.normal((5, 1e6), (1, 2), (400, 2))
        state = np.where(np.arange(400) % 50 < 3, "fault", "good")
        return Table(
            pd.DataFrame({"time": time, "p": values[:, 0], "q": values[:, 1], "state": state})
        )
    if kind == "text":
        return Table(
            pd.DataFrame({"text": [" ".join(random.choice(WORDS, 9)) for _ in range(ROWS)]})
        )
    whole = sharded_frame(600)
    return loading.load(shards(folder / "shards", whole))


def options(kind, scaling="min-max"):
    """What prepares it; a fifth is held out, of shards the last."""
    changes = {
        "resized": {"image_size": 4, "colour": "grey"},
        "table": {"max_categories": 4},
        "stream": {"window_length": 10, "window_stride": 4},
        "text": {"max_terms": 6},
    }
    roles = {"note": "ignore", "moment": "ignore"} if kind == "shards" else {}
    return PreparationOptions(
        DataSettings(
            source="digits", roles=roles, split="ordered" if kind == "shards" else "random"
        ),
        Preprocessing(scaling=scaling, **changes.get(kind, {})),
        seed=0,
    )


def prepared(kind, scaling, folder):
    """The raw data set and what preparation made of it."""
    found = raw(kind, folder)
    return found, prepare(options(kind, scaling), found)


def held_out_rows(kind, found, ready):
    """The raw rows behind the held-out samples, as a user would give them again."""
    _, _, rows = ready.held_out
    if kind == "stream":
        # The windows held out, in one piece.
        return found.frame.iloc[rows[0] * 4 : rows[-1] * 4 + 10]
    if kind == "shards":
        return sharded_frame(600).iloc[rows]
    return found.frame.iloc[rows] if isinstance(found, Table) else found.x[rows]
