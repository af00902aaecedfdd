"""Every file call of a run's folder fails once, or is the last before the power goes: nothing lost, nothing half.

    python benchmarks/reliability/failing_calls.py [CALLS] [STEP] [SEEDS] [WAY...]

A run of a few short trials is made from an empty folder and from a half finished one. Of its calls to open, write,
fsync, rename, link, remove and make folders there, the n-th fails once (no space, input/output error, not permitted), a
write fails half done, or the machine stops at it: what was not synchronised is then empty, and names that were not
synchronised are the old ones. After each, every record must be whole with its arrays, every trial that was finished
before must be there as it was, the run must have ended with one sentence, and the same run again must give the scores
and predictions of an undisturbed one. In the manner of SQLite's tests of full disks and input/output errors.

STEP tries every so-manieth call alone; the ways are ENOSPC, EIO, EACCES, half and power. With 2 SEEDS a run has about
100 calls, with 16 more than 200 from a half finished one, too.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from seqbench.errors import SeqbenchError
from seqbench.registry import provenance
from seqbench.registry.discovery import Registry
from seqbench.results.record_files import read_arrays
from seqbench.results.records import TrialRecord
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running import plan, runner
from seqbench.running.plan import Plan
from seqbench.running.request import RunRequest, plan_of

WAYS: dict[str, int | None] = {
    "ENOSPC": errno.ENOSPC,
    "EIO": errno.EIO,
    "EACCES": errno.EACCES,
    "half": errno.ENOSPC,
    "power": None,
}
CALLS = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "utime")
DEAD, BUG = 99, 70


@dataclass
class Disk:
    """File calls below a folder, counted; the one of number `at` fails in a way, or ends the process."""

    folder: str
    at: int = 0
    way: str = "power"
    count: int = 0
    failed: str = ""
    unsynced: dict[int, str] = field(default_factory=dict)
    renamed: list[tuple[str, bytes | None]] = field(default_factory=list)
    real: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def install(self) -> None:
        """Put the counted calls in the place of those of `os`."""
        self.real = {name: getattr(os, name) for name in CALLS}
        for name in CALLS:
            setattr(os, name, partial(self._called, name))

    def remove(self) -> None:
        """Put the calls of `os` back."""
        for name, call in self.real.items():
            setattr(os, name, call)

    def _called(self, name: str, *arguments: Any, **named: Any) -> Any:
        path = self._path(arguments[0])
        reads = name == "open" and not arguments[1] & os.O_CREAT
        if not path.startswith(self.folder) or reads:
            return self.real[name](*arguments, **named)
        self.count += 1
        if self.count == self.at:
            self._fail(name, path, arguments)
        before = self._content(arguments[1]) if name in {"replace", "rename"} else None
        answer = self.real[name](*arguments, **named)
        self._note(name, arguments, before)
        return answer

    def _path(self, thing: Any) -> str:
        if isinstance(thing, int):
            with suppress(OSError):
                return str(Path(f"/proc/self/fd/{thing}").readlink())
            return ""
        return os.path.abspath(os.fsdecode(thing))  # noqa: PTH100 -- links are not followed

    def _content(self, path: Any) -> bytes | None:
        with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123 -- not counted
            return file.read()
        return None

    def _note(self, name: str, arguments: tuple[Any, ...], before: bytes | None) -> None:
        """Keep in mind what is not on the disk yet."""
        if name == "write":
            self.unsynced[os.fstat(arguments[0]).st_ino] = ""
        elif name == "fsync":
            self.unsynced.pop(os.fstat(arguments[0]).st_ino, None)
            folder = self._path(arguments[0])
            self.renamed = [pair for pair in self.renamed if os.path.dirname(pair[0]) != folder]  # noqa: PTH120
        elif name in {"replace", "rename"}:
            self.renamed.append((self._path(arguments[1]), before))

    def _fail(self, name: str, path: str, arguments: tuple[Any, ...]) -> None:
        self.failed = f"{name} of {path.removeprefix(self.folder)}"
        if self.way == "half" and name == "write":
            self.real["write"](arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        number = WAYS[self.way]
        if number is not None:
            raise OSError(number, os.strerror(number))
        self.remove()
        for renamed, before in reversed(self.renamed):
            Path(renamed).write_bytes(before) if before is not None else Path(renamed).unlink(missing_ok=True)
        for file in Path(self.folder).rglob("*"):
            if file.is_file() and file.stat().st_ino in self.unsynced:
                os.truncate(file, 0)
        os._exit(DEAD)


def _by_name(call: Callable[..., Any]) -> Callable[..., Any]:
    """The call with its answers kept, by the name of its first argument."""
    answers: dict[str, Any] = {}

    def answer(thing: Any, *further: Any) -> Any:
        name = str(getattr(thing, "name", ""))
        if name not in answers:
            answers[name] = call(thing, *further)
        return answers[name]

    return answer


@contextmanager
def looking_once() -> Iterator[None]:
    """Versions and hashes of code are the same in all runs here, and would take most of the time of so small ones."""
    holders = ((plan, "code_of"), (provenance, "versions"), (provenance, "described"))
    before = [getattr(holder, name) for holder, name in holders]
    for (holder, name), call in zip(holders, before, strict=True):
        setattr(holder, name, _by_name(call))
    try:
        yield
    finally:
        for (holder, name), call in zip(holders, before, strict=True):
            setattr(holder, name, call)


@dataclass(frozen=True)
class Run:
    """A run that is made again and again: what is wanted, and where taggers come from."""

    plan: Plan
    registry: Registry

    @classmethod
    def of(cls, corpus: Path, seeds: int) -> Run:
        """The run of three taggers on a corpus, one of them with several seeds."""
        registry = Registry.discover()
        models = ["baseline", "hmm", "p=perceptron(epochs=1)"]
        request = RunRequest(data=[str(corpus)], models=models, seeds=seeds, device="cpu")
        return cls(plan_of(request, registry, lambda _note: None), registry)

    def called(self, folder: Path) -> tuple[int, str]:
        """Exit code and sentence of the command, made in this process."""
        with chdir(folder):
            try:
                runner.run(self.plan, self.registry, Store.create(folder / "run"), lambda _note: None)
            except SeqbenchError as error:
                return 2, str(error)
        return 0, ""


def disturbed(run: Run, folder: Path, at: int, way: str) -> tuple[int, str, int, str]:
    """Exit code, output, number of calls, and the call that failed, of the command in a process of its own."""
    answer = folder / "answer"
    child = os.fork()
    if not child:
        disk = Disk(str(folder / "run"), at, way)
        try:
            disk.install()
            code, said = run.called(folder)
            disk.remove()
            answer.write_text(json.dumps([code, said, disk.count, disk.failed]))
        except BaseException as error:  # noqa: BLE001 -- it is told
            disk.remove()
            answer.write_text(json.dumps([BUG, f"Traceback: {error!r}", disk.count, disk.failed]))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == DEAD:
        return DEAD, "", at, "power"
    code, said, count, failed = json.loads(answer.read_text())
    answer.unlink()
    return code, said, count, failed


def finished(folder: Path) -> dict[str, str]:
    """The finished trials by file name, as they are; raises `SeqbenchError` if one is not whole."""
    store = Store(folder / "run")
    for record in store.finished_trials():
        store.trial_arrays(record)
    for path in (folder / "run" / "data").glob("*.json"):
        store.dataset_arrays(store.dataset(path.stem))
    if store.manifest_path.exists():
        store.manifest()
    return {path.name: path.read_text() for path in (folder / "run" / "trials").glob("*.json") if path.stat().st_size}


def outcome(folder: Path) -> list[object]:
    """Scores and predictions of the run, for each trial."""
    rows = read([Store(folder / "run")]).rows
    return [[row.spec, _scores(folder, record)] for row in rows for record in row.trials]


def _scores(folder: Path, record: TrialRecord | None) -> object:
    if record is None:
        return None
    arrays = read_arrays(str(Store(folder / "run").trial_path(record, "")), record.npz_sha256, ())
    return [record.seed, record.scores, arrays["predicted"].tolist()]


def prepared(folder: Path, seeds: int) -> Iterator[tuple[Run, Path, list[object]]]:
    """Folders to begin from, each with its run and the outcome that it must come to."""
    empty, whole, half = (folder / name for name in ("empty", "whole", "half"))
    empty.mkdir()
    (empty / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10 + "a\tDET\ncat\tNN\n\n" * 5)
    shutil.copytree(empty, whole)
    run = Run.of(empty / "small.tsv", seeds)
    code, said = run.called(whole)
    if code:
        raise SystemExit(said)
    shutil.copytree(whole, half)
    for path in sorted((half / "run" / "trials").glob("*"))[::2]:
        path.unlink()
    for path in (half / "run" / "trials").glob("*.json"):
        if not path.with_suffix(".npz").is_file():
            path.unlink()
    yield run, empty, outcome(whole)
    yield run, half, outcome(whole)


def fault_of(begin: tuple[Run, Path, list[object]], folder: Path, at: int, way: str) -> tuple[str, bool]:
    """What is wrong after a fault, "" if nothing is, and whether the n-th call came at all."""
    run, base, expected = begin
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    before = finished(folder) if (folder / "run").exists() else {}
    code, said, count, failed = disturbed(run, folder, at, way)
    name = f"call {at} ({failed}), {way}"
    lines = [line for line in said.splitlines() if line.strip()]
    if code == BUG or "Traceback" in said:
        return f"{name}: traceback: {said[-2000:]}", True
    if code == 2 and (not lines or len(lines[-1]) > 1000):  # noqa: PLR2004 -- a long sentence
        return f"{name}: no sentence: {said[-300:]}", True
    try:
        after = finished(folder)
    except SeqbenchError as error:
        return f"{name}: half a file: {error}", True
    lost = [trial for trial in before if after.get(trial) != before[trial]]
    if lost:
        return f"{name}: lost or changed: {lost}", True
    code, said, *_ = disturbed(run, folder, 0, way)
    if code or outcome(folder) != expected:
        return f"{name}: the same command again: exit code {code}, {said[-300:]}", True
    return "", count >= at


def failing(
    calls: int, ways: tuple[str, ...] = tuple(WAYS), step: int = 1, seeds: int = 2
) -> tuple[Counter[str], list[str]]:
    """How many calls failed in each way, and all that went wrong; `step` leaves calls out."""
    counts: Counter[str] = Counter()
    faults = []
    with looking_once(), tempfile.TemporaryDirectory(prefix="failing-") as text:
        for begin in prepared(Path(text), seeds):
            for way in ways:
                for at in range(1, calls + 1, step):
                    fault, came = fault_of(begin, Path(text) / "copy", at, way)
                    if not came:
                        break
                    counts[way] += 1
                    if fault:
                        faults.append(f"from {begin[1].name}: {fault}")
                        print(f"FAULT {faults[-1]}", file=sys.stderr)
    return counts, faults


def main() -> None:
    """Print the counts and the date."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    calls, step, seeds = [*numbers, *(200, 1, 2)[len(numbers) :]]
    began = time.monotonic()
    counts, faults = failing(calls, tuple(word for word in sys.argv[1:] if word in WAYS) or tuple(WAYS), step, seeds)
    each = ", ".join(f"{way} {count}" for way, count in counts.items())
    print(f"{datetime.now(UTC):%Y-%m-%d}: {counts.total()} failing calls ({each}): {len(faults)} faults")
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(int(bool(faults)))


if __name__ == "__main__":
    main()
