"""`seqbench plugins`: every plugin with what it registers, and what was left out."""

import json
import re

from program import called

from seqbench.registry.discovery import Registry

PLUGIN = """
from seqbench import hookimpl

@hookimpl
def register_metrics(register): register("half", lambda outcome: 0.5, "always half")

@hookimpl
def run_started(run): pass
"""


def test_each_plugin_is_listed_with_where_it_is_from_and_what_it_registers(tmp_path):
    file = tmp_path / "listening.py"
    file.write_text(PLUGIN)
    rows = {row["plugin"]: row for row in json.loads(called("plugins", "--plugin", file, "--format", "json").stdout)}
    assert rows["listening"]["from"] == str(file)
    assert rows["listening"]["registers"] == "metrics: half; listens to: run_started"
    assert rows["seqbench-plugins"]["from"] == "seqbench"
    for tagger in Registry.discover(points=()).taggers:
        assert re.search(rf"\b{tagger}\b", rows["seqbench-plugins"]["registers"])


def test_a_plugin_that_was_lost_is_named_with_the_reason(tmp_path):
    (tmp_path / "bad.py").write_text("import nowhere\n")
    done = called("plugins", "--plugin", tmp_path / "bad.py")
    assert done.returncode == 0
    assert re.search(r"bad .*LEFT OUT: ModuleNotFoundError: No module named 'nowhere'", done.stdout)


def test_of_many_things_of_a_kind_a_terminal_shows_the_first_and_says_how_many_more_there_are():
    printed = called("plugins").stdout
    assert " more (in --format json); readers: " in printed
    assert "conll2003-german" not in printed
    assert "conll2003-german" in called("plugins", "--format", "csv").stdout
