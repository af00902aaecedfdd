"""Commands whose file calls fail, one after the other: each must be one sentence, never a traceback.

    python benchmarks/reliability/failing_reads.py [ERROR] [COMMAND...]

Makes two small runs, a kept model and some files, and gives them to most commands (or those named). Of every call of a
command, the first file call (to open, list, make, rename, link or remove something of these files) fails with ERROR
(EIO unless named), then the second, and so on. A command may end well, where it can do without; otherwise it must end
with exit code 1 or 2 and a sentence without a traceback and without numbers of the system.
"""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from seqbench import cli

EVENTS = {"open", *(f"os.{name}" for name in ("listdir", "scandir", "mkdir", "rename", "remove", "link", "rmdir"))}
COMMANDS = (
    "show R", "show R --confusion hmm", "show R --beside beside.csv", "compare R", "compare --scores scores.csv",
    "errors R", "calibration R", "verify R", "power R", "spans R", "runs .", "report R --out OUT.html",
    "merge R R2 --out OUT", "bundle R --out OUT.zip", "bundle R.zip --out OUT", "rerun R --out OUT", "tag M text.txt",
    "tag M small.tsv", "inspect M dog", "costs M", "score small.tsv small.tsv", "datasets small.tsv",
    "convert small.tsv OUT.conllu", "train majority --data small.tsv --out OUT", "run plan.toml --quiet --out OUT",
    "run --data small.tsv --models baseline --save-plan OUT.toml --quiet --out OUT", "new-plugin OUT",
    "check baseline --badge OUT.svg", "run --data small.tsv --models baseline --jobs 2 --quiet --out OUT",
)  # fmt: skip
MOST = 400  # calls of a command that fail


class Failing:
    """A hook that lets the file call of a number fail, of those below a folder."""

    def __init__(self, folder: Path, error: int) -> None:
        self.folder, self.error = str(folder), error
        self.number, self.calls = 0, 0
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """See `sys.addaudithook`."""
        if not self.number or event not in EVENTS or not isinstance(arguments[0], str | os.PathLike):
            return
        path = os.path.abspath(arguments[0])  # noqa: PTH100 -- pathlib would make calls of its own
        if path.startswith((self.folder, f"{tempfile.gettempdir()}/seqbench")):
            self.calls += 1
            if self.calls == self.number:
                raise OSError(self.error, os.strerror(self.error), path)


def called(arguments: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and what it wrote to standard error."""
    sys.argv, said = ["seqbench", *arguments], io.StringIO()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            cli.main()
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()


def prepare() -> None:
    """Make the files that the commands read, in the current folder."""
    drawn = random.Random(0)  # noqa: S311 -- a corpus, no secret
    words = [("the", "DET"), ("dog", "NN"), ("ran", "V"), ("cat", "NN"), ("a", "DET"), ("sat", "V")]
    lines = ["".join(f"{word}\t{tag}\n" for word, tag in drawn.choices(words, k=6)) for _ in range(60)]
    texts = {
        "small.tsv": "\n".join(lines),
        "text.txt": "the dog ran\n",
        "plan.toml": 'data = ["small.tsv"]\nmodels = ["baseline"]\n',
        "scores.csv": "model,small.tsv\nx,0.5\ny,0.6\n",
        "beside.csv": "dataset,model,accuracy\nsmall.tsv,theirs,0.9\n",
    }
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    for command in (
        "run --data small.tsv --models baseline,majority,hmm --seeds 2 --quiet --out R",
        "run --data small.tsv --models perceptron --quiet --out R2",
        "train baseline --data small.tsv --out M",
        "bundle R --out R.zip",
    ):
        code, said = called(command.split())
        if code:
            raise SystemExit(said)


def clean() -> None:
    """Remove what a command wrote."""
    for path in Path().glob("OUT*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def failing(command: str, failed: Failing) -> tuple[int, list[str]]:
    """The number of file calls of a command that failed, and what is wrong with what came of them."""
    wrong = []
    for number in range(1, MOST + 1):
        clean()
        failed.number, failed.calls = number, 0
        code, said = called(command.split())
        reached, failed.number = failed.calls >= number, 0
        if not reached:
            return number - 1, wrong
        if code not in {0, 1, 2} or "Traceback" in said or "[Errno" in said:
            last = [line for line in said.splitlines() if line][-3:]
            wrong.append(f"{command}: call {number}: exit code {code}: {' | '.join(last)}")
    return MOST, wrong


def main() -> None:
    """Let calls fail, and say what came of it."""
    error, *commands = sys.argv[1:] or ["EIO"]
    calls, wrong = 0, []
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="failing-reads-") as folder:
        os.chdir(folder)
        prepare()
        failed = Failing(Path(folder), getattr(errno, error))
        for command in COMMANDS:
            if not commands or command.split()[0] in commands:
                number, faults = failing(command, failed)
                calls, wrong = calls + number, wrong + faults
        os.chdir(before)
    print(f"{calls} file calls that failed ({error}): {len(wrong)} faults")
    raise SystemExit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
