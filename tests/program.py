"""seqbench run as a user does, and what tests compare of the files that it leaves."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import chdir, nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path

from seqbench import cli

SENTENCE = "the\tDET\ndog\tNN\nran\tV\n\n"


def seqbench(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished command with what it printed, from a process of its own; warnings are errors in it."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "seqbench", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def called(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The finished command with what it printed, from this process, which spares the start of another.

    What the process does beside (its standard streams as files, its end) takes `seqbench`.
    """
    command = ["seqbench", *map(str, arguments)]
    before, out, err = sys.argv, io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), chdir(cwd) if cwd else nullcontext():
        sys.argv = command
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.argv = before
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())


def without_times(trial: Path) -> list[object]:
    """What a trial's file says but for times, which differ from run to run."""
    content = json.loads(trial.read_text())
    curve = [{name: told for name, told in step.items() if "seconds" not in name} for step in content["curve"]]
    return [curve, *(content[name] for name in ("identity", "scores", "metrics", "notes"))]
