"""Specs of models and plan files changed at random: a plan or one sentence, never a traceback, and no long wait.

    python benchmarks/reliability/absurd_plans.py [INPUTS] [SEED]

Half of the inputs are lists of specs (and settings), made into models as `seqbench run` does; half are plan files in
TOML, read as the options of `seqbench run`. More than ten seconds count as a hang, any other exception as a traceback.
"""

from __future__ import annotations

import random
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
from fuzzing import HANGS, TRACEBACKS, HangError, limited, report

from seqbench.cli.commands.run import command
from seqbench.errors import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.running.request import RunRequest, models_of

SPECS = (
    "baseline",
    "big=gru(hidden_dim=256, layers=2)",
    "hmm(rare=3)",
    "ensemble(members=['baseline', 'crf(c1=0.3)'])",
    "crf(c1=0.1, iterations=5),perceptron",
    "lstm-crf(epochs=2, dropout=0.5)",
    "a=majority, b=baseline",
)
SETTINGS = ("gru.hidden_dim=3", "big.layers=2", "hmm.rare=1", "crf.c1=1e-3")
PLANS = (
    'data = ["tutorial"]\nmodels = ["baseline", "hmm"]\nseeds = 3\nset = ["hmm.rare=2"]\n',
    'models = "baseline"\nfolds = 5\nbudget = "5m"\nmemory = "2G"\nisolate = true\n',
    'data = ["a.tsv?tags=2&features=3"]\nepochs = 2\njobs = 2\ntrain-sizes = ["10,all"]\ndevice = "cpu"\n',
)
ODD = (
    *"()[]{}=,'\"\\\0\n\r\t .-*#%?~",
    "**",
    *("\u202e", "\ud800", "\u00e9", "\U0001f600", "nan", "inf", "-1", "1e400", "9" * 400, "0x1", "1_0", "None", "True"),
    *("lambda: 0", "__import__('os')", "f'{1}'", "b'x'", "...", "1j", "[" * 300, "(" * 3000, "-" * 3000, "a" * 30_000),
    *(
        "{1: 2}",
        "{}",
        "[[]]",
        "x=1, x=2",
        "**{'a': 1}",
        "*[1]",
        "[x for x in y]",
        "2**9**9",
        "'a' * 10**9",
        "all",
        "seeds",
    ),
    *("= 1979-05-27", "[a.b]", "[[c]]", "{a = 1}", '"""', "= [1, [2]]", "true", "= 10000000000000000000000", "data"),
)


def changed(text: str, drawn: random.Random) -> str:
    """The text with a few changes."""
    for _ in range(drawn.choice([0, 1, 1, 1, 2, 3])):
        start, end = sorted((drawn.randint(0, len(text)), drawn.randint(0, len(text))))
        way = drawn.randrange(4)
        if way == 0:
            text = text[:start] + text[min(end, start + 3) :]
        elif way == 1:
            text = text[:end] + text[start:]
        else:
            text = text[:start] + drawn.choice(ODD) + text[start if way == 2 else min(end, start + 2) :]  # noqa: PLR2004 -- the number of a way
    return text[:40_000]


def models(drawn: random.Random, registry: Registry) -> None:
    """Make the models of changed specs."""
    settings = [changed(drawn.choice(SETTINGS), drawn)] if drawn.random() < 0.2 else []  # noqa: PLR2004 -- a fifth
    request = RunRequest(models=[changed(drawn.choice(SPECS), drawn)], settings=settings)
    models_of(request, registry, lambda _note: None)


def plan(drawn: random.Random, file: Path) -> None:
    """Read a changed plan file."""
    file.write_bytes(changed(drawn.choice(PLANS), drawn).encode(errors="surrogatepass"))
    command.make_context("run", [str(file)])


def tried(call: Callable[[], None], what: str) -> str:
    """How a call ends."""
    try:
        with limited():
            call()
    except (SeqbenchError, click.ClickException):
        return "refused"
    except HangError:
        print(f"HANG {what}", file=sys.stderr)
        return HANGS
    except BaseException:  # noqa: BLE001 -- whatever it is, it is counted
        print(f"TRACEBACK {what}\n{traceback.format_exc()[-3000:]}", file=sys.stderr)
        return TRACEBACKS
    return "taken"


def fuzzed(inputs: int, seed: int = 0) -> Counter[str]:
    """Counts of how so many inputs ended."""
    drawn, counts, registry = random.Random(seed), Counter[str](), Registry.discover()  # noqa: S311 -- no secret
    with tempfile.TemporaryDirectory(prefix="plans-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Python's parser, about odd literals
        file = Path(folder) / "plan.toml"
        for spec in SPECS:
            models_of(RunRequest(models=[spec]), registry, lambda _note: None)  # libraries are imported by now
        for number in range(inputs):
            call = (lambda: plan(drawn, file)) if number % 2 else (lambda: models(drawn, registry))
            counts[tried(call, f"{'plan' if number % 2 else 'spec'} (seed {seed}, input {number})")] += 1
    return counts


def main() -> None:
    """Print the counts and the date."""
    report("plans and specs", 10_000, fuzzed)


if __name__ == "__main__":
    main()
