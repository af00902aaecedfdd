"""seqbench run as a user does, and what tests compare of the files that it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SENTENCE = "the\tDET\ndog\tNN\nran\tV\n\n"


def seqbench(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished command with what it printed; warnings are errors in it."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "seqbench", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def without_times(trial: Path) -> list[object]:
    """What a trial's file says but for times, which differ from run to run."""
    content = json.loads(trial.read_text())
    curve = [{name: told for name, told in step.items() if "seconds" not in name} for step in content["curve"]]
    return [curve, *(content[name] for name in ("identity", "scores", "metrics", "notes"))]
