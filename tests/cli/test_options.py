"""Options that several commands share: plugins of the environment, sizes and times as texts, notes or quiet."""

import os
import re
import sys

import click
import pytest
from program import called, seqbench

from seqbench.cli import options
from seqbench.errors import UsageError


def value_of(option, *arguments):
    """What a command with this option gets."""

    @click.command()
    @option
    def command(**given):
        return next(iter(given.values()))

    return command.main(list(arguments), standalone_mode=False)


def test_plugins_of_the_environment_come_before_those_of_the_command_and_each_once(tmp_path):
    files = [tmp_path / f"{name}.py" for name in ("first", "second", "third")]
    for file in files:
        file.touch()
    listed = os.pathsep.join(map(str, files[:2]))
    done = seqbench("plugins", "--plugin", files[1], "--plugin", files[2], SEQBENCH_PLUGINS=listed)
    assert re.findall(r"^(first|second|third)\b", done.stdout, re.MULTILINE) == ["first", "second", "third"]
    missing = seqbench("models", SEQBENCH_PLUGINS="nowhere.py")
    assert (missing.returncode, missing.stderr) == (2, "seqbench: there is no plugin file 'nowhere.py'\n")


@pytest.mark.skipif(sys.platform != "linux", reason="--memory needs Linux")
def test_a_size_is_a_number_of_bytes():
    assert value_of(options.memory, "--memory", "2G") == 2 * 2**30
    assert value_of(options.memory) is None
    with pytest.raises(UsageError, match="--memory must be a size such as 2G or 500M, was: 'some'"):
        value_of(options.memory, "--memory", "some")


def test_a_size_is_refused_where_a_process_cannot_be_held_to_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UsageError, match="--memory needs Linux; leave it out"):
        value_of(options.memory, "--memory", "2G")


def test_a_time_is_a_number_of_seconds():
    assert [value_of(options.budget, "--budget", text) for text in ("60s", "5m", "1h")] == [60.0, 300.0, 3600.0]
    assert value_of(options.budget) is None


@pytest.mark.parametrize("text", ["0s", "soon", "-3", "3 days", "20trials"])
def test_a_budget_that_is_no_time_is_refused(text):
    with pytest.raises(UsageError, match="--budget must be a time such as 60s"):
        value_of(options.budget, f"--budget={text}")


def test_notes_are_said_on_standard_error_or_not_at_all(capsys):
    options.noting(quiet=True)("hush")
    assert capsys.readouterr() == ("", "")
    options.noting(quiet=False)("listen")
    options.warn("mind this")
    assert capsys.readouterr() == ("", "listen\nwarning: mind this\n")


def test_a_plugin_that_is_lost_is_a_warning(tmp_path, capsys):
    (tmp_path / "bad.py").write_text("import nowhere\n")
    registry = options.registry_of((tmp_path / "bad.py",))
    assert "baseline" in registry.taggers
    assert re.fullmatch(r"warning: plugin 'bad' \(.*bad\.py\) is left out: .*'nowhere'.*\n", capsys.readouterr().err)


FORMAT = """
from seqbench import hookimpl

@hookimpl
def register_formats(register):
    register("arrows", lambda table: " -> ".join(table.columns), "column names")
"""


def test_a_format_of_a_plugin_file_is_an_option_of_every_command(tmp_path, monkeypatch):
    (tmp_path / "arrows.py").write_text(FORMAT)
    done = called("models", "--plugin", tmp_path / "arrows.py", "--format", "arrows")
    assert (done.returncode, done.stdout) == (0, "model -> summary -> default -> plugin\n")
    monkeypatch.setenv("SEQBENCH_PLUGINS", str(tmp_path / "arrows.py"))
    assert called("datasets", "--format", "arrows").stdout.count(" -> ")
    assert "formats: arrows" in called("plugins", "--wide").stdout


def test_an_unknown_format_is_answered_with_the_nearest_one():
    done = called("models", "--format", "markdwon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no format is named 'markdwon'. Did you mean 'markdown'?" in done.stderr
    assert "[table|json|csv|html|latex|markdown]" in called("models", "--help").stdout


def test_html_is_a_whole_document_and_empty_after_an_error():
    text = called("models", "--format", "html").stdout
    assert text.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in text
    assert text.endswith("</body>\n</html>\n")
    assert text.count("<body>") == 1
    assert called("show", "nowhere", "--format", "html").stdout == ""
