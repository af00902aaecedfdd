"""What the program prints, whatever the streams are: safe, in every encoding, and one sentence where it cannot."""

import os
import subprocess
import sys

import pytest
from program import called
from runs import registry_of, run_of
from samples import Constant

from seqbench.cli.terminal import echo, echo_sentence, layout

HOSTILE = "x\x1b]0;owned\x07\x1b[2J\u202e"


def test_what_is_printed_is_safe(capsys):
    echo(HOSTILE)
    echo(HOSTILE, err=True)
    assert capsys.readouterr() == ("x\\x1b]0;owned\\x07\\x1b[2J\\u202e\n",) * 2


def test_an_error_about_a_hostile_name_is_safe():
    done = called("models", HOSTILE)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_tables_are_as_wide_as_columns_says_and_else_80(monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    assert layout().width == 50
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd=0: os.terminal_size((0, 0)))
    assert layout().width == 80
    assert layout(wide=True).width is None


def test_there_are_colours_on_a_terminal_only_and_none_with_no_color(monkeypatch, capsys):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not layout().colour
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert layout().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not layout().colour


@pytest.mark.parametrize(("stream", "say"), [("stderr", lambda text: echo(text, err=True)), ("stdout", echo_sentence)])
def test_a_terminal_breaks_no_word_of_a_note(stream, say, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "20")
    note = "note: its sentences are taken as independent, /a/path/that/is/longer/than/20"
    say(note)
    monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    say(note)
    printed = capsys.readouterr()
    whole, *lines = (printed.err if stream == "stderr" else printed.out).splitlines()
    assert whole == note
    assert lines == ["note: its sentences", "are taken as", "independent,", "/a/path/that/is/longer/than/20"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    registry = registry_of(constant=Constant)
    return run_of(tmp_path_factory.mktemp("run"), registry, "größe=constant", "模型=constant(tag='V')", seeds=2).folder


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8"])
def test_a_terminal_of_another_encoding_gets_escapes(run, encoding):
    command = [sys.executable, "-m", "seqbench", "show", str(run)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(encoding)
    assert ("模型" if encoding == "utf-8" else "\\u6a21\\u578b") in shown
    assert "größe" in shown


def shell(line):
    """A line of bash, in which seqbench stands for the program."""
    program = f"{sys.executable} -m seqbench"
    return subprocess.run(
        ["/bin/bash", "-c", line.replace("seqbench", program)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["run --help", "models --format json"])
def test_a_reader_that_has_seen_enough_is_no_error(command):
    done = shell(f"set -o pipefail; seqbench {command} | head -c 1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["run --help", "--version", "--help", "models"])
def test_a_reader_that_went_before_is_no_error_either(command):
    """Help that nobody read was a bug with a traceback."""
    done = shell(f"set -o pipefail; {{ sleep 0.2; seqbench {command}; }} | true")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_one_sentence():
    done = shell("seqbench models > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "seqbench: standard output cannot be written: No space left on device\n"


def test_closed_streams_are_streams_that_nobody_reads(tmp_path):
    done = shell(f"cd {tmp_path}; seqbench run --models baseline,majority --out run <&- >&- 2>&-")
    assert done.returncode == 0
    assert (tmp_path / "run/run.json").read_text().startswith("{")
    assert called("show", tmp_path / "run").returncode == 0


@pytest.mark.parametrize("closed", ["2>&-", ">&-"])
def test_a_closed_stream_does_not_close_the_other(closed):
    done = shell(f"seqbench models no-such-model {closed}")
    assert (done.returncode, done.stdout) == (2, "")
    assert ("no tagger is named" in done.stderr) == (closed == ">&-")
