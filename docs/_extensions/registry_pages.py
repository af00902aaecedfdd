"""Pages that say what is registered, written before each build: they cannot differ from the program."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from leaderboards import leaderboard, write_leaderboard_pages
from plugin_directory import plugin_directory

from seqbench.cli import COMMANDS, program
from seqbench.contracts.hyperparameters import REQUIRED, Field, fields_of
from seqbench.registry.capabilities import capabilities
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_HANDED_OVER = ("path", "tags", "features", "outcome")  # parameters that are no options
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/generated"
EXTRA = FOLDER / "extra"
UNSEARCHED = ("generated/datasets/", "generated/changelog", "measurements/")  # would hide the guide in every search


@dataclass(frozen=True)
class Kind:
    """A kind of registered thing: its folder, the title of its list, what the list says first, and a page of one."""

    name: str
    title: str
    about: str
    page: Callable[[Entry], str]
    mark: str = ""
    """Stands behind the name of each thing, where things of other kinds have the same names."""


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


def reader_page(entry: Entry) -> str:
    """The page of a reader, and the options that all have."""
    common = (
        f"`--data 'FILE?reader={entry.name}&tags=COLUMN'` reads a file in this format whatever its name is. `tags` "
        "chooses the column or field that holds the tags, `features` further input columns: "
        "[formats](../../formats.md) has examples."
    )
    return "\n\n".join([options_page(entry), common])


def _doc(thing: Callable[..., object]) -> str:
    return inspect.getdoc(thing) or ""


def _fields(fields: dict[str, Field]) -> str:
    if not fields:
        return "None."
    rows = [(f"`{field.name}`", f"{_default(field)} ({field.type_name})", field.doc) for field in fields.values()]
    return _table(("name", "default (type)", "meaning"), rows)


def _default(field: Field) -> str:
    return "needed" if field.default is REQUIRED else f"`{field.default!r}`"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(titles), *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


KINDS = (
    Kind("models", "Models", "Every tagger that comes with seqbench. `seqbench models` prints this list.", model_page),
    Kind("datasets", "Datasets", "Every dataset that has a name. `seqbench datasets` prints this list.", options_page),
    Kind("readers", "File formats", "Every format that `--data PATH` reads.", reader_page, " (file format)"),
    Kind(
        "writers", "Written formats", "Every format that `seqbench convert` writes.", options_page, " (written format)"
    ),
    Kind("metrics", "Metrics", "Metrics beside the core scores; each is a column of its own.", options_page),
    Kind("formats", "Formats of tables", "Every format that `--format NAME` prints.", options_page),
    Kind("sections", "Sections of the page", "Every part of the page that `seqbench report` writes.", options_page),
    Kind("reporters", "Reporters", "What hears of every trial, where `--reporter NAME` asks for it.", options_page),
)


def probes_page(registry: Registry) -> str:
    """The datasets that are probes: what each measures, and the option that makes it harder."""
    probes = [(entry, entry.about.difficulty) for entry in registry.datasets.values() if entry.about.difficulty]
    rows = [
        (f"[{entry.name}](datasets/{entry.name}.md)", f"`{harder.option}`", harder.measures, entry.summary)
        for entry, harder in sorted(probes, key=lambda probe: probe[0].name)
    ]
    about = "Datasets that get harder by one option; `seqbench probe` asks [how far each model gets](../probes.md)."
    return f"# Probes\n\n{about}\n\n{_table(('probe', 'harder by', 'measures', 'what it is'), rows)}\n"


ROOT_PAGES = {"README": "readme", "CONTRIBUTING": "contributing", "CHANGELOG": "changelog", "SECURITY": "security"}


def write_root_pages(folder: Path) -> None:
    """Copy the pages of the repository's root, with links that lead on from where the copies lie."""
    for name, copy in ROOT_PAGES.items():
        text = (ROOT / f"{name}.md").read_text(encoding="utf-8").replace("](docs/", "](../")
        for other, other_copy in ROOT_PAGES.items():
            text = text.replace(f"]({other}.md", f"]({other_copy}.md")
        _write_changed(folder / f"{copy}.md", text)


def write_pages(_app: Sphinx | None = None, folder: Path = FOLDER) -> None:
    """Write a list and a page of each registered thing, a page of each command, and those of the repository's root."""
    folder.mkdir(exist_ok=True)
    write_root_pages(folder)
    registry = Registry.discover(points=())
    _write_changed(folder / "plugins.md", plugin_directory(registry))
    _write_changed(folder / "probes.md", probes_page(registry))
    _write_changed(folder / "leaderboard.md", leaderboard(registry))
    for kind in KINDS:
        entries = sorted(getattr(registry, _attribute(kind)).items())
        pages = {name: f"# {name}{kind.mark}\n\n{entry.summary}.\n\n{kind.page(entry)}\n" for name, entry in entries}
        rows = [(f"[{name}]({name}.md)", entry.summary) for name, entry in entries]
        _write(folder / kind.name, pages, f"# {kind.title}\n\n{kind.about}\n\n{_table(('name', 'what it is'), rows)}\n")
    pages = {name: f"# seqbench {name}\n\n```text\n{_help(name)}\n```\n" for name in COMMANDS}
    rows = [(f"[{name}]({name}.md)", about) for name, about in COMMANDS.items()]
    table = _table(("command", "what it does"), rows)
    _write(folder / "commands", pages, f"# Commands\n\nWhat `--help` of each prints.\n\n{table}\n")


def write_boards(_app: Sphinx) -> None:
    """Write the pages of the leaderboard, which Sphinx copies as they are."""
    write_leaderboard_pages(Registry.discover(points=()), EXTRA / "leaderboard")


def leave_out_of_search(_app: Sphinx, env: BuildEnvironment) -> None:
    """Mark pages that the search of the site does not look into; lists of them it does."""
    for page in env.found_docs:
        if page.startswith(UNSEARCHED) and not page.endswith("/index"):
            env.metadata[page]["nosearch"] = "true"


def _attribute(kind: Kind) -> str:
    return {"models": "taggers"}.get(kind.name, kind.name)


def _help(name: str) -> str:
    context = click.Context(program, info_name="seqbench", max_content_width=100)
    command = program.get_command(context, name)
    if command is None:
        raise KeyError(name)
    return command.get_help(click.Context(command, info_name=name, parent=context, max_content_width=100))


def _write(target: Path, pages: dict[str, str], index: str) -> None:
    """Write the pages of a folder, and remove those of things that are gone."""
    toc = "\n".join(["\n:::{toctree}\n:hidden:\n", *pages, ":::", ""])
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
    app.connect("builder-inited", write_boards)
    app.connect("env-check-consistency", leave_out_of_search)
    return {"parallel_read_safe": True}
