"""The page of all plugins: those that were installed where the site is built, and those on a committed list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path

from seqbench.registry.discovery import Registry

LIST = Path(__file__).parents[1] / "plugins.toml"
PREFIX = "seqbench-"
KINDS = ("taggers", "datasets", "readers", "writers", "metrics", "reporters", "sections", "formats")
_FEW = 6
ABOUT = """\
A plugin adds models, datasets, file formats, metrics or reporters. This page is made from the plugins that were
installed where it was built, and from a list that is kept by hand, `docs/plugins.toml`.
"""
OTHERS = """\
Distributions of plugins are named `seqbench-NAME`. No plugin by other authors is known to this list yet: all that stand
here come from seqbench's own repository, those of other toolkits as examples of what a stranger can write.
"""
LISTED = """\
## Be listed

Write it ([a first plugin](../first-plugin.md)), check it, and propose an entry of `docs/plugins.toml`. The badge
says how many promises your plugin keeps; put it into your README:

```console
$ seqbench check NAME --badge badge.svg
```
"""


def plugin_directory(registry: Registry, listed: Path = LIST) -> str:
    """The page: installed plugins with what each registers, known ones, and how to be listed."""
    known = known_plugins(listed)
    rows = [(name, source, registered(registry, name)) for name, source in installed(registry).items()]
    described = [(_linked(plugin), plugin["about"], plugin["source"]) for plugin in known]
    absent = [f"`{name}`" for name in unlisted(known)]
    parts = [
        f"# Plugin directory\n\n{ABOUT}",
        f"## Installed\n\n{_table(('plugin', 'from', 'registers'), rows)}\n",
        f"## Known\n\n{OTHERS}\n{_table(('distribution', 'what it is', 'where'), described)}\n",
        *([f"Installed and on no list: {', '.join(absent)}.\n"] if absent else []),
        LISTED,
    ]
    return "\n".join(parts)


def known_plugins(listed: Path) -> list[Mapping[str, str]]:
    """The plugins on the list."""
    plugins: list[Mapping[str, str]] = tomllib.loads(listed.read_text(encoding="utf-8"))["plugin"]
    return plugins


def installed(registry: Registry) -> dict[str, str]:
    """By name, the distribution and version of each plugin that is loaded."""
    return {name: f"{plugin.distribution} {plugin.version}" for name, plugin in sorted(registry.plugins.items())}


def registered(registry: Registry, plugin: str) -> str:
    """What a plugin registers, by kind; of many things of a kind the first few and their number."""
    parts = []
    for kind in KINDS:
        names = sorted(entry.name for entry in getattr(registry, kind).values() if entry.plugin.name == plugin)
        if names:
            more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
            parts.append(f"{kind}: {', '.join(names[:_FEW])}{more}")
    return "; ".join(parts)


def unlisted(known: Iterable[Mapping[str, str]]) -> list[str]:
    """Installed distributions with the prefix of plugins that are on no list."""
    names = {str(distribution.metadata["Name"]) for distribution in distributions()}
    return sorted(name for name in names - {plugin["name"] for plugin in known} if name.startswith(PREFIX))


def _linked(plugin: Mapping[str, str]) -> str:
    return f"[{plugin['name']}]({plugin['page']})" if "page" in plugin else f"`{plugin['name']}`"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(titles), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
