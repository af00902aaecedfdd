"""The command line as a user meets it: commands by name, and the exit code and words of every end."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from program import called, seqbench

from seqbench import cli
from seqbench.version import __version__

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_commands_is_that_of_the_files_of_commands():
    files = {path.stem.replace("_", "-") for path in (ROOT / "seqbench/cli/commands").glob("[a-z]*.py")}
    assert set(cli.COMMANDS) == files
    listed = " ".join(called("--help").stdout.split())  # lines are wrapped
    assert all(f"{name} {about}" in listed for name, about in cli.COMMANDS.items())


def test_an_unknown_command_is_answered_with_the_nearest():
    done = called("rnu")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'run'" in done.stderr


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_help_has_examples(command):
    done = called(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout


def test_the_program_and_its_module_are_the_same():
    program = Path(sys.executable).with_name("seqbench")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == seqbench("--version").stdout == f"seqbench {__version__}\n"


def ending(monkeypatch, error):
    """What the program does when this is raised in it."""

    @click.command
    def raises():
        raise error

    monkeypatch.setattr(cli, "program", raises)
    return called()


def test_the_program_alone_prints_its_whole_help():
    done = called()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == called("--help").stdout.replace("Usage: __main__.py", "Usage: seqbench")


def test_what_nobody_foresaw_is_a_bug_with_its_traceback(monkeypatch):
    done = ending(monkeypatch, ZeroDivisionError("on purpose"))
    assert (done.returncode, done.stdout) == (70, "")
    assert "Traceback" in done.stderr
    assert f"ZeroDivisionError: on purpose\n\nThis is a bug of seqbench {__version__}; please report it." in done.stderr


def test_an_interrupted_program_says_so(monkeypatch):
    done = ending(monkeypatch, KeyboardInterrupt())
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


def test_a_reader_that_has_seen_enough_is_no_error():
    """`seqbench models | head -0`: nothing reads what is written."""
    command = [sys.executable, "-m", "seqbench", "models", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == ("", 0)


def test_the_readme_s_plugin_runs_as_it_says(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)[0]
    assert len(source.splitlines()) < 30
    (command,) = re.findall(r"^\$ seqbench (run --plugin .*)$", readme, re.MULTILINE)
    (tmp_path / "suffix.py").write_text(source)
    arguments = command.replace("'", "").split()
    done = called(*arguments, "--data", "tutorial", "--device", "cpu", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "short" in done.stdout
