"""Runs that change while a command reads them: an answer or one sentence, and never a traceback.

    python benchmarks/reliability/changing_runs.py [STEP] [COMMAND...]

A run on two datasets is given to each command (or to those named). Before the first call of the command that opens or
looks at a file of the run, something happens to the run, as if another process did it; in the next try it happens
before the second call, and so on, or before every STEP-th. What happens, in turns: a trial goes, for good or for a
moment, a trial comes, a trial is made anew, a model goes from run.json, a model comes, a dataset goes, all trials go.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from failing_reads import called

COMMANDS = (
    "show R", "show R --format json --per-tag", "show R --per-tag --confusion hmm", "show R --plot learning",
    "compare R", "compare R --format json", "compare R R2 --fail-if-worse accuracy", "errors R", "calibration R",
    "spans R", "power R", "verify R", "runs .", "merge R R2 --out OUT", "bundle R --out OUT.zip", "report R --latex",
    "report R --out OUT.html",
)  # fmt: skip
SENTENCE = "the\tDET\ndog\tNN\nran\tV\n\n"
MODELS = "a=majority,hmm,perceptron(epochs=1)"


def prepare() -> None:
    """Make two runs in the current folder, and a copy of the first as it is."""
    Path("small.tsv").write_text(SENTENCE * 20 + "a\tDET\ncat\tNN\n\n" * 9, encoding="utf-8")
    Path("other.tsv").write_text(SENTENCE * 9 + "dog\tNN\nran\tV\n\n" * 9, encoding="utf-8")
    data = "--data small.tsv --data other.tsv --device cpu --quiet"
    for command in (
        f"run {data} --models {MODELS} --seeds 2 --out R",
        f"run {data} --models a=majority,hmm --out R2",
    ):
        code, said = called(command.split())
        if code:
            raise SystemExit(said)
    Path("R").rename("good")
    again()


def again() -> None:
    """The run as it was, with one trial that is not finished; what a command wrote goes."""
    for path in [Path("R"), *Path().glob("OUT*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    shutil.copytree("good", "R")
    trials()[-1].unlink()


def trials(folder: str = "R") -> list[Path]:
    """The finished trials of a run."""
    return sorted(Path(folder).glob("trials/*.json"))


def trial_goes() -> None:
    """A finished trial goes, with its arrays."""
    trials()[0].with_suffix(".npz").unlink()
    trials()[0].unlink()


def trial_away() -> None:
    """A finished trial is away for a moment, as when its record is written anew."""
    trials()[0].rename("R/trials/away")


def back() -> None:
    """The trial that was away is back."""
    with suppress(FileNotFoundError):
        Path("R/trials/away").rename(Path("R/trials") / trials("good")[0].name)


def trial_comes() -> None:
    """The trial that was not finished is finished."""
    shutil.copy(trials("good")[-1], "R/trials")


def trial_anew() -> None:
    """A trial is made anew, with other predictions and the hash of these."""
    old, other = trials()[0], trials()[1]
    shutil.copy(other.with_suffix(".npz"), old.with_suffix(".npz"))
    sha256 = json.loads(other.read_text())["npz_sha256"]
    old.write_text(json.dumps({**json.loads(old.read_text()), "npz_sha256": sha256}))


def manifest_with(change: Callable[[dict[str, list[dict[str, object]]]], None]) -> None:
    """Write run.json, changed."""
    content = json.loads(Path("R/run.json").read_text())
    change(content)
    Path("R/new.json").write_text(json.dumps(content))
    Path("R/new.json").replace("R/run.json")


def model_goes() -> None:
    """A model goes from run.json."""

    def change(content: dict[str, list[dict[str, object]]]) -> None:
        gone = content["models"].pop(0)["label"]
        content["trials"] = [trial for trial in content["trials"] if trial["label"] != gone]

    manifest_with(change)


def model_comes() -> None:
    """A model that has no trial yet comes into run.json."""

    def change(content: dict[str, list[dict[str, object]]]) -> None:
        content["models"].append({**content["models"][0], "label": "new"})
        content["trials"] += [{**trial, "label": "new", "key": "0" * 12} for trial in content["trials"][:1]]

    manifest_with(change)


def dataset_goes() -> None:
    """A dataset goes from run.json, and its files."""

    def change(content: dict[str, list[dict[str, object]]]) -> None:
        gone = content["datasets"].pop()["fingerprint"]
        content["trials"] = [trial for trial in content["trials"] if trial["dataset"] != gone]
        for path in Path("R/data").glob(f"{gone}.*"):
            path.unlink()

    manifest_with(change)


def all_trials_go() -> None:
    """Every trial goes."""
    for path in trials():
        path.unlink()


CHANGES = (trial_away, trial_goes, trial_comes, trial_anew, model_goes, model_comes, dataset_goes, all_trials_go)
MOMENT = 3  # calls that a trial is away


class Counted:
    """Calls of a function of `os` for files of the run; `reached` is called before the one of a number."""

    def __init__(self, number: int, reached: Callable[[], None]) -> None:
        self.number, self.reached, self.calls = number, reached, 0

    def count(self, path: object) -> None:
        """Count a call, if it is for a file of the run."""
        if isinstance(path, str | os.PathLike) and "R" in Path(path).parts:
            self.calls += 1
            if self.calls == self.number:
                self.reached()
            elif self.calls == self.number + MOMENT:
                back()


@contextmanager
def counted(calls: Counted) -> Iterator[None]:
    """Count every `os.open` and `os.stat` within."""
    before = {"open": os.open, "stat": os.stat}
    for name, function in before.items():
        setattr(os, name, partial(_counting, calls, function))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(os, name, function)


def _counting(
    calls: Counted, function: Callable[..., object], path: object, *further: object, **named: object
) -> object:
    calls.count(path)
    return function(path, *further, **named)


def changing(command: str, change: Callable[[], None], number: int) -> tuple[bool, str]:
    """Whether a command made so many calls, and what is wrong with its end, "" if nothing is."""
    again()
    calls = Counted(number, change)
    with counted(calls):
        code, said = called(command.split())
    wrong = code not in {0, 1, 2} or "Traceback" in said or "left out of the page" in said
    lines = [line for line in said.splitlines() if line]
    faulty = f"{command}: {change.__name__} at call {number}: exit code {code}: {' | '.join(lines[-3:])}"
    return calls.calls >= number, faulty if wrong else ""


def main() -> None:
    """Let each run change, and say what came of it."""
    step, *commands = sys.argv[1:] or ["1"]
    tried, wrong = 0, []
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="changing-runs-") as folder:
        os.chdir(folder)
        prepare()
        for command in COMMANDS:
            number = 1
            while not commands or command.split()[0] in commands:
                reached, faulty = changing(command, CHANGES[tried % len(CHANGES)], number)
                if not reached:
                    break
                tried, number, wrong = tried + 1, number + int(step), [*wrong, *filter(None, [faulty])]
        os.chdir(before)
    print(f"{tried} changes while a command read: {len(wrong)} faults")
    raise SystemExit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
