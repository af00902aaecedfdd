"""Plugins of the environment and of the command, and where named corpora are looked for."""

import os
import re

from program import seqbench

from seqbench.cli import options


def test_plugins_of_the_environment_come_before_those_of_the_command_and_each_once(tmp_path):
    files = [tmp_path / f"{name}.py" for name in ("first", "second", "third")]
    for file in files:
        file.touch()
    listed = os.pathsep.join(map(str, files[:2]))
    done = seqbench("plugins", "--plugin", files[1], "--plugin", files[2], SEQBENCH_PLUGINS=listed)
    assert re.findall(r"^(first|second|third)\b", done.stdout, re.MULTILINE) == ["first", "second", "third"]
    missing = seqbench("models", SEQBENCH_PLUGINS="nowhere.py")
    assert (missing.returncode, missing.stderr) == (2, "seqbench: there is no plugin file 'nowhere.py'\n")


def test_a_plugin_that_is_lost_is_a_warning(tmp_path, capsys):
    (tmp_path / "bad.py").write_text("import nowhere\n")
    registry = options.registry_of((tmp_path / "bad.py",))
    assert "baseline" in registry.taggers
    assert re.fullmatch(r"warning: plugin 'bad' \(.*bad\.py\) is left out: .*'nowhere'.*\n", capsys.readouterr().err)
