"""Projects of new plugins, which work as they are: to be installed, run, tested and then changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

from seqbench.errors import UsageError
from seqbench.version import __version__

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Kind:
    """Kind of plugin: the hook, the file of the code, the ending of its name, its summary, and commands to try it."""

    registers: str
    file: str
    suffix: str
    summary: str
    checked: str = "$name"
    ran: str = "seqbench run --models baseline,$name"


KINDS = {
    "plain": Kind("taggers", "tagger", "Tagger", "the most frequent tag of each word ending"),
    "torch": Kind(
        "taggers", "tagger", "Tagger", "a window of words, in torch", checked="$name(epochs=1, min_steps=20)"
    ),
    "recurrent": Kind(
        "taggers", "tagger", "Tagger", "a recurrent network, in torch", checked="$name(epochs=1, min_steps=20)"
    ),
    "attention": Kind(
        "taggers", "tagger", "Tagger", "a network with attention, in torch", checked="$name(epochs=1, min_steps=20)"
    ),
    "sklearn": Kind("taggers", "tagger", "Tagger", "a decision tree of scikit-learn, token by token"),
    "dataset": Kind("datasets", "dataset", "", "a few sentences", ran="seqbench run --models baseline --data $name"),
    "reader": Kind("readers", "reader", "", "word:TAG, a sentence a line", ran="seqbench convert FILE.$name FILE.tsv"),
    "format": Kind("formats", "format", "", "cells between bars", ran="seqbench models --format $name"),
    "section": Kind("sections", "section", "", "how far the seeds of a model lie apart", ran="seqbench report RUN"),
    "metric": Kind(
        "metrics", "metric", "", "token accuracy at the start of sentences", ran="seqbench run --models baseline"
    ),
}


def write(name: str, kind: str, parent: Path) -> Path:
    """Write the project into a new folder of this name. Raises `UsageError` if the name is no name, or is taken."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"a plugin's name must be lower-case words joined by '-', such as my-tagger, was: {name!r}")
    folder = parent / name
    if folder.exists():
        raise UsageError(f"{str(folder)!r} is there already; choose another name, or move it away")
    for path, text in files(name, kind):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def files(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Texts of the project's files by their paths inside its folder."""
    template_kind = KINDS[kind]
    words = _words(name, template_kind)
    module, test = words["module"], words["test"]
    for template, path in (
        ("pyproject.toml", "pyproject.toml"),
        ("README.md", "README.md"),
        ("hooks.py", f"{module}/__init__.py"),
        (f"{kind}.py", f"{module}/{template_kind.file}.py"),
        ("test.py", f"tests/{test}.py"),
    ):
        text = resources.files("seqbench").joinpath("templates", f"{template}.txt").read_text(encoding="utf-8")
        yield path, Template(text).substitute(words)


def _words(name: str, kind: Kind) -> dict[str, str]:
    """Words that the templates leave open."""
    snake = name.replace("-", "_")
    camel = "".join(part.capitalize() for part in name.split("-"))
    thing = camel.removesuffix(kind.suffix) + kind.suffix if kind.suffix else snake
    return {
        "name": name,
        "module": f"seqbench_{snake}",
        "test": f"test_{snake}",
        "thing": thing,
        "registers": kind.registers,
        "file": kind.file,
        "summary": kind.summary,
        "suffixes": f'[".{name}"], ' if kind.registers == "readers" else "",
        "checked": Template(kind.checked).substitute(name=name),
        "ran": Template(kind.ran).substitute(name=name),
        "version": __version__,
    }
