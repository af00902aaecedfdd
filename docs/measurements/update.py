"""Write the table of the README from a run: python docs/measurements/update.py [RUN].

Without RUN the models of the README's first command are trained (a minute on a quiet machine). The table goes to
first_table.txt beside this file, which the README must hold word for word, and as a picture to docs/_static.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE, PICTURE = HERE / "first_table.txt", ROOT / "docs/_static/first-table.svg"
BLOCK = re.compile(r"(?<=^```text\n)grammar: test accuracy.*?(?=^```)", re.DOTALL | re.MULTILINE)
MODELS = "lstm,gru,baseline"


def seqbench(*arguments: str) -> str:
    """Standard output of a command in a terminal of 80 columns."""
    command = [sys.executable, "-m", "seqbench", *arguments]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 -- ours
    return done.stdout


def main() -> None:
    """Run, show, and write the table to its three places."""
    with tempfile.TemporaryDirectory() as folder:
        run = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/run"
        if len(sys.argv) == 1:
            seqbench("run", "--models", MODELS, "--device", "cpu", "--quiet", "--out", run)
        table = seqbench("show", run)
    TABLE.write_text(table, encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(BLOCK.sub(lambda _: table, readme.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    console = Console(record=True, width=82, file=sys.stderr)
    console.print(Text(f"$ seqbench run --models {MODELS}\n\n{table}"))
    console.save_svg(str(PICTURE), title="seqbench")


if __name__ == "__main__":
    main()
