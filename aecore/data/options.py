"""Which samples a run takes, and what is done to them before training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from aecore.data.columns.column import Role
from aecore.data.reading_options import ReadingOptions
from aecore.data.row_numbers import numbers_of
from aecore.data.scalings import SCALINGS
from aecore.data.sources import DATASETS
from aecore.errors import DataError
from aecore.settings import OneOf, Settings, optional_setting, setting

MAX_NAME = 500
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME, strict=True)]


def _row_numbers(text: str) -> str:
    """As it came; a ValueError, which pydantic asks for, where it names no rows."""
    try:
        numbers_of(text)
    except DataError as error:
        raise ValueError(f"should name rows: {error.cause} {error.remedy}") from None
    return text


class DataSettings(Settings):
    """Which samples, and how many are held out."""

    source: Annotated[str, OneOf(DATASETS, or_path=True)] = setting(
        "mnist-5k", "Data set", "What the autoencoder learns to reconstruct."
    )
    reading: ReadingOptions = Field(default_factory=ReadingOptions)
    roles: dict[Name, Role] = setting(
        {},
        "Column roles",
        "The role of each column that differs from the proposed one.",
        on_data_page=True,
    )
    classes: Annotated[tuple[Name, ...], Field(strict=False, max_length=1000)] = setting(
        (),
        "Classes",
        "Use only samples of these classes; all of them if none is chosen.",
        on_data_page=True,
    )
    rows: int | None = optional_setting(
        1000,
        "Fewer rows",
        "Use at most this many samples (random; of a series, the first).",
        ge=2,
        le=5_000_000,
    )
    validation_fraction: float = setting(
        0.2,
        "Validation share",
        ("Rows held out of training, to see whether the model works on rows it has not seen."),
        ge=0.0,
        le=0.5,
        step=0.05,
    )
    test_fraction: float = setting(
        0.0,
        "Test share",
        "Rows used only once, after training, for the final metrics.",
        ge=0.0,
        le=0.5,
        step=0.05,
        advanced=True,
    )
    calibration_fraction: float = setting(
        0.0,
        "Calibration share",
        "Rows that training never sees in any way, by which alarms about anomalies keep their "
        "promised rate.",
        ge=0.0,
        le=0.5,
        step=0.05,
        advanced=True,
    )
    split: Literal["random", "ordered"] = setting(
        "random",
        "Rows held out",
        (
            "Random keeps the proportions of the classes; ordered holds out the last rows of "
            "the file."
        ),
        advanced=True,
    )
    contamination: float | None = optional_setting(
        0.05,
        "Contamination",
        "This share of the training rows is of the classes that are not chosen, to see what a few "
        "anomalies among normal rows do.",
        ge=0.001,
        le=0.5,
    )
    left_out_rows: Annotated[str, AfterValidator(_row_numbers)] = setting(
        "",
        "Rows left out",
        "Numbers of rows that are not used, counted from 0, such as 4, 17, 20-25.",
        advanced=True,
    )
    forced_rows: Annotated[str, AfterValidator(_row_numbers)] = setting(
        "",
        "Rows forced into training",
        "Numbers of rows that train and are not held out, whatever their class, such as those "
        "that a review marked normal. Rows that calibrate stay there, so that the promise holds.",
        advanced=True,
    )


class Preprocessing(Settings):
    """What is done to the values before training; all that is learned, of training rows alone."""

    scaling: Annotated[str, OneOf(SCALINGS)] = setting(
        "min-max",
        "Scaling",
        ("Brings values to a common range; the range is learned from training rows only."),
    )
    missing: Literal["median", "most-frequent", "drop"] = setting(
        "median",
        "Missing values",
        "Median or most frequent fill a gap in a column of numbers; in categories, (empty) is one "
        "of its own. Drop leaves rows with gaps out.",
        advanced=True,
    )
    max_categories: int = setting(
        20,
        "Most categories",
        "Each category becomes a column of its own; the rarest share one column.",
        ge=2,
        le=200,
        advanced=True,
    )
    max_terms: int = setting(
        1000,
        "Most terms",
        "How many words describe a text: those that appear in the most training texts.",
        ge=2,
        le=10_000,
        advanced=True,
    )
    image_size: int | None = optional_setting(
        28, "Resize pictures", "Pixels on each side after scaling.", ge=4, le=256, log=False
    )
    colour: Literal["keep", "grey"] = setting(
        "keep", "Colour", "Grey turns the three colour channels into one.", advanced=True
    )
    window_length: int = setting(
        64, "Window", "How many rows of a series make one sample.", ge=2, le=4096
    )
    window_stride: int = setting(
        16, "Stride", "How many rows lie between the starts of two windows.", ge=1, le=4096
    )


@dataclass(frozen=True)
class PreparationOptions:
    """What preparation needs of an experiment."""

    data: DataSettings
    preprocessing: Preprocessing
    seed: int
