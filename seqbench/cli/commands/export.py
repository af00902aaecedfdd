"""`seqbench export MODEL --out FILE.onnx`: a kept network for programs that have no seqbench."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.serving.exporting import export_model

_EXAMPLES = """
\b
Examples:
  seqbench export models/first --out first.onnx
  python first.py first.onnx The dog ate the apple
"""


@click.command("export", epilog=_EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), metavar="MODEL")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.onnx", help="The file to write.")
@options.plugin
@options.without
def command(*, folder: Path, out: Path, plugins: tuple[Path, ...], without: tuple[str, ...]) -> None:
    """Write a kept network as an ONNX file, and beside it a program that tags with it and needs no seqbench.

    The ids of words and the tags are in the file's metadata. The file is refused unless it gives the same scores.
    """
    file = export_model(folder, out, options.registry_of(plugins, without))
    echo(f"{file}: {file.stat().st_size:,} bytes")
    echo(f"use it: python {file.with_suffix('.py')} {file} some words")
