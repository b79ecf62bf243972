"""Settings: each option of a run is declared once, and everything else reads the declaration.

The validator, the form, the link, the JSON schema and the documentation all come from here.
"""

from __future__ import annotations

import copy
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Union

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from aecore.specs import Spec


class Settings(BaseModel):
    """A frozen group of options that refuses unknown names and wrong types."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class OneOf:
    """Annotation: the value is the name of a member of a family, such as a loss.

    With `or_path` any other text is let through too, as the path of a file.
    """

    def __init__(self, family: Mapping[str, Spec], *, or_path: bool = False) -> None:
        self.family = family
        self.or_path = or_path

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if self.or_path:
            return core_schema.str_schema(min_length=1, max_length=4096)
        return core_schema.literal_schema(list(self.family))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        if self.or_path:
            return {"type": "string", "examples": list(self.family)}
        return {"type": "string", "enum": list(self.family)}


def settings_of(family: Mapping[str, Any]) -> Any:
    """The type of an option that is the settings of a family's member, told by their `kind`."""
    members = tuple(spec.settings for spec in family.values())
    return Annotated[Union[members], Field(discriminator="kind"), MembersOf(family)]  # noqa: UP007


class MembersOf:
    """Annotation: the value is the settings of a member of a family, named by their `kind`."""

    def __init__(self, family: Mapping[str, Any]) -> None:
        self.family = family


def setting(
    default: Any,
    title: str,
    help: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    step: float | None = None,
    log: bool = False,
    advanced: bool = False,
    on_data_page: bool = False,
) -> Any:
    """Declare one option: its default, name on screen, one line of help in plain words, bounds.

    `log` asks for a logarithmic control, `advanced` for a place behind "More options",
    `on_data_page` for one beside the data set's check sheet.
    """
    extra: dict[str, Any] = {
        "step": step,
        "log": log,
        "advanced": advanced,
        "on_data_page": on_data_page,
    }
    return Field(
        default, title=title, description=help, ge=ge, le=le, json_schema_extra={"ui": extra}
    )


def optional_setting(
    start: float,
    title: str,
    help: str,
    *,
    ge: float,
    le: float,
    step: float | None = None,
    log: bool = True,
    advanced: bool = True,
    on_data_page: bool = False,
) -> Any:
    """Declare a number that is off (None) by default; `start` is what switching it on gives."""
    extra: dict[str, Any] = {
        "step": step,
        "log": log,
        "advanced": advanced,
        "on_data_page": on_data_page,
        "start": start,
    }
    return Field(
        default=None, title=title, description=help, ge=ge, le=le, json_schema_extra={"ui": extra}
    )


@dataclass(frozen=True)
class Choice:
    """One value of a choice, with its name and a sentence about it."""

    value: str
    title: str
    summary: str = ""


@dataclass(frozen=True)
class Control:
    """One option as a form, a link or a document needs to know it.

    Attributes:
        path: dotted path in the experiment, such as `training.learning_rate`.
        kind: `integer`, `number`, `boolean`, `choice`, `text`, `integers`, `numbers` or `names`
            (lists), `roles` (names with a choice each), or `optional` (a group that can be absent).
        ge, le: bounds of the value, or of each item of `integers`.
        choices: the allowed values of a `choice`.
        group: the settings class of an `optional`.
        start: what to set a number that can be off (None) to when it is switched on.
        left_out: a sentence on each choice that cannot be had now.
        members: for the `kind` of a family's member, the settings that each choice brings.
    """

    path: str
    kind: str
    title: str
    help: str
    default: Any
    ge: float | None = None
    le: float | None = None
    step: float | None = None
    max_length: int | None = None
    log: bool = False
    advanced: bool = False
    on_data_page: bool = False
    choices: tuple[Choice, ...] = ()
    left_out: tuple[str, ...] = ()
    group: type[Settings] | None = None
    start: float | None = None
    members: Mapping[str, type[Settings]] = field(default_factory=dict)


def controls(settings: Settings, prefix: str = "") -> Iterator[Control]:
    """Every option of a settings tree, in order of declaration.

    A group that is present is walked; one that can be absent yields an `optional` control first.
    """
    for name, info in type(settings).model_fields.items():
        path, value = f"{prefix}{name}", getattr(settings, name)
        group = _optional_group(info)
        if group is not None:
            yield _control(path, info, kind="optional", group=group)
        if isinstance(value, Settings):
            yield from _of_group(value, path, info)
        elif group is None:
            yield _control(path, info)


def value_at(settings: Settings, path: str) -> Any:
    """The value under a dotted path, or None where it or a group on the way is absent."""
    value: Any = settings
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def by_path(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Dotted path -> value of nested plain data, as far as there are groups; an empty one is a
    value.
    """
    found: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping) and value:
            found |= by_path(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


def with_values(tree: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an experiment as plain data with some values changed, by their dotted paths.

    Another `kind` brings that member's own defaults; what else is given of it comes after.
    """
    changed = copy.deepcopy(dict(tree))
    for path in sorted(values, key=lambda path: not path.endswith(".kind")):
        *groups, name = path.split(".")
        node = changed
        for group in groups:
            node[group] = node.get(group) or {}
            node = node[group]
        value = values[path]
        if name == "kind" and node.get(name) != value:
            node.clear()
        node[name] = list(value) if isinstance(value, tuple) else value
    return changed


def _of_group(value: Settings, path: str, info: FieldInfo) -> Iterator[Control]:
    family = next((m.family for m in info.metadata if isinstance(m, MembersOf)), None)
    for control in controls(value, f"{path}."):
        if family is not None and control.path == f"{path}.kind":
            control = replace(
                control,
                choices=_members(family),
                members={name: spec.settings for name, spec in family.items()},
            )
        yield control


def _optional_group(info: FieldInfo) -> type[Settings] | None:
    if typing.get_origin(info.annotation) not in (typing.Union, types.UnionType):
        return None
    members = typing.get_args(info.annotation)
    if type(None) not in members:
        return None
    return next((m for m in members if isinstance(m, type) and issubclass(m, Settings)), None)


def _control(path: str, info: FieldInfo, **known: Any) -> Control:
    extra = info.json_schema_extra
    ui: Any = extra.get("ui", {}) if isinstance(extra, dict) else {}
    rules = [*info.metadata, *_item_rules(info)]
    details: dict[str, Any] = {
        "kind": _kind(info),
        "choices": _choices(info),
        "ge": next((m.ge for m in rules if isinstance(m, Ge)), None),
        "le": next((m.le for m in rules if isinstance(m, Le)), None),
        "max_length": next((m.max_length for m in info.metadata if isinstance(m, MaxLen)), None),
        **ui,
        **known,
    }
    return Control(
        path=path,
        title=info.title or path,
        help=info.description or "",
        default=info.get_default(call_default_factory=True, validated_data={}),
        **details,
    )


def _item_rules(info: FieldInfo) -> list[Any]:
    """What is declared of each item of a tuple, such as its bounds."""
    if typing.get_origin(info.annotation) is not tuple:
        return []
    declared = getattr(typing.get_args(info.annotation)[0], "__metadata__", ())
    return [rule for field in declared for rule in getattr(field, "metadata", ())]


def _kind(info: FieldInfo) -> str:
    if _choices(info):
        return "choice"
    if typing.get_origin(info.annotation) is dict:
        return "roles"
    if typing.get_origin(info.annotation) is tuple:
        item = typing.get_args(info.annotation)[0]
        if item is float:
            return "numbers"
        return "names" if typing.get_args(item)[:1] == (str,) else "integers"
    kinds = {bool: "boolean", int: "integer", float: "number", str: "text"}
    members = [member for member in typing.get_args(info.annotation) if member is not type(None)]
    return kinds.get(typing.cast(type, members[0] if members else info.annotation), "text")


def _choices(info: FieldInfo) -> tuple[Choice, ...]:
    family = next((m.family for m in info.metadata if isinstance(m, OneOf)), None)
    if family is not None:
        return _members(family)
    if typing.get_origin(info.annotation) is typing.Literal:
        names = typing.get_args(info.annotation)
        return tuple(Choice(name, name.replace("-", " ").capitalize()) for name in names)
    return ()


def _members(family: Mapping[str, Spec]) -> tuple[Choice, ...]:
    return tuple(Choice(spec.name, spec.title, spec.summary) for spec in family.values())
