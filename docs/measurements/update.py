"""Write the table of the README and a comparison of the guide: python docs/measurements/update.py [RUN].

Without RUN the models of the README's first command are trained (a minute on a quiet machine). The table goes to
first_table.txt beside this file, which two pages must hold word for word, and as a picture to docs/_static; the
comparison, which takes seconds, to first_comparison.txt and to docs/guide/read-a-comparison.md.
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
COMPARISON, GUIDE = HERE / "first_comparison.txt", ROOT / "docs/guide/read-a-comparison.md"
COMPARED = "hmm,three=perceptron(epochs=3),perceptron"
VERDICT = re.compile(r"(?<=^```text\n)grammar, accuracy.*?(?=^```)", re.DOTALL | re.MULTILINE)


def seqbench(*arguments: str) -> str:
    """Standard output of a command in a terminal of 80 columns."""
    command = [sys.executable, "-m", "seqbench", *arguments]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 -- ours
    return done.stdout


def put(text: str, file: Path, block: re.Pattern[str], page: Path) -> None:
    """Write a text to a file, and in the place of the block of a page."""
    file.write_text(text, encoding="utf-8")
    page.write_text(block.sub(lambda _: text, page.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def compared(run: str) -> str:
    """What `seqbench compare` prints of the guide's three models, which are trained into a folder first."""
    seqbench("run", "--models", COMPARED, "--seeds", "3", "--device", "cpu", "--quiet", "--out", run)
    return seqbench("compare", run).rstrip() + "\n"


def main() -> None:
    """Run, show, and write the table to its three places."""
    with tempfile.TemporaryDirectory() as folder:
        run = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/run"
        if len(sys.argv) == 1:
            seqbench("run", "--models", MODELS, "--device", "cpu", "--quiet", "--out", run)
        table = seqbench("show", run)
        put(compared(f"{folder}/three"), COMPARISON, VERDICT, GUIDE)
    for page in ("README.md", "docs/guide/first-table.md"):
        put(table, TABLE, BLOCK, ROOT / page)
    console = Console(record=True, width=82, file=sys.stderr)
    console.print(Text(f"$ seqbench run --models {MODELS}\n\n{table}"))
    console.save_svg(str(PICTURE), title="seqbench")


if __name__ == "__main__":
    main()
