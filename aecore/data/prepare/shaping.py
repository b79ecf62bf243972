"""Shapes of samples under a run's options, told from the check sheet alone."""

from __future__ import annotations

from aecore.data import pictures
from aecore.data.columns.column import Column, Role, class_names
from aecore.data.columns.roles import roles_of
from aecore.data.dataset import Facts
from aecore.data.options import DataSettings, Preprocessing
from aecore.data.prepare import windows
from aecore.data.profile.check_sheet import Sheet


def facts_of(sheet: Sheet, data: DataSettings, preprocessing: Preprocessing) -> Facts:
    """Rows, shape and kind of the samples that a run will see.

    Rows with missing values that are to be left out are counted still: how many there are is known
    only once roles have met values.

    Raises:
        DataError: the roles do not fit the columns.
    """
    if sheet.is_table:
        return _of_table(sheet, data, preprocessing)
    shape = sheet.sample_shape
    if sheet.kind == "image":
        shape = pictures.shape_after(
            shape, size=preprocessing.image_size, colour=preprocessing.colour
        )
    names = tuple(name for name, _ in sheet.classes)
    rows = _rows_after(sheet.rows, dict(sheet.classes), data)
    return Facts(rows, shape, sheet.kind, sheet.value_range, sheet.bytes_of_grey, names)


def features_of_column(column: Column, role: Role, preprocessing: Preprocessing) -> int:
    """Values of a sample that a column becomes."""
    if role == "text":
        return preprocessing.max_terms
    if role != "feature":
        return 0
    if column.type == "number":
        return 1
    empty = preprocessing.missing != "drop" and len(column.with_empty) > len(column.categories)
    return min(preprocessing.max_categories, max(1, column.distinct + empty))


def _of_table(sheet: Sheet, data: DataSettings, preprocessing: Preprocessing) -> Facts:
    roles = roles_of(sheet.columns, data.roles)
    label = next((c for c in sheet.columns if roles[c.name] == "label"), None)
    names = class_names(label)
    counts = dict(sheet.classes) if set(names) == {name for name, _ in sheet.classes} else {}
    features = sum(features_of_column(c, roles[c.name], preprocessing) for c in sheet.columns)
    if "time" in roles.values():
        length, stride = preprocessing.window_length, preprocessing.window_stride
        rows = min(sheet.rows, data.rows or sheet.rows)
        return Facts(
            windows.window_count(rows, length, stride),
            (length, features),
            "series",
            sheet.value_range,
            class_names=names,
            overlap=windows.overlap(length, stride),
        )
    only_text = {role for role in roles.values() if role in ("feature", "text")} == {"text"}
    return Facts(
        _rows_after(sheet.rows, counts, data),
        (features,),
        "text" if only_text else "table",
        (0.0, 1.0) if only_text else sheet.value_range,
        class_names=names,
    )


def _rows_after(rows: int, counts: dict[str, int], data: DataSettings) -> int:
    """Rows left of those classes and that many that are asked for."""
    if data.classes and counts:
        rows = sum(counts.get(name, 0) for name in data.classes)
    return min(rows, data.rows or rows)
