"""`Description`: the part of a fitted preparation that is plain JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from aecore.data.columns.column import ColumnType, Role
from aecore.data.dataset import Kind

VERSION: Literal[1] = 1
PLAIN = ConfigDict(strict=True, extra="forbid")
OTHER = "other"


@dataclass(frozen=True)
class ColumnUse:
    """A column of the training table, and what it was for."""

    name: str
    type: ColumnType
    role: Role

    __pydantic_config__ = PLAIN


@dataclass(frozen=True)
class CategoryColumn:
    """A column of categories, of which each becomes a column of zeros and ones.

    Attributes:
        known: its categories in the whole training table, in the order of their columns.
        rare: those of them that stand together in one column, the last.
        fill: what takes the place of a gap.
    """

    name: str
    known: tuple[str, ...]
    rare: tuple[str, ...]
    fill: str

    __pydantic_config__ = PLAIN

    @property
    def kept(self) -> tuple[str, ...]:
        """Categories with a column of their own."""
        rare = set(self.rare)
        return tuple(name for name in self.known if name not in rare)

    @property
    def columns(self) -> tuple[str, ...]:
        """What each of its columns stands for."""
        return (*self.kept, OTHER) if self.rare else self.kept


@dataclass(frozen=True)
class TextColumn:
    """A column of texts, of which each term becomes a column of TF-IDF weights."""

    name: str
    terms: tuple[str, ...]

    __pydantic_config__ = PLAIN


@dataclass(frozen=True)
class Window:
    """How a stream is cut: so many rows make a sample, one every `stride` rows."""

    length: int
    stride: int

    __pydantic_config__ = PLAIN


@dataclass(frozen=True)
class TableRows:
    """Rows of a table, told apart by the names of its columns.

    Attributes:
        columns: all of the training table, as its check sheet showed them.
        numbers: names of the columns of numbers that are learned.
        categories, texts: the other columns that are learned.
        label: the column of classes; None without one.
        drops_gaps: whether rows with gaps are left out instead of filled.
        window: of a stream; None where each row is a sample.
    """

    columns: tuple[ColumnUse, ...]
    numbers: tuple[str, ...]
    categories: tuple[CategoryColumn, ...]
    texts: tuple[TextColumn, ...]
    label: str | None = None
    drops_gaps: bool = False
    window: Window | None = None
    form: Literal["table"] = "table"

    __pydantic_config__ = PLAIN

    @property
    def learned(self) -> tuple[str, ...]:
        """Columns that a sample is made of."""
        categories = [column.name for column in self.categories]
        return (*self.numbers, *categories, *(column.name for column in self.texts))

    @property
    def without_gaps(self) -> tuple[str, ...]:
        """Columns that must have a value where rows with gaps are left out."""
        return (*self.numbers, *(column.name for column in self.categories))

    @property
    def feature_names(self) -> tuple[str, ...]:
        """One a feature: a column's name, or column and category, or a term."""
        hot = [f"{column.name} = {value}" for column in self.categories for value in column.columns]
        terms = [term for column in self.texts for term in column.terms]
        return (*self.numbers, *hot, *terms)


@dataclass(frozen=True)
class ArrayRows:
    """Samples as arrays of one shape.

    Attributes:
        shape: of a sample before any change.
        bytes: whether values were whole numbers from 0 to 255 in the training data.
        image_size, colour: what is done to pictures, as `pictures.changed` takes it.
        bits: as of a `Dataset`, of values of 16 bits.
    """

    shape: tuple[int, ...]
    bytes: bool = False
    image_size: int | None = None
    colour: str = "keep"
    bits: int | None = None
    form: Literal["arrays"] = "arrays"

    __pydantic_config__ = PLAIN


@dataclass(frozen=True)
class Description:
    """What the raw rows were and what becomes of them, but for the numbers learned.

    Attributes:
        version: of this shape.
        kind: how a sample is to be shown.
        scaling: its name.
        sample_shape: as the encoder sees it.
        feature_names: of the last axis of a sample; empty for images.
        class_names: the classes that label numbers stand for.
        rarity: class indices, the rarest in training first; the label of a window is the rarest.
        rows: of the raw rows.
    """

    kind: Kind
    scaling: str
    sample_shape: tuple[int, ...]
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    rarity: tuple[int, ...]
    rows: Annotated[TableRows | ArrayRows, Field(discriminator="form")]
    version: Literal[1] = VERSION

    __pydantic_config__ = PLAIN


ADAPTER: TypeAdapter[Description] = TypeAdapter(Description)
