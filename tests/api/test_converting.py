"""seqbench.convert: what `seqbench convert` writes."""

import inspect

from program import called

import seqbench
from seqbench.cli.commands.convert import command


def test_the_file_and_what_is_said_are_those_of_the_command(tmp_path):
    (tmp_path / "x.txt").write_text("-DOCSTART- O\n\n# id 1 x\na B-X\n\n# id 2 x\nb I-X\n")
    done = called("convert", "x.txt", "by-command.tagged")
    conversion = seqbench.convert("x.txt", "by-python.tagged")
    assert (tmp_path / "by-python.tagged").read_text() == (tmp_path / "by-command.tagged").read_text()
    said = [f"note: {note}".replace("by-python", "by-command") for note in conversion.notes]
    assert said == done.stderr.splitlines()
    assert f"{conversion.sentences:,} sentences, {conversion.tokens:,} tokens: by-command.tagged\n" == done.stdout


def test_python_takes_every_option_of_the_command_line():
    assert set(inspect.signature(seqbench.convert).parameters) == {parameter.name for parameter in command.params}
