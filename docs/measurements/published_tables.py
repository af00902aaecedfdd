"""The tables of pages that are made of the published results: python docs/measurements/published_tables.py.

Each table stands in its page between two comments, of which the first names it. A test holds both together.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from seqbench.registry.discovery import Registry
from seqbench.results.records import Json

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs/_extensions"))

from leaderboards import SPANS, TITLES, Board, board, mean, score, table  # noqa: E402 -- beside the site's other tools

BLOCK = re.compile(r"(?<=<!-- published: )(\w+)( -->\n).*?(?=\n<!-- end -->)", re.DOTALL)
PAGES = (ROOT / "docs/published.md", ROOT / "docs/zoo.md")


def corpora(boards: Sequence[Board]) -> str:
    """What there is of each corpus."""
    titles = ("corpus", "judged by", "contenders", "trials", "made", "processor")
    rows = [
        (
            f"`{b.name}`",
            TITLES[b.metric],
            str(len(b.rows)),
            str(len(b.manifest.trials)),
            str(b.manifest.started)[:10],
            str(b.manifest.machine.get("processor", "")),
        )
        for b in boards
    ]
    return table(titles, *rows)


def reached(boards: Sequence[Board]) -> str:
    """The score of each model on each corpus; the best on the first corpus stands first."""
    titles = ("model", *(f"{b.name}, F1" if b.metric == SPANS else b.name for b in boards))
    models = list(dict.fromkeys(_model(row) for b in boards for row in b.rows))
    return table(titles, *((f"`{model}`", *(_cell(b, model) for b in boards)) for model in models))


def _model(row: Mapping[str, Json]) -> str:
    return str(row["model"]).rpartition("@")[0]


def _cell(shown: Board, model: str) -> str:
    cells = [mean(score(row, shown.metric)) for row in shown.rows if _model(row) == model]
    return cells[0] if cells else "-"


def renewed(text: str, boards: Sequence[Board]) -> str:
    """The text of a page with its tables made anew."""
    made = {"corpora": corpora, "reached": reached}
    return BLOCK.sub(lambda block: f"{block[1]}{block[2]}{made[block[1]](boards)}", text)


def main() -> None:
    """Write the tables into their pages."""
    registry = Registry.discover(points=())
    boards = [board(name, registry) for name in sorted(registry.published)]
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8"), boards), encoding="utf-8")


if __name__ == "__main__":
    main()
