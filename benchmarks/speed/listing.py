"""How long `seqbench models` takes with 40 more models registered, each in a plugin of its own.

    python benchmarks/speed/listing.py [--plugins 40] [--times 20] [--before CHECKOUT]

Prints the median of whole processes beside that of an empty Python (CPU time is what other programs disturb less), and
whether torch or scikit-learn was imported. With `--before` instead: `--version`, `models` and `datasets` in turns with
those of another checkout of seqbench.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _checkouts import ratios

_MODULE = """from seqbench import hookimpl

@hookimpl
def register_taggers(register):
    register("model-{number}", "{module}.tagger:Tagger", "model number {number}")
"""
_LISTED = """import sys
from seqbench.cli import main
sys.argv = ["seqbench", "models"]
try:
    main()
finally:
    print(sorted({"torch", "sklearn"} & set(sys.modules)), file=sys.stderr)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plugins", type=int, default=40)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--before", type=Path)
    asked = parser.parse_args()
    if asked.before:
        ratios({name: ([name], [name]) for name in ("--version", "models", "datasets")}, asked.before, asked.times)
        return
    with tempfile.TemporaryDirectory() as place:
        for number in range(asked.plugins):
            _install(Path(place), number)
        places = os.pathsep.join(filter(None, [place, os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": places}
        done = _timed([sys.executable, "-c", _LISTED], environment, asked.times)
        listed = done[1].stdout.count("model number")
        print(f"{listed} models of {asked.plugins} plugins listed beside the built-in ones")
        print(f"imported of torch and sklearn: {done[1].stderr.strip()}")
        empty = _timed([sys.executable, "-c", "pass"], environment, asked.times)
        print(f"wall: median {done[0]:.3f} s; an empty Python {empty[0]:.3f} s; ratio {done[0] / empty[0]:.1f}")
        print(f"CPU:  median {done[2]:.3f} s; an empty Python {empty[2]:.3f} s; ratio {done[2] / empty[2]:.1f}")


def _install(place: Path, number: int) -> None:
    """A package and the metadata that an installer would leave."""
    module = f"seqbench_model_{number}"
    (place / module).mkdir()
    (place / module / "__init__.py").write_text(_MODULE.format(number=number, module=module))
    (place / module / "tagger.py").touch()
    metadata = place / f"{module}-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 0.1.0\n")
    (metadata / "entry_points.txt").write_text(f"[seqbench]\nmodel-{number} = {module}\n")


def _timed(
    command: list[str], environment: dict[str, str], times: int
) -> tuple[float, subprocess.CompletedProcess[str], float]:
    """The median wall seconds of a command, how it ended last, and its median CPU seconds."""
    wall, cpu = [], []
    for _ in range(times):
        start, before = time.perf_counter(), os.times()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        wall.append(time.perf_counter() - start)
        cpu.append(sum(os.times()[2:4]) - sum(before[2:4]))
    return statistics.median(wall), done, statistics.median(cpu)


if __name__ == "__main__":
    main()
