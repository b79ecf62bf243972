"""Units: whether a cell names a unit, as those in a row under the heading do."""

from __future__ import annotations

import re

BASES = (
    *("m", "s", "g", "A", "K", "mol", "cd", "Hz", "N", "Pa", "J", "W", "C", "V", "F", "Ω", "Ohm"),
    *("S", "T", "H", "lm", "lx", "lux", "Bq", "Gy", "Sv", "L", "l", "bar", "eV", "B", "bit", "Wh"),
    *("VA", "var", "Ah", "M", "rad", "sr", "cal", "Da", "ppm", "ppb", "dB", "dBm"),
)
OTHERS = (
    *("degC", "degF", "deg", "°C", "°F", "°", "%", "‰", "min", "h", "hr", "hrs", "hour", "hours"),
    *("d", "day", "days", "sec", "secs", "second", "seconds", "month", "year", "yr", "ft", "in"),
    *("inch", "mi", "mile", "miles", "mph", "kn", "kt", "knots", "yd", "lb", "lbs", "oz", "psi"),
    *("atm", "mmHg", "torr", "rpm", "pH", "Celsius", "Kelvin", "Fahrenheit", "count", "counts"),
    *("cps", "cpm", "gal", "acre", "ha", "px", "pixel", "pixels", "au", "a.u.", "arb", "arb."),
    *("EUR", "USD", "GBP", "CHF", "$", "€", "unitless", "dimensionless", "none", "text", "string"),
    *("TS", "RN", "Smp", "Avg", "Max", "Min", "Std", "Tot", "UTC", "ISO8601", "1", "-", "--", "—"),
)
PREFIX = "(?:da|[yzafpnuµμmcdhkMGTPE])?"
ONE = f"(?:{'|'.join(map(re.escape, OTHERS))}|{PREFIX}(?:{'|'.join(map(re.escape, BASES))}))"
POWER = r"(?:[¹²³⁴]|⁻[¹²³]|[\^*]{0,2}[-+]?[0-9])?"
UNIT = re.compile(rf"{ONE}{POWER}(?:[ /·*.⋅]{{1,3}}\(?{ONE}{POWER}\)?){{0,3}}")
BRACKETS = re.compile(r"[\[(].{0,40}[\])]")


def is_unit(cell: str) -> bool:
    """Whether a cell holds a unit, in brackets or not, such as °C, m/s or [hPa]."""
    text = cell.strip()
    return bool(BRACKETS.fullmatch(text) or UNIT.fullmatch(text))
