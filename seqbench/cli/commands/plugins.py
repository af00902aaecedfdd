"""`seqbench plugins`: every plugin, where it comes from, what it registers, and what was left out and why."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.registry.discovery import KINDS, Registry
from seqbench.reporting.table import listing

_EXAMPLES = """
\b
Examples:
  seqbench plugins
  seqbench plugins --plugin mytagger.py
"""


@click.command("plugins", epilog=_EXAMPLES)
@options.plugin
@options.without
@options.form
def command(plugins: tuple[Path, ...], without: tuple[str, ...], form: str) -> None:
    """List the plugins and what each registers."""
    registry = Registry.discover(plugins, without=without)
    rows = [
        [p.name, _source(p.distribution, p.file), p.version or "", _registered(registry, p.name)]
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


def _registered(registry: Registry, plugin: str) -> str:
    parts = []
    for kind in KINDS:
        names = [entry.name for entry in getattr(registry, kind).values() if entry.plugin.name == plugin]
        if names:
            parts.append(f"{kind}: {', '.join(names)}")
    if events := sorted(hook for hook in registry.hooks_of(plugin) if not hook.startswith("register_")):
        parts.append(f"listens to: {', '.join(events)}")
    return "; ".join(parts)
