"""Dates of text: each usual form, day or month first as all rows say, and doubt that is named."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.columns.moments import read_moments

NOON = "2024-03-05T12:05:07"
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A moment as text, and what stands first where that is to be found out.
WAYS = {
    "dotted": lambda m: f"{m:%d.%m.%Y %H:%M:%S}",
    "dotted, comma": lambda m: f"{m:%d.%m.%Y}, {m:%H:%M:%S}",
    "dotted, two digits": lambda m: f"{m:%d.%m.%y %H:%M:%S}",
    "slashes": lambda m: f"{m.month}/{m.day}/{m:%y %H:%M:%S}",
    "half days": lambda m: f"{m:%m/%d/%Y %I:%M:%S %p}",
    "dashes": lambda m: f"{m:%d-%m-%Y %H:%M:%S}.250",
    "month's name": lambda m: f"{m.day:02}-{ENGLISH[m.month - 1]}-{m:%Y %H:%M:%S}",
    "apache": lambda m: f"[{m.day:02}/{ENGLISH[m.month - 1]}/{m:%Y:%H:%M:%S} +0000]",
    "ctime": lambda m: f"Sat {ENGLISH[m.month - 1]} {m.day:02} {m:%H:%M:%S %Y}",
    "zone's name": lambda m: f"{m:%Y-%m-%d %H:%M:%S} UTC",
    "ISO basic": lambda m: f"{m:%Y%m%dT%H%M%S}",
    "digits": lambda m: f"{m:%Y%m%d%H%M%S}",
    "underscore": lambda m: f"{m:%Y%m%d_%H%M%S}",
}


def read(*texts, **way):
    """Texts as moments."""
    return read_moments(np.array(texts, dtype=object), **way)


def seconds(found):
    """The moments of a column, to the second, as ISO writes them."""
    return [str(moment)[:19] for moment in found.values]


@pytest.mark.parametrize("way", WAYS)
def test_usual_forms_are_moments(way):
    """A day after the twelfth tells day from month."""
    late, noon = dt.datetime(2024, 2, 28, 23, 59, 1), dt.datetime.fromisoformat(NOON)
    found = read(WAYS[way](late), WAYS[way](noon), None)
    assert seconds(found) == ["2024-02-28T23:59:01", NOON, "NaT"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1. März 2024", "2024-03-01T00:00:00"),
        ("January 31st, 2024", "2024-01-31T00:00:00"),
        ("Mon, 01 Jan 2024 10:00:00 GMT", "2024-01-01T10:00:00"),
        ("01.01.2024 10:05 Uhr", "2024-01-01T10:05:00"),
        ("2024-01-01 10:05:00+0130", "2024-01-01T08:35:00"),
        ("[01/Jan/2024:10:05:00 -0100]", "2024-01-01T11:05:00"),
        ("1.1.2024 24:00", "2024-01-02T00:00:00"),
        ("12:00 AM", "1970-01-01T00:00:00"),
        ("12:30:15 p.m.", "1970-01-01T12:30:15"),
        ("2024年1月31日", "2024-01-31T00:00:00"),
        ("2024-05", "2024-05-01T00:00:00"),
        ("05/2024", "2024-05-01T00:00:00"),
        ("2024Q4", "2024-10-01T00:00:00"),
        ("Mai-24", "2024-05-01T00:00:00"),
    ],
)
def test_other_forms_are_moments(text, moment):
    """Months and quarters are their first day, zones are turned to UTC."""
    assert seconds(read(text)) == [moment]


@pytest.mark.parametrize(
    "text",
    [
        *("10.0.0.1", "12-34-56", "a-1-2024", "2024", "part 7 of 12", "1.2.10", "31.02.2024"),
        *("25:00", "13:00 PM", "1 marble 99", "\ud800 1.1.2024", "20241301"),
    ],
)
def test_what_the_calendar_or_the_clock_has_not_is_no_date(text):
    """Nor are addresses, versions and part numbers."""
    assert read(text) is None


@pytest.mark.parametrize(
    ("texts", "order", "proof", "first"),
    [
        (["01/02/2024", "13/02/2024"], "day", "rows", "2024-02-01"),
        (["01/02/2024", "02/13/2024"], "month", "rows", "2024-01-02"),
        (["11/01/2024", "12/01/2024", "01/02/2024"], "day", "rising", "2024-01-11"),
        (["01/11/2024", "01/12/2024", "02/01/2024"], "month", "rising", "2024-01-11"),
        (["02/02/2024", "01/02/2024", "12/01/2024"], "day", "rising", "2024-02-02"),
        (["24-01-30", "24-01-31", "24-02-01"], "year", "rising", "2024-01-30"),
        (["01/02/2024", "02/03/2024"], "month", "", "2024-01-02"),
        (["01.02.2024", "02.03.2024"], "day", "", "2024-02-01"),
    ],
)
def test_all_rows_say_what_stands_first(texts, order, proof, first):
    """Or else times that rise or fall; where neither helps it is a guess, and known as one."""
    found = read(*texts)
    assert (found.order, found.proof) == (order, proof)
    assert str(found.values[0])[:10] == first


def test_order_and_century_can_be_chosen():
    """Against what the rows would say; what then is no date is missing."""
    chosen = read("01/02/45", "02/03/45", order="day", century="1900")
    assert (chosen.proof, seconds(chosen)[0]) == ("option", "1945-02-01T00:00:00")
    assert seconds(read("01.02.45"))[0][:4] == "2045"
    assert seconds(read("01.02.75"))[0][:4] == "1975"
    assert read("13/02/2024", order="month") is None


@given(
    st.sampled_from(sorted(WAYS)),
    st.lists(
        st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2060, 1, 1)), min_size=1, max_size=30
    ),
)
def test_moments_written_in_any_form_are_read_back(way, moments):
    """Equal to the second: rows rise in the right order, and that is the usual one of its form."""
    moments = [moment.replace(microsecond=0) for moment in sorted(moments)]
    found = read(*map(WAYS[way], moments))
    assert seconds(found) == [moment.isoformat() for moment in moments]
