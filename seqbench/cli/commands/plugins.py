"""`seqbench plugins`: every plugin, where it comes from, what it registers, and what was left out and why."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.registry.discovery import KINDS, Registry
from seqbench.reporting.table import TERMINAL, listing

_EXAMPLES = """
\b
Examples:
  seqbench plugins
  seqbench plugins --plugin mytagger.py
"""


_MANY, _FEW = 40, 20  # of so many things of a kind a terminal shows the first


@click.command("plugins", epilog=_EXAMPLES)
@options.plugin
@options.without
@options.form
def command(plugins: tuple[Path, ...], without: tuple[str, ...], form: str) -> None:
    """List the plugins and what each registers."""
    registry = Registry.discover(plugins, without=without)
    rows = [
        [
            p.name,
            _source(p.distribution, p.file),
            p.version or "",
            _registered(registry, p.name, shortened=form == TERMINAL),
        ]
        for p in registry.plugins.values()
    ]
    lost = [
        [
            loss.plugin.name,
            _source(loss.plugin.distribution, loss.plugin.file),
            loss.plugin.version or "",
            f"LEFT OUT: {f'{loss.entry.kind} {loss.entry.name}: ' if loss.entry else ''}{loss.reason}",
        ]
        for loss in registry.losses
    ]
    echo(listing(["plugin", "from", "version", "registers"], [*rows, *lost], form))


def _source(distribution: str | None, file: Path | None) -> str:
    return str(file) if file else distribution or ""


def _registered(registry: Registry, plugin: str, *, shortened: bool) -> str:
    """Names that a plugin registers; `shortened`: of many of a kind the first ones, and how many more there are."""
    parts = []
    for kind in KINDS:
        names = [entry.name for entry in getattr(registry, kind).values() if entry.plugin.name == plugin]
        if names:
            shown = names[:_FEW] if shortened and len(names) > _MANY else names
            more = f" and {len(names) - len(shown)} more (in --format json)" if len(shown) < len(names) else ""
            parts.append(f"{kind}: {', '.join(shown)}{more}")
    if events := sorted(hook for hook in registry.hooks_of(plugin) if not hook.startswith("register_")):
        parts.append(f"listens to: {', '.join(events)}")
    return "; ".join(parts)
