"""Families of members: every module of a package that ends in a `SPEC`, collected by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Spec(Protocol):
    """What every member of a family declares about itself."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...


@dataclass(frozen=True)
class Quantity:
    """A number that something is judged by: its name, title, unit and how to read it."""

    name: str
    title: str
    unit: str
    reading: str


def collect(package: str, path: Iterable[str]) -> dict[str, Any]:
    """The `SPEC` of each module in a package, by name, in the order of `SPEC.order`, then name.

    Raises:
        TypeError: a module without a `SPEC`, or two members of one name.
    """
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(path):
        if info.name.startswith("_"):
            continue
        spec = getattr(importlib.import_module(f"{package}.{info.name}"), "SPEC", None)
        if spec is None:
            raise TypeError(f"{package}.{info.name} must end in a SPEC.")
        if spec.name in found:
            raise TypeError(f"{package} has two members named {spec.name!r}.")
        found[spec.name] = spec
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
