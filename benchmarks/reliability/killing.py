"""Runs killed at random moments, again and again, until they are done.

    python benchmarks/reliability/killing.py [KILLS] [SEED] [WAY...]

A run of 24 short trials is killed by SIGKILL with `--jobs 1` (in its process), with `--jobs 2` (worker processes), and
as two processes on one folder. The command runs in a child of this process, which has imported what it needs; a plugin
that only the child finds as an installed one writes down what happens. After each kill every file must be whole; at the
end every trial that was ever finished must be there as it was, none may have begun after it was finished, and
predictions and scores must be those of a run that nobody disturbed. As root, the same with a disk that fills up and
with one that turns read-only.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from seqbench import cli
from seqbench.results.record_files import read_arrays
from seqbench.results.rows import read
from seqbench.results.store import Store

PLUGIN = '''
"""Writes down what happens in a run: one line an event, appended at once."""
import hashlib, os, sys
from pathlib import Path
from seqbench import hookimpl

LOG = Path(os.environ["KILLING_LOG"])
FOLDER = Path(os.environ["KILLING_FOLDER"])

def write(event, trial):
    files = sorted((FOLDER / "trials").glob(f"*-{trial.key}.json"))
    hashed = hashlib.sha256(files[0].read_bytes()).hexdigest() if files else "none"
    with LOG.open("ab", buffering=0) as log:
        log.write(f"{event} {trial.key} {hashed}\\n".encode())

@hookimpl
def trial_started(trial):
    write("begun", trial)

@hookimpl
def trial_finished(trial, result):
    write("finished", trial)
'''
EPOCHS, SEEDS = (1, 2, 3, 4), 6
LIFE = (0.3, 1.1)  # a process is killed after this part of the time of an undisturbed run, at random
PATIENCE = 1.05  # ... and after so much more with each kill, so that a busy machine gets there as well
WAYS: dict[str, tuple[int, Sequence[str]]]
WAYS = {"--jobs 1": (1, ()), "--jobs 2": (1, ("--jobs", "2")), "two processes": (2, ())}
LEFT = 4.0  # seconds after which no worker of a killed run may be left


WARM = ("seqbench.cli.commands.run", "seqbench_plugins.linear.perceptron", "sklearn.metrics", "tabulate")


@dataclass
class Command:
    """A command in a child of this process, and the file that it prints to."""

    process: int
    output: Path
    code: int | None = None

    @classmethod
    def start(cls, arguments: list[str], folder: Path, output: Path, environment: dict[str, str]) -> Command:
        """The command, begun without another start of Python; what is installed in the folder is found."""
        process = os.fork()
        if process == 0:
            sys.path.insert(0, str(folder))
            _called(arguments, output, environment)
        return cls(process, output)

    def ended(self, *, wait: bool = False) -> bool:
        """Whether the command has ended; `code` is its exit code then, or the negative number of the signal."""
        if self.code is None:
            process, status = os.waitpid(self.process, 0 if wait else os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if process else None
        return self.code is not None

    def kill(self) -> None:
        """End the command at once."""
        os.kill(self.process, signal.SIGKILL)
        self.ended(wait=True)


def _called(arguments: list[str], output: Path, environment: dict[str, str]) -> NoReturn:
    code = 70
    try:
        written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(written, 1)
        os.dup2(written, 2)
        os.environ.update(environment)
        sys.argv = ["seqbench", *arguments]
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 -- whatever it is, the exit code tells of it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass
class Place:
    """Where one run is made and disturbed, and what was seen of it."""

    folder: Path
    seen: dict[str, str] = field(default_factory=dict)
    started: int = 0

    @property
    def run(self) -> Path:
        """The run folder."""
        return self.folder / "run"

    @property
    def log(self) -> Path:
        """What the plugin wrote."""
        return self.folder / "log"

    def start(self, *further: str) -> Command:
        """The command of a user, in a process of its own."""
        models = ",".join(f"p{epochs}=perceptron(epochs={epochs})" for epochs in EPOCHS)
        command = ["run", "--data", str(self.folder / "small.tsv"), "--models", models, "--seeds", str(SEEDS)]
        further = ("--device", "cpu", "--out", str(self.run), *further)
        marks = {"KILLING_LOG": str(self.log), "KILLING_FOLDER": str(self.run)}
        self.started += 1
        return Command.start([*command, *further], self.folder, self.folder / f"printed{self.started}", marks)

    def check_files(self) -> None:
        """Every file with its final name is whole, and every finished trial is as it was when it was seen first."""
        for path in [*self.run.glob("run.json"), *self.run.glob("data/*.json"), *self.run.glob("trials/*.json")]:
            content = path.read_bytes()
            if digest := json.loads(content).get("npz_sha256"):
                read_arrays(str(path.with_suffix("")), digest, ())
                if (
                    self.seen.setdefault(path.name, hashlib.sha256(content).hexdigest())
                    != hashlib.sha256(content).hexdigest()
                ):
                    raise SystemExit(f"{path} was written again")
        if gone := [name for name in self.seen if not list(self.run.glob(f"*/{name}"))]:
            raise SystemExit(f"{gone} are gone")

    def check_log(self) -> tuple[int, int]:
        """No trial began when it was finished already, and none was finished twice: trials finished, begun."""
        finished: dict[str, str] = {}
        begun = 0
        for event, key, hashed in (line.split() for line in self.log.read_text().splitlines()):
            if event == "begun":
                begun += 1
                if hashed != "none" or key in finished:
                    raise SystemExit(f"trial {key} began after it was finished")
            elif key in finished:
                raise SystemExit(f"trial {key} was finished twice")
            else:
                finished[key] = hashed
        for key, hashed in finished.items():
            (path,) = (self.run / "trials").glob(f"*-{key}.json")
            if hashlib.sha256(path.read_bytes()).hexdigest() != hashed:
                raise SystemExit(f"trial {key} is not what was finished")
        return len(finished), begun

    def outcome(self) -> dict[str, Any]:
        """All that must not depend on how often a run was killed: scores, and the bytes of all predictions."""
        arrays = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.run.glob("*/*.npz")}
        rows = [
            {"model": row.key.label, "spec": row.spec, "seeds": row.seeds, "status": row.status, "scores": row.scores}
            for row in read([Store.open(self.run)]).rows
        ]
        rest = sorted(str(path.relative_to(self.run)) for path in self.run.rglob("*") if path.is_file())
        return {"arrays": arrays, "rows": rows, "files": rest}


def new_place(folder: Path, name: str) -> Place:
    """A folder with a small corpus and the plugin that writes down what happens."""
    place = Place(folder / name)
    place.folder.mkdir()
    (place.folder / "killing_events.py").write_text(PLUGIN)
    about = place.folder / "killing_events-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: killing-events\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[seqbench]\nkilling-events = killing_events\n")
    drawn = random.Random(0)  # noqa: S311 -- a corpus, no secret
    words = [
        (f"{stem}{ending}", tag) for stem in "abcdefgh" for ending, tag in (("ed", "V"), ("er", "N"), ("ly", "ADV"))
    ]
    lines = ["".join(f"{w}\t{t}\n" for w, t in drawn.choices(words, k=12)) for _ in range(60)]
    (place.folder / "small.tsv").write_text("\n".join(lines))
    return place


def disturbed(place: Place, way: tuple[int, Sequence[str]], whole: float, drawn: random.Random) -> int:
    """Start as many processes, kill each at a random moment, start it again, until all have ended well; the kills.

    `whole` is how many seconds a run takes that nobody disturbs.
    """
    processes, further = way
    kills, running = 0, [(place.start(*further), _until(drawn, whole)) for _ in range(processes)]
    while running:
        time.sleep(0.02)
        for number, (process, until) in enumerate(running):
            if process.ended():
                if process.code != 0:
                    raise SystemExit(f"exit code {process.code}:\n{process.output.read_text()}")
                del running[number]
                break
            if time.monotonic() > until:
                process.kill()
                kills += 1
                place.check_files()
                running[number] = (place.start(*further), _until(drawn, whole * PATIENCE**kills))
    return kills


def _until(drawn: random.Random, whole: float) -> float:
    return time.monotonic() + whole * drawn.uniform(*LIFE)


def workers_left(place: Place) -> list[int]:
    """Worker processes that still run for this place."""
    mark = f"KILLING_FOLDER={place.run}".encode()
    left = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and mark in (process / "environ").read_bytes():
                left.append(int(process.name))
        except OSError:
            continue
    return left


def compare(expected: dict[str, Any], found: dict[str, Any]) -> None:
    """Leave the program where two outcomes differ, and say where."""
    for part, content in expected.items():
        if found[part] != content:
            raise SystemExit(f"{part} differ:\n{content}\n{found[part]}")


def duration(place: Place, *further: str) -> float:
    """Seconds that a run takes that nobody disturbs."""
    began, process = time.monotonic(), place.start(*further)
    process.ended(wait=True)
    if process.code != 0:
        raise SystemExit(f"the run that nobody disturbs has failed:\n{process.output.read_text()}")
    return time.monotonic() - began


def killed(folder: Path, kills_of_way: int, seed: int, chosen: Sequence[str]) -> None:
    """These ways, in turns, until each was killed often enough."""
    whole = new_place(folder, "whole")
    duration(whole)
    drawn = random.Random(seed)  # noqa: S311 -- moments, no secret
    for name in chosen:
        way = WAYS[name]
        seconds = duration(new_place(folder, f"{name.replace(' ', '')}-whole"), *way[1])
        least = kills_of_way
        kills = runs = finished = begun = 0
        while kills < least:
            place = new_place(folder, f"{name.replace(' ', '')}-{runs}")
            kills += disturbed(place, way, seconds, drawn)
            until = time.monotonic() + LEFT
            while left := workers_left(place):
                if time.monotonic() > until:
                    raise SystemExit(f"processes {left} are left")
                time.sleep(0.1)
            place.check_files()
            counts = place.check_log()
            compare(whole.outcome(), place.outcome())
            runs, finished, begun = runs + 1, finished + counts[0], begun + counts[1]
        trials = len(EPOCHS) * SEEDS
        print(f"{name}: {kills} kills in {runs} runs of {trials} trials; {begun} began, {finished} ended", flush=True)
    print("none began after it was finished, all files were whole, all results are those of the undisturbed run")


def full_and_read_only(folder: Path) -> None:
    """A small disk of memory that fills up, then one that turns read-only: one message, and the run goes on after."""
    whole = Place(folder / "whole")
    for name, disturb in (("disk full", _fill), ("read-only", _forbid)):
        place = new_place(folder, name.replace(" ", "-"))
        place.run.mkdir()
        _mounted("size=4m", place.run)
        try:
            process = place.start("--quiet")
            while len(list(place.run.glob("trials/*.json"))) < 3:  # noqa: PLR2004 -- some are done
                time.sleep(0.01)
            disturb(place)
            process.ended(wait=True)
            said = process.output.read_text()
            done = len(list(place.run.glob("trials/*.json")))
            place.check_files()
            _mounted("remount,rw", place.run)
            (place.run / "filler").unlink(missing_ok=True)
            again = place.start("--quiet")
            again.ended(wait=True)
            place.check_files()
            if (process.code, again.code) != (2, 0):
                raise SystemExit(f"{name}: exit codes {process.code} and {again.code}: {said}")
            compare(whole.outcome(), place.outcome())
            print(f"{name}: exit code 2 after {done} trials, which are whole; later it went on to the end; it said:")
            print(f"  {said.strip()}")
        finally:
            subprocess.run(["umount", str(place.run)], check=True)  # noqa: S607


def _fill(place: Place) -> None:
    with suppress(OSError), (place.run / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 4096):
            pass


def _forbid(place: Place) -> None:
    while _mounted("remount,ro", place.run):
        time.sleep(0.001)  # a file is being written


def _mounted(options: str, folder: Path) -> int:
    """The exit code of a mount of a small disk of memory."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode


def main() -> None:
    """Kill, and where it is allowed fill and forbid."""
    kills, seed = [*map(int, sys.argv[1:3]), *(210, 1)[len(sys.argv[1:3]) :]]
    chosen = sys.argv[3:] or [*WAYS]
    for module in WARM:
        import_module(module)
    memory = Path("/dev/shm")  # noqa: S108 -- files in memory are quicker, and the folder has a name of its own
    with tempfile.TemporaryDirectory(prefix="killing-", dir=memory if memory.is_dir() else None) as folder:
        killed(Path(folder), -(-kills // len(chosen)), seed, chosen)
        if os.geteuid() == 0:
            full_and_read_only(Path(folder))
        else:
            print("disk full and read-only: not tried, it takes root to mount a disk")


if __name__ == "__main__":
    main()
