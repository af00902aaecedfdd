"""Pages made from the program: every registered thing and every command has one, and the directory tells the truth."""

import runpy
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from seqbench.cli import COMMANDS
from seqbench.registry.discovery import KINDS, Registry
from seqbench.results.store import Store

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"models": "taggers"} | {kind: kind for kind in KINDS if kind not in ("taggers", "published")}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of the generated pages."""
    sys.path.insert(0, str(ROOT / "docs/_extensions"))
    try:
        from registry_pages import write_pages
    finally:
        sys.path.pop(0)
    folder = tmp_path_factory.mktemp("docs") / "generated"
    write_pages(folder=folder)
    return folder


@pytest.mark.parametrize(("folder", "kind"), FOLDERS.items())
def test_every_registered_thing_has_a_page_and_a_row_of_the_list(pages, folder, kind):
    names = set(getattr(Registry.discover(points=()), kind))
    assert {page.stem for page in (pages / folder).glob("*.md")} - {"index"} == names
    listed = (pages / folder / "index.md").read_text()
    assert all(f"[{name}]({name}.md)" in listed for name in names)


def test_every_command_has_a_page_with_its_help(pages):
    texts = {page.stem: page.read_text() for page in (pages / "commands").glob("*.md")}
    assert set(texts) - {"index"} == set(COMMANDS)
    assert all(f"seqbench {name}" in texts[name] and "Examples:" in texts[name] for name in COMMANDS)


def test_every_probe_is_listed_with_what_makes_it_harder(pages):
    listed = (pages / "probes.md").read_text()
    probes = [entry for entry in Registry.discover(points=()).datasets.values() if entry.about.difficulty]
    assert len(probes) >= 6
    assert all(f"| [{p.name}](datasets/{p.name}.md) | `{p.about.difficulty.option}` |" in listed for p in probes)


def test_every_list_of_pages_is_in_the_reference(pages):
    reference = (ROOT / "docs/reference.md").read_text()
    lists = [f"generated/{folder}/index" for folder in (*FOLDERS, "commands")]
    assert all(f"\n{page}\n" in reference for page in [*lists, "generated/probes"])
    assert "\n../generated/plugins\n" in (ROOT / "docs/guide/plugins.md").read_text()


def test_the_directory_has_the_installed_plugins_and_the_known_ones(pages):
    directory = (pages / "plugins.md").read_text()
    assert "| seqbench-datasets | seqbench " in directory
    assert "| seqbench-plugins | seqbench " in directory
    known = {plugin["name"] for plugin in tomllib.loads((ROOT / "docs/plugins.toml").read_text())["plugin"]}
    assert known == {
        tomllib.loads(f.read_text())["project"]["name"] for f in ROOT.glob("plugins/peers/*/pyproject.toml")
    }
    assert all(f"| [{name}](../peers.md) |" in directory for name in known)


def test_the_leaderboard_has_every_published_model_with_its_place(pages):
    board = (pages / "leaderboard.md").read_text()
    for name, entry in Registry.discover(points=()).published.items():
        manifest = Store.open(Path(str(entry.load()))).manifest()
        assert f"## {name}\n\nMade by seqbench {manifest.seqbench} on {manifest.started[:10]}." in board
        assert all(f"| `{model.label}` | " in board for model in manifest.models)
        assert f'<a href="../leaderboard/{name}.html">' in board


def test_tables_of_published_results_are_those_of_the_results():
    """docs/measurements/published_tables.py writes them."""
    tables = SimpleNamespace(**runpy.run_path(str(ROOT / "docs/measurements/published_tables.py")))
    registry = Registry.discover(points=())
    boards = [tables.board(name, registry) for name in sorted(registry.published)]
    for page in tables.PAGES:
        text = page.read_text(encoding="utf-8")
        assert tables.BLOCK.search(text)
        assert tables.renewed(text, boards) == text
        assert tables.renewed(tables.BLOCK.sub(r"\1\2", text), boards) == text
