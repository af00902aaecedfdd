"""Pages that say what is registered, written before each build: they cannot differ from the program."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from sphinx.application import Sphinx

from seqbench.cli import COMMANDS, program
from seqbench.contracts.hyperparameters import REQUIRED, Field, fields_of
from seqbench.registry.capabilities import capabilities
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry

_HANDED_OVER = ("path", "tags", "features", "outcome")  # parameters that are no options
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/generated"


@dataclass(frozen=True)
class Kind:
    """A kind of registered thing: its folder, the title of its list, what the list says first, and a page of one."""

    name: str
    title: str
    about: str
    page: Callable[[Entry], str]


def model_page(entry: Entry) -> str:
    """What `seqbench models NAME` says: the doc of the class, its abilities, its hyperparameters."""
    factory = entry.load()
    able = ", ".join(capabilities(factory)) or "fit and predict alone"
    run = f"```console\n$ seqbench run --models {entry.name},baseline\n```"
    return "\n\n".join([_doc(factory), f"It can do: {able}.", run, "## Hyperparameters", _fields(fields_of(factory))])


def options_page(entry: Entry) -> str:
    """The doc of a dataset, reader or metric, and its options."""
    thing = entry.load()
    fields = {name: field for name, field in fields_of(thing).items() if name not in _HANDED_OVER}
    return "\n\n".join([_doc(thing), *(["## Options", _fields(fields)] if fields else [])])


def _doc(thing: Callable[..., object]) -> str:
    return inspect.getdoc(thing) or ""


def _fields(fields: dict[str, Field]) -> str:
    if not fields:
        return "None."
    rows = [(f"`{field.name}`", f"`{field.type_name}`", _default(field), field.doc) for field in fields.values()]
    return _table(("name", "type", "default", "meaning"), rows)


def _default(field: Field) -> str:
    return "needed" if field.default is REQUIRED else f"`{field.default!r}`"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(titles), *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


KINDS = (
    Kind("models", "Models", "Every tagger that comes with seqbench. `seqbench models` prints this list.", model_page),
    Kind("datasets", "Datasets", "Every dataset that has a name. `seqbench datasets` prints this list.", options_page),
    Kind("readers", "File formats", "Every format that `--data PATH` reads.", options_page),
    Kind("metrics", "Metrics", "Metrics beside the core scores; each is a column of its own.", options_page),
)


ROOT_PAGES = {"README": "readme", "CONTRIBUTING": "contributing", "CHANGELOG": "changelog", "SECURITY": "security"}


def write_root_pages() -> None:
    """Copy the pages of the repository's root, with links that lead on from where the copies lie."""
    for name, copy in ROOT_PAGES.items():
        text = (ROOT / f"{name}.md").read_text(encoding="utf-8").replace("](docs/", "](../")
        for other, other_copy in ROOT_PAGES.items():
            text = text.replace(f"]({other}.md", f"]({other_copy}.md")
        _write_changed(FOLDER / f"{copy}.md", text)


def write_pages(_app: Sphinx) -> None:
    """Write a list and a page of each registered thing, a page of each command, and those of the repository's root."""
    FOLDER.mkdir(exist_ok=True)
    write_root_pages()
    registry = Registry.discover(points=())
    for kind in KINDS:
        entries = sorted(getattr(registry, _attribute(kind)).items())
        pages = {name: f"# {name}\n\n{entry.summary}.\n\n{kind.page(entry)}\n" for name, entry in entries}
        rows = [(f"[{name}]({name}.md)", entry.summary) for name, entry in entries]
        _write(kind.name, pages, f"# {kind.title}\n\n{kind.about}\n\n{_table(('name', 'what it is'), rows)}\n")
    pages = {name: f"# seqbench {name}\n\n```text\n{_help(name)}\n```\n" for name in COMMANDS}
    rows = [(f"[{name}]({name}.md)", about) for name, about in COMMANDS.items()]
    table = _table(("command", "what it does"), rows)
    _write("commands", pages, f"# Commands\n\nWhat `--help` of each prints.\n\n{table}\n")


def _attribute(kind: Kind) -> str:
    return {"models": "taggers"}.get(kind.name, kind.name)


def _help(name: str) -> str:
    context = click.Context(program, info_name="seqbench", max_content_width=100)
    command = program.get_command(context, name)
    if command is None:
        raise KeyError(name)
    return command.get_help(click.Context(command, info_name=name, parent=context, max_content_width=100))


def _write(folder: str, pages: dict[str, str], index: str) -> None:
    """Write the pages of a folder, and remove those of things that are gone."""
    toc = "\n".join(["\n:::{toctree}\n:hidden:\n", *pages, ":::", ""])
    target = FOLDER / folder
    target.mkdir(parents=True, exist_ok=True)
    for name, text in {**pages, "index": index + toc}.items():
        _write_changed(target / f"{name}.md", text)
    for file in target.glob("*.md"):
        if file.stem not in {*pages, "index"}:
            file.unlink()


def _write_changed(file: Path, text: str) -> None:
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True}
