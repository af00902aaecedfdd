"""What to do with results next, as commands that can be copied."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

_STEPS = (
    ("report", "report {run}", "one page with all of it"),
    ("errors", "errors {run}", "where the models are wrong"),
    ("compare", "compare {run}", "every pair, with tests"),
    ("show", "show {run} --wide --legend", "all columns, and what they mean"),
)


def next_steps(run: Path, width: int | None = None) -> Iterator[str]:
    """Lines with a command and what it shows, of those commands that there are.

    Where a line of both is longer than `width`, what each command shows stands below it.
    """
    commands = {path.stem for path in (Path(__file__).parent / "commands").glob("*.py")}
    folder = shlex.quote(str(run))
    steps = [(f"seqbench {step.format(run=folder)}", about) for name, step, about in _STEPS if name in commands]
    widest = max((len(step) for step, _ in steps), default=0)
    lines = [f"  {step:<{widest}}  {about}" for step, about in steps]
    if width is not None and max(map(len, lines), default=0) > width:
        lines = [line for step, about in steps for line in (f"  {step}", f"      {about}")]
    yield from ["next:", *lines] if steps else []
