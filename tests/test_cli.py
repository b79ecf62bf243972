"""The command line where something is in its way: one sentence, the right exit code."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from aecore.cli import main

QUICK = '{"data": {"source": "iris"}, "training": {"epochs": 1}}'


@pytest.fixture
def quick(tmp_path: Path) -> str:
    """The path of an experiment of one short epoch."""
    path = tmp_path / "quick.json"
    path.write_text(QUICK)
    return str(path)


def test_names_with_line_breaks_are_told_on_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Paths and fields come from a file, and could fake further lines."""
    path = tmp_path / "e.json"
    for given in ({"data": {"source": "a\n\x1b[31mb.npz"}}, {"training": {"a\nb": 1}}):
        path.write_text(json.dumps(given))
        assert main(["run", str(path)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and said.endswith("\n")
        assert "\x1b" not in said


@pytest.mark.parametrize("below", ["", "/sub"])
def test_a_folder_that_cannot_be_written_is_refused_before_training(
    tmp_path: Path, quick: str, capsys: pytest.CaptureFixture[str], below: str
) -> None:
    """A file in its place is bad input; nothing is trained."""
    (tmp_path / "taken").write_text("")
    assert main(["run", quick, "--out", f"{tmp_path}/taken{below}"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"Nothing can be written to {tmp_path}/taken{below} (")
    assert said.err.endswith("). Name another folder with --out.\n")


def test_a_run_whose_files_cannot_be_written_has_failed(
    tmp_path: Path, quick: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not said to have finished, and the sentence names the file."""
    (tmp_path / "out" / "metrics.json").mkdir(parents=True)
    assert main(["run", quick, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    events = [json.loads(line) for line in said.out.splitlines()]
    assert [event["event"] for event in events if event["event"] in ("finished", "failed")] == [
        "failed"
    ]
    assert said.err == f"{events[-1]['cause']} {events[-1]['remedy']}\n"
    assert f"(Is a directory): {tmp_path}/out/metrics.json." in said.err


def test_what_never_ends_is_no_experiment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No more is read than an experiment may hold, whatever size the file says it has."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)

    def pour() -> None:
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            file.write(b" " * 2**21)

    writer = threading.Thread(target=pour)
    writer.start()
    assert main(["run", str(pipe)]) == 2
    writer.join()
    assert capsys.readouterr().err == f"{pipe} is too large for an experiment. Check the path.\n"


def test_an_interrupt_before_training_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Here while it waits for its experiment; Python would print a traceback."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    run = subprocess.Popen([sys.executable, "-m", "aecore", "run", str(pipe)], stderr=-1, text=True)
    # Opens once the other side reads.
    with pipe.open("wb"):
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=60)[1]
    assert run.returncode == 1
    assert said == "Interrupted before training began. Start it again.\n"


@pytest.mark.parametrize("asking", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_stop_keeps_what_it_learned(
    tmp_path: Path, asking: signal.Signals
) -> None:
    """By Ctrl-C, or by a system that shuts down: figures and models of the epochs so far."""
    given, out = tmp_path / "long.json", tmp_path / "out"
    given.write_text('{"data": {"source": "iris"}, "training": {"epochs": 2000}}', "utf-8")
    command = [sys.executable, "-m", "aecore", "run", str(given), "--out", str(out)]
    run = subprocess.Popen(command, stdout=-1, text=True)
    assert run.stdout is not None
    while json.loads(run.stdout.readline())["event"] != "epoch":
        assert run.poll() is None
    run.send_signal(asking)
    told = run.communicate(timeout=60)[0].splitlines()
    last = json.loads(told[-1])
    assert run.returncode == 0
    assert last["event"] == "stopped" and last["metrics"]["mse"] > 0
    epochs = [line for line in told if json.loads(line)["event"] == "epoch"]
    assert len(epochs) < 1999
    assert {"metrics.json", "history.csv", "encoder.keras"} <= {file.name for file in out.iterdir()}


def test_a_reader_that_has_seen_enough_hears_no_complaint() -> None:
    """As when the schema is piped to `head`; the command ends quietly."""
    schema = subprocess.Popen([sys.executable, "-m", "aecore", "schema"], stdout=-1, stderr=-1)
    assert schema.stdout is not None and schema.stderr is not None
    schema.stdout.close()
    assert schema.stderr.read() == b""
    assert schema.wait(60) == 1
    schema.stderr.close()


@pytest.mark.parametrize("command", ["schema", "datasets"])
def test_a_terminal_without_all_letters_gets_the_rest(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Such as one of Windows, or of the C locale; the schema stays the same JSON."""
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main([command]) == 0
    terminal.flush()
    printed = terminal.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "\\u03b2" in printed or command == "datasets"
    assert "28 ? 28" in printed or command == "schema"


@pytest.mark.slow
def test_a_run_says_nothing_but_its_events(quick: str) -> None:
    """TensorFlow's notes on the processor stay off standard error."""
    command = [sys.executable, "-m", "aecore", "run", quick]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert done.stderr == b""
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "finished"


def german(path: Path) -> str:
    """The path of a table with decimal commas, a column of letters among them."""
    rows = "".join(f"{i % 7},5\t{i},25\tword {i}\n" for i in range(60))
    path.write_text(f"a\tb\tname\n{rows}")
    return str(path)


def test_a_file_is_inspected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its check sheet as JSON, each column with what is known of it."""
    source = german(tmp_path / "a.tsv")
    given = ["--reading.decimal", "comma", "--reading.missing_numbers", "-9", "1.5"]
    assert main(["inspect", source, *given]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert (sheet["kind"], sheet["rows"], sheet["classes"]) == ("table", 60, {})
    first, _, last = sheet["columns"]
    assert first == {
        **{"name": "a", "type": "number", "role": "feature", "missing": 9, "reason": ""},
        **{"low": 0.5, "high": 6.5, "examples": ["0.5", "2.5", "3.5"]},
    }
    assert (last["role"], last["reason"]) == ("ignore", "unique in each row")
    assert any("Line 1 names the columns" in note for note in sheet["notes"])


@pytest.mark.parametrize(
    ("name", "given", "word"),
    [
        ("none.csv", [], "There is no file"),
        ("a.tsv", ["--reading.decimal", "dot"], "decimal must be 'auto', 'point' or 'comma'"),
        ("a.xyz", [], "There is no data set named"),
    ],
)
def test_what_cannot_be_inspected_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, given: list[str], word: str
) -> None:
    """In a sentence, with exit code 2."""
    german(tmp_path / "a.tsv")
    assert main(["inspect", str(tmp_path / name), *given]) == 2
    said = capsys.readouterr()
    assert word in said.err and not said.out
