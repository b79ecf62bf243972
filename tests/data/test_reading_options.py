"""Reading options: each way to read a file has its own data, check sheet and digest."""

import json

import pytest
from pydantic import ValidationError

from aecore.data import digest, load, uploads
from aecore.data.loading import describe_source, reading_options_of, sheet
from aecore.data.profile import stored_sheets
from aecore.data.readers import READERS
from aecore.data.reading_options import AS_FOUND, TABLE_OPTIONS, ReadingOptions
from aecore.errors import ExperimentError
from aecore.experiment import Experiment
from aecore.experiment.link import from_query, to_query
from aecore.settings import controls

ROWS = "".join(f"{i % 7}\t{i},5\tw{i % 3}\n" for i in range(60))
CONTENT = "a\tb\tc\n" + ROWS
COMMA = ReadingOptions(decimal="comma")
NO_SEVENS = ReadingOptions(decimal="comma", missing_numbers=(6.0,))


@pytest.fixture
def source(home):
    """An uploaded table with decimal commas."""
    return uploads.keep({"a.tsv": CONTENT.encode()})


def test_every_option_is_heeded_by_a_reader():
    """Or once a table has been read; and readers name no other."""
    heeded = {name for reader in READERS.values() for name in reader.options} | {*TABLE_OPTIONS}
    assert heeded == set(ReadingOptions.model_fields)


def test_options_have_a_key_only_where_they_are_given():
    """New options leave the keys of older sheets as they are."""
    assert AS_FOUND.key == ReadingOptions(separator="auto").key == ""
    keys = {COMMA.key, NO_SEVENS.key, ReadingOptions(separator="tab").key}
    assert len(keys) == 3
    assert all(len(key) == 8 for key in keys)


def test_a_separator_can_be_given_as_itself():
    """The sign and its name are the same choice; another sign is none."""
    assert ReadingOptions(separator=";") == ReadingOptions(separator="semicolon")
    with pytest.raises(ValidationError):
        ReadingOptions(separator="§§")


def test_ways_to_read_have_data_sheets_and_digests_of_their_own(source):
    """One after the other, and both again from memory."""
    found = [load(source, way).frame for way in (COMMA, NO_SEVENS, COMMA)]
    assert [frame["a"].isna().sum() for frame in found] == [0, 8, 0]
    stored_sheets.save(source, describe_source(source, COMMA), {}, COMMA)
    assert stored_sheets.saved(source, NO_SEVENS) is None
    stored_sheets.save(source, describe_source(source, NO_SEVENS), {}, NO_SEVENS)
    missing = [sheet(source, way).columns[0].missing for way in (COMMA, NO_SEVENS)]
    assert missing == [0, 8]
    assert digest(source, COMMA) != digest(source, NO_SEVENS)
    uploads.remove(source)
    assert stored_sheets.saved(source, COMMA) is None


def test_a_data_set_with_a_name_is_what_it_is():
    """No option changes it."""
    assert load("iris", COMMA) is load("iris")
    assert reading_options_of("iris") == ()


def test_a_link_reads_the_file_in_the_same_way(source):
    """Where such a sheet is kept; else it says that the way is ignored."""
    for way in (AS_FOUND, NO_SEVENS):
        stored_sheets.save(source, describe_source(source, way), {}, way)
    given = {"source": source, "reading": {"decimal": "comma", "missing_numbers": [6]}}
    experiment = Experiment.from_dict({"data": given})
    assert experiment.data.reading == NO_SEVENS
    query = to_query(experiment)
    assert query["data.reading.missing_numbers"] == "[6.0]"
    assert "data.reading.separator" not in query
    assert from_query(query) == (experiment, [])
    other, ignored = from_query({**query, "data.reading.missing_numbers": "[5]"})
    assert other.data.reading == AS_FOUND
    assert any("not looked at in this way" in sentence for sentence in ignored)
    assert Experiment.from_json(json.dumps(experiment.to_dict())) == experiment


def test_what_does_not_fit_in_a_link_is_named(source):
    """An unknown option, and a value that an option refuses."""
    stored_sheets.save(source, describe_source(source), {})
    query = {"data.source": source, "data.reading.colour": "red", "data.reading.decimal": "dot"}
    experiment, ignored = from_query(query)
    assert experiment.data.reading == AS_FOUND
    assert [sentence.split(" was ignored")[0] for sentence in ignored] == [
        "data.reading.colour=red",
        "data.reading.decimal=dot",
    ]


def test_an_experiment_refuses_what_no_file_is_written_in(source):
    """The field is named."""
    stored_sheets.save(source, describe_source(source), {})
    with pytest.raises(ExperimentError) as error:
        Experiment.from_dict({"data": {"source": source, "reading": {"decimal": "dot"}}})
    assert error.value.problems[0].path == "data.reading.decimal"


def test_every_option_stands_on_the_data_page():
    """There the choice is made, beside what was found."""
    assert all(control.on_data_page for control in controls(AS_FOUND))
