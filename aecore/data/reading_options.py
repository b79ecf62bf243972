"""`ReadingOptions`: how a file is read, where that is not to be found out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from aecore.settings import OneOf, Settings, optional_setting, setting

AUTO = "auto"
KEY_LENGTH = 8
MAX_WORD, MAX_WORDS, MAX_NUMBERS = 100, 50, 50
# Year, month, day, hour, minute and second.
MAX_PARTS = 6
# Excel allows 31 characters.
MAX_SHEET = 100
Word = Annotated[str, Field(min_length=1, max_length=MAX_WORD, strict=True)]


@dataclass(frozen=True)
class ReadingChoice:
    """One way to read: its name in an experiment, its title on screen, a sentence about it."""

    name: str
    title: str
    summary: str = ""


def _family(*choices: ReadingChoice) -> dict[str, ReadingChoice]:
    found = ReadingChoice(AUTO, "As found")
    return {choice.name: choice for choice in (found, *choices)}


SEPARATORS = _family(
    ReadingChoice("comma", "Comma"),
    ReadingChoice("semicolon", "Semicolon"),
    ReadingChoice("tab", "Tab"),
    ReadingChoice("spaces", "Spaces", "Any number of spaces or tabs."),
    ReadingChoice("bar", "Bar |"),
    ReadingChoice("caret", "Caret ^"),
    ReadingChoice("tilde", "Tilde ~"),
    ReadingChoice("colon", "Colon"),
    ReadingChoice("double-colon", "Double colon ::"),
    ReadingChoice("none", "None", "All of a line is one value."),
)
SIGNS = {
    **{"comma": ",", "semicolon": ";", "tab": "\t", "spaces": " ", "bar": "|", "caret": "^"},
    **{"tilde": "~", "colon": ":", "double-colon": "::"},
}
QUOTES = _family(
    ReadingChoice("double", 'Double "'),
    ReadingChoice("single", "Single '"),
    ReadingChoice("none", "None", "A quote is a letter like any other."),
)
DECIMALS = _family(
    ReadingChoice("point", "Point", "1.5 is one and a half."),
    ReadingChoice("comma", "Comma", "1,5 is one and a half."),
)
ENCODINGS = _family(
    ReadingChoice("utf-8", "UTF-8"),
    ReadingChoice("utf-16", "UTF-16"),
    ReadingChoice("cp1252", "Windows, western (1252)"),
    ReadingChoice("latin-1", "Latin-1"),
    ReadingChoice("cp1250", "Windows, central European (1250)"),
    ReadingChoice("cp1251", "Windows, Cyrillic (1251)"),
    ReadingChoice("gb18030", "Chinese, simplified (GBK)"),
    ReadingChoice("big5", "Chinese, traditional (Big5)"),
    ReadingChoice("cp932", "Japanese (Shift-JIS)"),
    ReadingChoice("euc_jp", "Japanese (EUC)"),
    ReadingChoice("cp949", "Korean (EUC)"),
)
NO_COMMENTS = "none"
COMMENTS = _family(
    ReadingChoice("#", "#"),
    ReadingChoice("%", "%"),
    ReadingChoice("//", "//"),
    ReadingChoice("!", "!"),
    ReadingChoice("--", "--"),
    ReadingChoice("*", "*"),
    ReadingChoice(";", ";"),
    ReadingChoice("@", "@"),
    ReadingChoice(NO_COMMENTS, "None", "Every line is a row."),
)
EXTRA_ROWS = _family(
    ReadingChoice("keep", "Keep all"),
)
DATE_ORDERS = _family(
    ReadingChoice("day", "Day first", "1.2.2024 is in February."),
    ReadingChoice("month", "Month first", "1/2/2024 is in January."),
    ReadingChoice("year", "Year first", "24-1-2 is in January 2024."),
)
CENTURIES = _family(
    ReadingChoice("2000", "20xx", "45 is 2045."),
    ReadingChoice("1900", "19xx", "45 is 1945."),
)
BY_TIME, AS_IN_FILE = "time", "file"
ROW_ORDERS = _family(
    ReadingChoice(BY_TIME, "By time"),
    ReadingChoice(AS_IN_FILE, "As in the file"),
)
SPREAD, KEEP = "spread", "keep"
IMAGES, SERIES, CHANNELS_FIRST, ROWS = "images", "time-series", "channels-first", "rows"
SAMPLE_KINDS = _family(
    ReadingChoice(IMAGES, "Pictures", "An array of (pictures, height, width), with channels last."),
    ReadingChoice(SERIES, "Series", "An array of (series, steps, channels)."),
    ReadingChoice(CHANNELS_FIRST, "Series, channels first", "One of (series, channels, steps)."),
    ReadingChoice(ROWS, "Rows of a table", "All values of a sample side by side."),
)
OUTERMOST, INNERMOST, FILE_NAMES, NO_CLASSES = "outermost", "innermost", "file-names", "none"
CLASS_FOLDERS = _family(
    ReadingChoice(OUTERMOST, "Outermost folder", "The first folder in which the paths differ."),
    ReadingChoice(INNERMOST, "Innermost folder", "The folder that a file lies in."),
    ReadingChoice(FILE_NAMES, "File names", "What stands before the number: cat.12.png is a cat."),
    ReadingChoice(NO_CLASSES, "No classes", "Folders and names mean nothing."),
)
FIRST_PAGE, ALL_PAGES = "first", "all"
PAGES = _family(
    ReadingChoice(FIRST_PAGE, "The first of each file"),
    ReadingChoice(ALL_PAGES, "All, each as a sample"),
)
MASKS = _family(ReadingChoice(KEEP, "Keep all"))
LEAST_BITS, MOST_BITS = 8, 16
LONG_FORMATS = _family(
    ReadingChoice(SPREAD, "Side by side", "A row for each time, a column for each series."),
    ReadingChoice(KEEP, "Rows as they are"),
)


def _named(sign: object) -> object:
    """The name of a separator that is given as itself."""
    return next((name for name, own in SIGNS.items() if own == sign), sign)


class ReadingOptions(Settings):
    """How a file is read; what is left as found is worked out from the file.

    An option is heeded by those readers that name it in their `ReaderSpec.options`.
    """

    separator: Annotated[str, OneOf(SEPARATORS), BeforeValidator(_named)] = setting(
        AUTO, "Between values", "What parts the values of a row.", on_data_page=True
    )
    quote: Annotated[str, OneOf(QUOTES)] = setting(
        AUTO,
        "Quotes around values",
        "What stands around a value that holds a separator.",
        on_data_page=True,
    )
    decimal: Annotated[str, OneOf(DECIMALS)] = setting(
        AUTO, "Decimal mark", "What stands before the tenths of a number.", on_data_page=True
    )
    skipped_lines: int | None = optional_setting(
        0,
        "Lines above the table",
        "How many lines of the file, or rows of the sheet, stand above the table.",
        ge=0,
        le=100_000,
        log=False,
        advanced=False,
        on_data_page=True,
    )
    comment: Annotated[str, OneOf(COMMENTS)] = setting(
        AUTO, "Comments begin with", "Lines that begin so are no rows.", on_data_page=True
    )
    heading_rows: int | None = optional_setting(
        1,
        "Heading rows",
        "How many rows at the top name the columns; 0 where the first row is a sample.",
        ge=0,
        le=10,
        log=False,
        advanced=False,
        on_data_page=True,
    )
    extra_rows: Annotated[str, OneOf(EXTRA_ROWS)] = setting(
        AUTO,
        "Rows that are no samples",
        "Rows of units, totals and notes, and headings that come again, are left out.",
        on_data_page=True,
    )
    text_columns: Annotated[tuple[Word, ...], Field(strict=False, max_length=MAX_WORDS)] = setting(
        (),
        "Columns of text",
        "Columns that stay as they are written, even where most of their cells are numbers.",
        on_data_page=True,
    )
    missing_words: Annotated[tuple[Word, ...], Field(strict=False, max_length=MAX_WORDS)] = setting(
        (),
        "Words for missing values",
        "Cells that hold one of these words count as empty, besides the usual ones such as NA.",
        on_data_page=True,
    )
    missing_numbers: Annotated[tuple[float, ...], Field(strict=False, max_length=MAX_NUMBERS)] = (
        setting(
            (),
            "Numbers for missing values",
            "Cells that hold one of these numbers, such as -999, count as empty.",
            on_data_page=True,
        )
    )
    encoding: Annotated[str, OneOf(ENCODINGS)] = setting(
        AUTO, "Encoding", "Which letters the bytes of a text stand for.", on_data_page=True
    )
    sheet: Annotated[str, Field(max_length=MAX_SHEET)] = setting(
        "",
        "Sheet",
        "The sheet of a workbook; the first with values, if none is named.",
        on_data_page=True,
    )
    date_order: Annotated[str, OneOf(DATE_ORDERS)] = setting(
        AUTO, "Dates", "What stands first in a date of three numbers.", on_data_page=True
    )
    two_digit_years: Annotated[str, OneOf(CENTURIES)] = setting(
        AUTO, "Years of two digits", "The century that they belong to.", on_data_page=True
    )
    time_columns: Annotated[tuple[Word, ...], Field(strict=False, max_length=MAX_PARTS)] = setting(
        (),
        "Columns that make the time",
        "One column, or a date and a clock time, or year, month, day and so on, in this order.",
        on_data_page=True,
    )
    row_order: Annotated[str, OneOf(ROW_ORDERS)] = setting(
        AUTO,
        "Order of rows",
        "Windows of a stream need rows in the order of time.",
        on_data_page=True,
    )
    long_format: Annotated[str, OneOf(LONG_FORMATS)] = setting(
        AUTO,
        "Series below each other",
        "What to do where each time comes again, once for each of several series.",
        on_data_page=True,
    )
    sample_kind: Annotated[str, OneOf(SAMPLE_KINDS)] = setting(
        AUTO,
        "Samples of the array",
        "What one sample is: series are scaled channel by channel, pictures by one range.",
        on_data_page=True,
    )
    class_folders: Annotated[str, OneOf(CLASS_FOLDERS)] = setting(
        AUTO,
        "Classes of pictures",
        "What names the class; folders such as train and test are splits and no classes.",
        on_data_page=True,
    )
    pages: Annotated[str, OneOf(PAGES)] = setting(
        AUTO,
        "Pages of a picture file",
        "TIFF stacks and animations hold several pictures in one file.",
        on_data_page=True,
    )
    bits: int | None = optional_setting(
        12,
        "Bits of a value",
        "How many of its 16 bits a camera used; the largest number of so many bits is white.",
        ge=LEAST_BITS,
        le=MOST_BITS,
        log=False,
        advanced=False,
        on_data_page=True,
    )
    masks: Annotated[str, OneOf(MASKS)] = setting(
        AUTO,
        "Masks beside pictures",
        "Pictures that only mark what is seen in others are left out.",
        on_data_page=True,
    )

    @property
    def key(self) -> str:
        """Names this way to read among others of a file; empty where all is as found."""
        given = self.model_dump(mode="json", exclude_defaults=True)
        if not given:
            return ""
        text = json.dumps(given, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:KEY_LENGTH]


AS_FOUND = ReadingOptions()
# Heeded once a table has been read, whatever its format.
TABLE_OPTIONS = ("date_order", "two_digit_years", "time_columns", "row_order", "long_format")
