"""Tables that say what a test wants them to say, true or not."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from aecore.data.readers import csv, excel, parquet

# How a file's name ends -> what reads it.
READ = {".csv": csv.read, ".gz": csv.read, ".parquet": parquet.read, ".xlsx": excel.read}
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parquet_of(**columns):
    """The bytes of a Parquet file with these columns."""
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def repeated(text):
    """Five million times one text, which a dictionary holds once."""
    return pa.DictionaryArray.from_arrays(np.zeros(5_000_000, np.int32), pa.array([text]))


def workbook(**parts):
    """The bytes of a small workbook, its parts changed or added by functions of their bytes."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, "x"])
    file, changed = io.BytesIO(), io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        parts = dict.fromkeys(old.namelist(), bytes) | parts
        for name, change in parts.items():
            new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return changed.getvalue()


def sheet(rows, before=b"", size=b"A1:B2"):
    """The bytes of a workbook whose sheet has these rows and says that it is of this size."""
    content = (
        before
        + f'<worksheet xmlns="{SPREADSHEET}"><dimension ref="'.encode()
        + size
        + b'"/><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
    return workbook(**{SHEET: lambda _: content})


def cells(many):
    """A row of so many empty cells."""
    return b'<row r="1">' + b"<c/>" * many + b"</row>"


def expanding():
    """A workbook whose one value is a name for fifty names for fifty names and so on."""
    names = [b'<!ENTITY a "' + b"x" * 1000 + b'">']
    for name, part in zip("bcdef", "abcde", strict=True):
        names.append(f'<!ENTITY {name} "{f"&{part};" * 50}">'.encode())
    kind = b"<!DOCTYPE worksheet [" + b"".join(names) + b"]>"
    return sheet(b'<row r="1"><c r="A1" t="str"><v>&f;</v></c></row>', before=kind)


def declaring(content, packed=None, unpacked=None):
    """The bytes of an archive whose directory tells other sizes of its sheet."""
    changed = bytearray(content)
    entry = changed.rindex(SHEET.encode()) - 46
    for offset, size in ((20, packed), (24, unpacked)):
        if size is not None:
            changed[entry + offset : entry + offset + 4] = size.to_bytes(4, "little")
    return bytes(changed)


def styled(formats):
    """A workbook with so many formats of cells."""
    more = b"<xf/>" * formats + b"</cellXfs>"
    return workbook(**{"xl/styles.xml": lambda old: old.replace(b"</cellXfs>", more)})


def with_strings(many):
    """A workbook with so many texts in its shared list."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    strings = f'<sst xmlns="{SPREADSHEET}">'.encode() + b"<si><t>x</t></si>" * many + b"</sst>"
    return workbook(
        **{
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", entry),
            "xl/sharedStrings.xml": lambda _: strings,
        }
    )
