"""Broken files against the readers: python benchmarks/reliability/reading.py READER [INPUTS] [SEED].

Each input is a file of the reader's format, damaged at random (bytes cut, doubled, replaced by odd ones) and read in
blocks of any size. It must give a corpus, or a `SeqbenchError` that names the file. Prints the counts;
the exit code is 1 where anything else was raised.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from seqbench import Corpus, SeqbenchError
from seqbench_datasets.readers import columns, conllu

ODD = [b"\t", b" ", b"\n", b"\r", b"\r\n", b"#", b"\0", b"\xff", b"\xef\xbb\xbf", b"-DOCSTART-", b"# newdoc\n", b"\n\n"]
ODD += [
    b"1-2",
    b"3.1",
    b"_",
    "\u00a0é\u2028".encode(),
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"#begin document (a)\n",
    b"99999999999999",
]
WORDS = [b"the", b"dog", "Käse".encode(), b"#", b"1", b"-", b"B-X", b"O"]


def conllu_text(draw: random.Random) -> bytes:
    """A small file of CoNLL-U."""
    lines = []
    for _ in range(draw.randint(1, 3)):
        lines += [b"# text = a"] if draw.random() < 0.5 else []  # noqa: PLR2004 -- a coin
        for number in range(1, draw.randint(2, 5)):
            word = draw.choice(WORDS)
            lines.append(b"\t".join([b"%d" % number, word, word, b"NOUN", b"NN", b"_", b"0", b"root", b"_", b"_"]))
        lines.append(b"")
    return b"\n".join(lines) + b"\n"


def columns_text(draw: random.Random) -> bytes:
    """A small file of columns."""
    separator = draw.choice([b"\t", b" ", b"  "])
    width = draw.randint(2, 4)
    lines = [b"-DOCSTART- O"] if draw.random() < 0.2 else []  # noqa: PLR2004 -- a fifth of them
    for _ in range(draw.randint(1, 4)):
        lines += [separator.join(draw.choice(WORDS) for _ in range(width)) for _ in range(draw.randint(1, 4))]
        lines.append(b"")
    return b"\n".join(lines)


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The data with a few changes."""
    for _ in range(draw.randint(0, 4)):
        start, end = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
        way = draw.randrange(4)
        if way == 0:
            data = data[:start] + draw.choice(ODD) + data[start:]
        elif way == 1:
            data = data[:start] + data[min(end, start + 3) :]
        elif way == 2:  # noqa: PLR2004 -- the number of a way
            data = data[:end] + data[start:]
        else:
            data = data[:start] + bytes([draw.randrange(256)]) + data[start + 1 :]
    return data[:5000]


READERS: dict[str, tuple[Callable[..., Corpus], Callable[[random.Random], bytes]]] = {
    "columns": (columns.read, columns_text),
    "conllu": (conllu.read, conllu_text),
}


def tried(name: str, inputs: int, seed: int, folder: Path) -> Counter[str]:
    """How often each kind of end came, of so many inputs."""
    read, written = READERS[name]
    draw, ends = random.Random(seed), Counter[str]()  # noqa: S311 -- nothing here is secret
    path = folder / "x.txt"
    for _ in range(inputs):
        data = damaged(written(draw), draw)
        path.write_bytes(data)
        try:
            corpus = read(path, _block_bytes=draw.choice([7, 64, 1 << 20]))
            whole = len(corpus.sentences.ids) == len(corpus.tags.ids) == corpus.sentences.offsets[-1]
            ends["read" if whole and corpus.tokens else f"an uneven corpus: {data!r}"] += 1
        except SeqbenchError as error:
            ends["refused" if str(path) in str(error) else f"an error without the file: {error}: {data!r}"] += 1
        except Exception as error:  # noqa: BLE001 -- whatever else is raised is what this command looks for
            ends[f"{type(error).__name__}: {error}: {data!r}"] += 1
    return ends


def main() -> int:
    """Try the inputs and print what came of them."""
    name, inputs, seed = sys.argv[1], int((sys.argv[2:] or ["1000000"])[0]), int((sys.argv[3:] or ["0"])[0])
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ends = tried(name, inputs, seed, Path(folder))
    wrong = {end: count for end, count in ends.items() if end not in {"read", "refused"}}
    sizes = f"{ends['read']:,} read, {ends['refused']:,} refused, {sum(wrong.values()):,} wrong"
    print(f"{name}, seed {seed}: {inputs:,} inputs in {time.monotonic() - start:.0f} s: {sizes}")
    for end in list(wrong)[:10]:
        print(end)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
