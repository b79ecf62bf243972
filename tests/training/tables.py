"""Small files of own data: a table with gaps and categories, texts, and coloured pictures."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

ROWS = 150
WORDS = ("barks", "sleeps", "hunts", "purrs", "swims", "climbs", "digs")


@cache
def animals(what: str = "table") -> str:
    """The path of a file of this kind: `table`, `remark` (texts) or `picture`."""
    random = np.random.default_rng(0)
    folder = Path(tempfile.mkdtemp(prefix="animals-"))
    if what == "picture":
        pixels = random.integers(0, 256, (ROWS, 8, 8, 3)).astype(np.uint8)
        np.savez(folder / "picture.npz", x=pixels)
        return str(folder / "picture.npz")
    if what == "remark":
        texts = [" ".join(random.choice(WORDS, 6)) for _ in range(ROWS)]
        frame = pd.DataFrame({"remark": texts})
    else:
        height = random.normal(50, 10, ROWS)
        height[::7] = np.nan
        colour = np.array(["red", "brown", "black", "white", "grey"])
        frame = pd.DataFrame(
            {
                "height": height,
                "weight": random.gamma(2, 3, ROWS),
                "age": random.gamma(2, 3, ROWS),
                "colour": colour[random.integers(0, 5, ROWS)],
                "species": np.array(["cat", "dog"])[random.integers(0, 2, ROWS)],
            }
        )
    frame.to_csv(folder / f"{what}.csv", index=False)
    return str(folder / f"{what}.csv")
