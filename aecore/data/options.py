"""Which samples a run takes, and what is done to them before training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from aecore.data.columns.column import Role
from aecore.data.scalings import SCALINGS
from aecore.data.sources import DATASETS
from aecore.settings import OneOf, Settings, optional_setting, setting

MAX_NAME = 500
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME, strict=True)]


class DataSettings(Settings):
    """Which samples, and how many are held out."""

    source: Annotated[str, OneOf(DATASETS, or_path=True)] = setting(
        "mnist-5k", "Data set", "What the autoencoder learns to reconstruct."
    )
    roles: dict[Name, Role] = setting(
        {},
        "Column roles",
        "What columns of a table are for, where that is not as proposed.",
        on_data_page=True,
    )
    classes: Annotated[tuple[Name, ...], Field(strict=False, max_length=1000)] = setting(
        (), "Classes", "Only samples of these classes; all, if none is named.", on_data_page=True
    )
    rows: int | None = optional_setting(
        1000,
        "Fewer rows",
        "Only so many samples, drawn by the seed; of a stream, the first.",
        ge=2,
        le=5_000_000,
    )
    validation_fraction: float = setting(
        0.2,
        "Validation share",
        "Rows kept out of training to see whether it learned more than these rows.",
        ge=0.0,
        le=0.5,
        step=0.05,
    )
    test_fraction: float = setting(
        0.0,
        "Test share",
        "Rows touched only once, after training, for the final figures.",
        ge=0.0,
        le=0.5,
        step=0.05,
        advanced=True,
    )
    split: Literal["random", "ordered"] = setting(
        "random",
        "Rows held out",
        "Random keeps the mix of classes; ordered holds out the last rows of the file.",
        advanced=True,
    )


class Preprocessing(Settings):
    """What is done to the values before training; all that is learned, of training rows alone."""

    scaling: Annotated[str, OneOf(SCALINGS)] = setting(
        "min-max", "Scaling", "Brings values to a common range, learned from training rows alone."
    )
    missing: Literal["median", "most-frequent", "drop"] = setting(
        "median",
        "Missing values",
        "Median fills in a column's middle value, and its most frequent for categories; drop "
        "leaves such rows out.",
        advanced=True,
    )
    max_categories: int = setting(
        20,
        "Most categories",
        "A column of categories becomes one column for each, the rare ones together.",
        ge=2,
        le=200,
        advanced=True,
    )
    max_terms: int = setting(
        1000,
        "Most terms",
        "Texts are described by this many words, those in most training texts.",
        ge=2,
        le=10_000,
        advanced=True,
    )
    image_size: int | None = optional_setting(
        28, "Resize pictures", "Pixels on each side after scaling.", ge=4, le=256, log=False
    )
    colour: Literal["keep", "grey"] = setting(
        "keep", "Colour", "Grey turns three channels into one.", advanced=True
    )
    window_length: int = setting(
        64, "Window", "Rows of a stream that make one sample.", ge=2, le=4096
    )
    window_stride: int = setting(
        16, "Stride", "Rows from the start of one window to that of the next.", ge=1, le=4096
    )


@dataclass(frozen=True)
class PreparationOptions:
    """What preparation needs of an experiment."""

    data: DataSettings
    preprocessing: Preprocessing
    seed: int
