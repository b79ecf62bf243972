"""Report: what a benchmark measured as a table, also in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "benchmarks.md"
RESULTS = DOCS / "results.md"
INTRODUCTION = """# Benchmarks

Each section is written by the command it names. A ratio compares two things measured in turn in
the same run, so that it holds on other machines; seconds hold on the machine named.
"""


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table with its columns aligned, so that it also reads well in a terminal."""
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = [_line(row, widths) for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def publish(module: str, title: str, text: str, page: Path = PAGE) -> None:
    """Print a section and put it into a page in place of the module's earlier one.

    Args:
        module: name of the benchmark, as in `python -m benchmarks.<module>`.
        title: heading of the section.
        text: what was measured: a sentence on how, and a table.
        page: docs/benchmarks.md, or another that has such sections.
    """
    print(f"\n{title}\n\n{text}\n", flush=True)
    section = (
        f"<!-- {module} -->\n## {title}\n\n`python -m benchmarks.{module}` on {machine()}.\n\n"
        f"{text}\n<!-- end of {module} -->\n"
    )
    before = page.read_text(encoding="utf-8") if page.exists() else INTRODUCTION
    page.write_text(_with_section(before, module, section), encoding="utf-8")


def machine() -> str:
    """The machine in a few words: cores, processor, Python."""
    return f"{os.cpu_count()} cores of {_processor()}, Python {platform.python_version()}"


def _with_section(page: str, module: str, section: str) -> str:
    start, end = f"<!-- {module} -->\n", f"<!-- end of {module} -->\n"
    if start not in page:
        return f"{page.rstrip()}\n\n{section}"
    before, rest = page.split(start, 1)
    return before + section + rest.split(end, 1)[1]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
