"""Run folders changed at random, read by every command: an answer or one sentence, and never a traceback.

    python benchmarks/reliability/folders.py [FOLDERS] [SEED] [FIRST]

Half of the changes to arrays are made before hashes are written again, as somebody would who wants to be believed. A
command that takes more than ten seconds of this process counts as a hang, an exit code of 70 or an exception as a
traceback. Each folder is drawn by itself: a run that was ended goes on with the FIRST that is not done.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from fuzzing import HANGS, TRACEBACKS, HangError, limited, places, report

from seqbench import cli

COMMANDS = (
    ("show", "RUN"),
    ("show", "RUN", "--format", "json"),
    ("show", "RUN", "--per-tag", "--confusion", "baseline"),
    ("compare", "RUN"),
    ("compare", "RUN", "--format", "json"),
    ("errors", "RUN"),
    ("calibration", "RUN"),
    ("verify", "RUN"),
    ("verify", "RUN"),
)
RERUN = ("rerun", "RUN", "--out", "again")
EVIL: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    2**31,
    2**63,
    2**70,
    -(2**70),
    0.5,
    -0.5,
    1e308,
    -1e308,
    "",
    "x",
    "../../x",
    "/dev/zero",
    "\0",
    "a" * 300,
    "?",
    "x?tags=9",
    "\u202e",
    "NaN",
    [],
    {},
    [None],
    [[]],
    {"x": 1},
    ["a", "a"],
    [[["x"]]],
    "[" * 2000,
)
EVERY = 500  # folders after which the counts are printed
MEMORY = 3 << 30
RARE = 0.1  # of the arrays that are made long, a part is very long: packing them takes most of the time
LARGE = 1_000_000  # values of an array that is changed again: more memory is to be that of the command
BUG = 70


def base(folder: Path) -> Path:
    """A folder with a corpus and two finished runs, of models and of files of predictions."""
    sentence = "the\tDET\ndog\tNN\nran\tV\n\n"
    (folder / "small.tsv").write_text(sentence * 10 + "a\tDET\ncat\tNN\n\n" * 5)
    (folder / "gold.tsv").write_text(sentence * 3)
    models = "baseline,perceptron(epochs=1)"
    common = ["--seeds", "2", "--device", "cpu", "--quiet"]
    for arguments in (
        ["run", "--data", "small.tsv", "--models", models, "--out", "run", *common],
        ["score", "gold.tsv", "one=gold.tsv", "--out", "scored"],
    ):
        code, said = called(arguments, folder)
        if code:
            raise SystemExit(said)
    return folder


def called(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and output of a command in this process."""
    out, before = io.StringIO(), sys.argv
    with redirect_stdout(out), redirect_stderr(out), chdir(folder):
        sys.argv = ["seqbench", *arguments]
        try:
            cli.main()
        except SystemExit as end:
            return int(end.code or 0), out.getvalue()
        finally:
            sys.argv = before


def change_json(path: Path, drawn: random.Random) -> None:
    """Another value at some place, or none, or twice the same."""
    content = json.loads(path.read_text())
    way = drawn.choice(places(content)[1:])
    holder = content
    for name in way[:-1]:
        holder = holder[name]
    kind = drawn.randrange(4)
    if kind == 0:
        del holder[way[-1]]
    elif kind == 1 and isinstance(holder, list):
        holder.append(holder[way[-1]])
    else:
        holder[way[-1]] = drawn.choice(EVIL)
    path.write_text(json.dumps(content))


def change_bytes(path: Path, drawn: random.Random) -> None:
    """Some bytes changed, cut off, or put in."""
    content = bytearray(path.read_bytes() or b"x")
    at = drawn.randrange(len(content))
    kind = drawn.randrange(3)
    if kind == 0:
        del content[at:]
    elif kind == 1:
        content[at:at] = drawn.randbytes(drawn.randrange(1, 20))
    else:
        for _ in range(drawn.randrange(1, 6)):
            content[drawn.randrange(len(content))] = drawn.randrange(256)
    path.write_bytes(bytes(content))


def change_kind(path: Path, drawn: random.Random) -> None:
    """Nothing, an empty file, a folder, a pipe, a device or a loop where a file was."""
    path.unlink()
    kind = drawn.randrange(6)
    makers: list[Callable[[], object]] = [
        lambda: None,
        path.touch,
        path.mkdir,
        lambda: os.mkfifo(path),
        lambda: path.symlink_to("/dev/zero"),
        lambda: path.symlink_to(path.name),
    ]
    makers[kind]()


def change_arrays(path: Path, drawn: random.Random) -> None:
    """Other arrays, with a hash that fits."""
    record = path.with_suffix(".json")
    if not record.is_file():  # a pipe may lie there by now
        return
    with np.load(path) as archive:
        arrays = {name: archive[name] for name in archive}
    name = drawn.choice(list(arrays))
    array = arrays[name] if arrays[name].size <= LARGE else np.zeros(LARGE, np.int8)
    changes: list[Callable[[], Any]] = [
        lambda: array[:-1],
        lambda: array.astype(np.float64) * np.nan,
        lambda: array[None],
        lambda: np.zeros(0, array.dtype),
        lambda: np.array(3),
        lambda: array.astype(np.int64) - 9,
        lambda: array.astype(np.int64) + 2**40,
        lambda: array[::-1],
        lambda: array.astype("U5"),
        lambda: np.zeros((3, 3, 3)),
        lambda: array.astype(bool),
        lambda: np.tile(array, 2),
        lambda: array.astype(np.complex128),
        lambda: np.zeros(50_000_000 if drawn.random() < RARE else 3_000_000, np.int8),
    ]
    if drawn.random() < 0.1:  # noqa: PLR2004 -- sometimes
        del arrays[name]
    else:
        arrays[name] = drawn.choice(changes)()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    content = bytearray(buffer.getvalue())
    if drawn.random() < 0.3:  # noqa: PLR2004 -- sometimes
        for _ in range(drawn.randrange(1, 6)):
            content[drawn.randrange(len(content))] = drawn.randrange(256)
    path.write_bytes(bytes(content))
    about = json.loads(record.read_text())
    record.write_text(json.dumps({**about, "npz_sha256": hashlib.sha256(bytes(content)).hexdigest()}))


def damage(run: Path, drawn: random.Random) -> str:
    """Change one file of a run; what was done to which."""
    files = sorted(path for path in run.rglob("*") if path.is_file())
    arrays = [path for path in files if path.suffix == ".npz"]
    texts = [path for path in files if path.suffix == ".json"]
    way = drawn.choice(["json", "json", "arrays", "arrays", "arrays", "bytes", "kind"])
    path = drawn.choice({"json": texts, "arrays": arrays}.get(way) or files)
    with suppress(Exception):  # what is there is too damaged for a further change
        {"json": change_json, "arrays": change_arrays, "bytes": change_bytes, "kind": change_kind}[way](path, drawn)
    return f"{way} of {path.name}"


def fuzzed(folders: int, seed: int = 0, *, rerun: float = 0.02, first: int = 0) -> Counter[str]:
    """Counts of how the commands ended, over so many changed folders."""
    counts: Counter[str] = Counter()
    memory = Path("/dev/shm")  # noqa: S108 -- files in memory are quicker, and the folder has a name of its own
    with tempfile.TemporaryDirectory(prefix="folders-", dir=memory if memory.is_dir() else None) as text:
        folder = Path(text)
        (folder / "base").mkdir()
        base(folder / "base")
        for number in range(first, folders):
            drawn = random.Random(f"{seed}-{number}")  # noqa: S311 -- damages, no secret
            copy = folder / f"copy{number}"
            copy.mkdir()
            (copy / "small.tsv").symlink_to(folder / "base" / "small.tsv")
            run = drawn.choice(["run", "run", "run", "scored"])
            shutil.copytree(folder / "base" / run, copy / run)
            what = [damage(copy / run, drawn) for _ in range(drawn.choice([1, 1, 1, 2, 3]))]
            command = RERUN if drawn.random() < rerun else drawn.choice(COMMANDS)
            arguments = [run if word == "RUN" else word for word in command]
            counts[_end(arguments, copy, f"{' '.join(command)}: {', '.join(what)} (seed {seed}, folder {number})")] += 1
            shutil.rmtree(copy)
            if (number + 1) % EVERY == 0:
                print(f"folders {first} to {number}: {dict(counts)}", file=sys.stderr, flush=True)
    return counts


def _end(arguments: list[str], folder: Path, what: str) -> str:
    try:
        with limited():
            code, said = called(arguments, folder)
    except HangError:
        print(f"HANG {what}", file=sys.stderr)
        return HANGS
    except MemoryError:
        print(f"MEMORY {what}", file=sys.stderr)
        return TRACEBACKS
    except BaseException:  # noqa: BLE001 -- whatever it is, it is counted
        print(f"TRACEBACK {what}\n{traceback.format_exc()}", file=sys.stderr)
        return TRACEBACKS
    if code == BUG or "Traceback (most recent call last)" in said:
        print(f"TRACEBACK {what}\n{said[-3000:]}", file=sys.stderr)
        return TRACEBACKS
    return f"exit code {code}"


def main() -> None:
    """Print the counts and the date."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    importlib.metadata.entry_points = cache(importlib.metadata.entry_points)  # nothing is installed meanwhile
    first = int((sys.argv[3:] or ["0"])[0])
    report(
        f"changed folders (all but the first {first})" if first else "changed folders",
        2000,
        partial(fuzzed, first=first),
    )


if __name__ == "__main__":
    main()
