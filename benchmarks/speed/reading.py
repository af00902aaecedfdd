"""How fast CoNLL-U and columns are read, against pyconll, conllu and plain Python: benchmarks/speed/reading.py FILE.

Prints megabytes per CPU second and ratios, the median of interleaved rounds of one run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import conllu
import pyconll

from seqbench_datasets.readers import columns
from seqbench_datasets.readers.conllu import read

ROUNDS = 5
SENTENCES = 3000


def with_seqbench(path: Path) -> int:
    """Tokens read into arrays of ids, all lines validated."""
    return read(path).tokens


def with_pyconll(path: Path) -> int:
    """Tokens read into pyconll's objects."""
    return sum(token.id.isdecimal() for sentence in pyconll.load_from_file(str(path)) for token in sentence)


def with_conllu(path: Path) -> int:
    """Tokens read into conllu's dictionaries."""
    with path.open(encoding="utf-8") as file:
        return sum(isinstance(token["id"], int) for sentence in conllu.parse_incr(file) for token in sentence)


def columns_with_seqbench(path: Path) -> int:
    """Tokens of columns read into arrays of ids."""
    return columns.read(path).tokens


def columns_with_lists(path: Path) -> int:
    """Tokens of columns read into lists by splitting lines."""
    with path.open(encoding="utf-8") as file:
        return len([line.split() for line in file if line.strip()])


def measured(way: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """CPU seconds and tokens."""
    start = time.process_time()
    tokens = way(path)
    return time.process_time() - start, tokens


CONLLU = {"seqbench": with_seqbench, "pyconll": with_pyconll, "conllu": with_conllu}
COLUMNS = {"seqbench": columns_with_seqbench, "lists": columns_with_lists}


def main() -> None:
    """Read the same sentences in every way, in turns, as CoNLL-U and as word, TAB, tag."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    part = "\n\n".join(text.split("\n\n")[:SENTENCES]) + "\n\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.conllu"
        path.write_text(part, encoding="utf-8")
        compared("CoNLL-U", CONLLU, path)
        rows = [line.split("\t") for line in part.split("\n") if not line.startswith("#")]
        words = [row for row in rows if row[0].isdigit() or row == [""]]
        lines = ["\t".join([*row[1:2], *row[3:4]]) for row in words]
        path.write_text("\n".join(lines), encoding="utf-8")
        compared("columns", COLUMNS, path)


def compared(form: str, ways: dict[str, Callable[[Path], int]], path: Path) -> None:
    """Print how fast each way reads a file."""
    rounds = [{name: measured(way, path) for name, way in ways.items()} for _ in range(ROUNDS)]
    megabytes = path.stat().st_size / 1e6
    seconds = {name: statistics.median(r[name][0] for r in rounds) for name in ways}
    found = {rounds[0][name][1] for name in ways}
    print(f"{form}, {megabytes:.1f} MB; tokens found, by every way the same: {found}")
    for name in ways:
        ratio = statistics.median(r[name][0] / r["seqbench"][0] for r in rounds)
        print(f"{name:10} {megabytes / seconds[name]:7.1f} MB per CPU second; seqbench is {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
