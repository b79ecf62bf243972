"""One widget for each kind of option; a widget shows the draft and writes every change to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import streamlit as st

from aecore.settings import Choice, Control, value_at
from ui.app import session, typed_values
from ui.base import text
from ui.form import drafts, steps

# A segmented control this wide in characters still fits one line of the form's column.
ONE_LINE = 26
TYPICAL_UNITS = 64
MAX_TEXT = 200
# A slider with more stops than this cannot be set to one of them by hand.
MOST_STOPS = 500
DRAWN, BEING_DRAWN = "form_drawn", "form_being_drawn"


def draw(control: Control, value: Any, problem: str = "") -> None:
    """The widget of one option with its help and, in red, what is wrong with it."""
    if control.kind == "choice" and len(control.choices) == 1:
        return
    if control.start is not None:
        _switchable(control, value)
    else:
        _WIDGETS[control.kind](control, value)
    if problem:
        st.markdown(f":red[:material/error: {text.plain(problem)}]")


def _key(control: Control, part: object = "") -> str:
    return f"form:{control.path}:{part}" if part != "" else f"form:{control.path}"


@contextmanager
def drawing() -> Iterator[None]:
    """Stands around all widgets of a run, so that `show` knows which the browser has already.

    A run that is broken off by the next one may have set values that never reached the browser.
    """
    st.session_state[BEING_DRAWN] = {}
    yield
    st.session_state[DRAWN] = st.session_state.pop(BEING_DRAWN)


def show(key: str, value: Any) -> None:
    """Make a widget show a value; one that does already keeps what is being typed into it.

    The widget takes the value as its default too, so that emptying it brings the value back.
    """
    stands = typed_values.stands(key, value)
    shown = st.session_state.get(DRAWN, {}).get(key), st.session_state.get(key)
    if not stands and shown != (value, value):
        st.session_state[key] = value
    st.session_state[BEING_DRAWN][key] = value


def _take(control: Control, key: str) -> None:
    value = st.session_state[key]
    if value is None or _is_refused(control, key, value_at(session.draft(), control.path)):
        return
    drafts.change(control.path, value)


def _is_refused(control: Control, key: str, held: Any) -> bool:
    is_number = control.kind in ("integer", "number", "integers")
    return is_number and typed_values.refuses(control, key, held)


def _common(control: Control, key: str) -> dict[str, Any]:
    return {
        "label": control.title,
        "help": control.help,
        "key": key,
        "on_change": _take,
        "args": (control, key),
    }


def _choice(control: Control, value: str) -> None:
    key, choices = _key(control), {choice.value: choice for choice in control.choices}
    choices.setdefault(value, Choice(value, value))
    show(key, value)
    common = _common(control, key) | {"help": _explained(control)}
    titles = {name: choice.title for name, choice in choices.items()}
    options, title = list(choices), titles.__getitem__
    if sum(map(len, titles.values())) <= ONE_LINE:
        st.segmented_control(
            options=options, default=value, format_func=title, required=True, **common
        )
    else:
        st.selectbox(options=options, index=options.index(value), format_func=title, **common)


def _explained(control: Control) -> str:
    """The option's help, a line on each of its choices, and why others cannot be had now."""
    lines = [f"- **{c.title}**: {c.summary}" for c in control.choices if c.summary]
    left_out = ["", "Not to be had now:", "", *(f"- {why}" for why in control.left_out)]
    return "\n".join([control.help, "", *lines, *(left_out if control.left_out else [])])


def _integer(control: Control, value: int) -> None:
    key = _key(control)
    show(key, value)
    st.number_input(
        **_bounded(control, key),
        value=value,
        step=int(control.step or 1),
    )


def _bounded(control: Control, key: str) -> dict[str, Any]:
    """As `_common`, with the limits in the help.

    The widget is not given them: it would keep a number beyond them to itself, without a word.
    """
    said = typed_values.limits(control)
    return _common(control, key) | {
        "help": f"{control.help} {said.capitalize()}." if said else control.help
    }


def _number(control: Control, value: float) -> None:
    if control.log:
        _log_number(control, value)
        return
    key = _key(control)
    show(key, value)
    common = _common(control, key)
    step = steps.step_that_shows(value, control)
    shown = f"%.{max(2, steps.decimals(step))}f"
    if control.ge is None or control.le is None or (control.le - control.ge) / step > MOST_STOPS:
        st.number_input(
            **_bounded(control, key),
            value=value,
            step=step,
            format=shown,
        )
    else:
        st.slider(
            **common,
            value=value,
            min_value=float(control.ge),
            max_value=float(control.le),
            step=step,
            format=shown,
        )


def _log_number(control: Control, value: float) -> None:
    """A slider over 1, 2, 5, 10, … and a field for any value between."""
    coarse, exact = _key(control), _key(control, "exact")
    show(coarse, value)
    show(exact, value)
    stops = sorted({*steps.stops(control.ge or 1e-6, control.le or 1e6), value})
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.select_slider(
            **_common(control, coarse), options=stops, value=value, format_func=text.short
        )
    with right:
        st.number_input(
            **_common(control, exact) | {"label": f"{control.title}, exact value", "help": None},
            value=value,
            step=10.0 ** math.floor(math.log10(value)),
            format="%g",
            label_visibility="collapsed",
        )


def _boolean(control: Control, value: bool) -> None:
    key = _key(control)
    show(key, value)
    st.toggle(**_common(control, key), value=value)


def _text(control: Control, value: str) -> None:
    key = _key(control)
    show(key, value)
    st.text_input(**_common(control, key), value=value, max_chars=MAX_TEXT)


def _optional(control: Control, value: Any) -> None:
    """A switch; the fields of the group follow it as options of their own while it is on."""
    key = _key(control)
    show(key, value is not None)
    common = _common(control, key) | {"on_change": _switch, "args": (control, key)}
    st.toggle(**common, value=value is not None)


def _switch(control: Control, key: str) -> None:
    group = control.group if st.session_state[key] else None
    drafts.change(control.path, None if group is None else group().model_dump())


def _switchable(control: Control, value: float | None) -> None:
    """A switch, and under it the number while it is on."""
    key = _key(control, "on")
    show(key, value is not None)
    common = _common(control, key) | {"on_change": _switch_number, "args": (control, key)}
    st.toggle(**common, value=value is not None)
    if value is not None:
        number = replace(control, title=f"{control.title}: how much", help="")
        _WIDGETS[control.kind](number, value)


def _switch_number(control: Control, key: str) -> None:
    drafts.change(control.path, control.start if st.session_state[key] else None)


def _integers(control: Control, values: tuple[int, ...]) -> None:
    """A number for each item, with a button to remove it, and one to add another."""
    st.markdown(f":small[{control.title}]", help=control.help)
    for position, value in enumerate(values):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _item(control, values, position, value)
    if not values:
        st.caption("None: the input goes straight to the code, and the code to the output.")
    st.button(
        f"Add {_singular(control)}",
        key=_key(control, "add"),
        icon=":material/add:",
        disabled=control.max_length is not None and len(values) >= control.max_length,
        on_click=_append_item,
        args=(control,),
    )


def _item(control: Control, values: tuple[int, ...], position: int, value: int) -> None:
    key, name = _key(control, position), f"{_singular(control).capitalize()} {position + 1}"
    show(key, value)
    st.number_input(
        name,
        key=key,
        value=value,
        step=1,
        icon=f":material/counter_{position + 1}:" if position < 9 else None,
        label_visibility="collapsed",
        on_change=_replace_item,
        args=(control, position, key),
    )
    st.button(
        "Remove",
        key=_key(control, f"remove:{position}"),
        help=f"Remove {name.lower()}",
        type="tertiary",
        on_click=drafts.change,
        args=(control.path, values[:position] + values[position + 1 :]),
    )


def _append_item(control: Control) -> None:
    # The draft and not what was drawn: a quick second click comes before the first is drawn.
    values = value_at(session.draft(), control.path)
    drafts.change(control.path, (*values, values[-1] if values else TYPICAL_UNITS))


def _replace_item(control: Control, position: int, key: str) -> None:
    value, values = st.session_state[key], value_at(session.draft(), control.path)
    if value is None or position >= len(values):
        return
    if not _is_refused(control, key, values[position]):
        drafts.change(control.path, (*values[:position], value, *values[position + 1 :]))


def _singular(control: Control) -> str:
    return control.title.lower().removesuffix("s")


_WIDGETS: dict[str, Callable[[Control, Any], None]] = {
    "choice": _choice,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "text": _text,
    "integers": _integers,
    "optional": _optional,
}
