"""Next steps with results, as commands that can be copied."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

_STEPS = (
    ("report", "report {run}{words}", "one page with all of it"),
    ("errors", "errors {run}{words}", "where the models are wrong"),
    ("compare", "compare {run}", "every pair, with tests"),
    ("show", "show {run} --wide --legend", "all columns, and what they mean"),
)


def next_steps(run: Path, width: int | None = None, data_dir: Path | None = None) -> Iterator[str]:
    """Lines with a command and what it shows, of those commands that there are.

    Where a line of both is longer than `width`, what each command shows stands below it. Commands that read words again
    are told the folder of corpora, if the call was.
    """
    commands = {path.stem for path in (Path(__file__).parent / "commands").glob("*.py")}
    folder = shlex.quote(str(run))
    words = f" --data-dir {shlex.quote(str(data_dir))}" if data_dir else ""
    texts = [(step.format(run=folder, words=words), about) for name, step, about in _STEPS if name in commands]
    steps = [(f"seqbench {text}", about) for text, about in texts]
    widest = max((len(step) for step, _ in steps), default=0)
    lines = [f"  {step:<{widest}}  {about}" for step, about in steps]
    if width is not None and max(map(len, lines), default=0) > width:
        lines = [line for step, about in steps for line in (f"  {step}", f"      {about}")]
    yield from ["next:", *lines] if steps else []
