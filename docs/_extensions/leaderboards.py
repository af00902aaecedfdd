"""The published results as tables, and as pages of `seqbench report` that are part of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import seqbench
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import content
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.writing import Reported, write_page
from seqbench.results.records import Json
from seqbench.results.store import Store

ABOUT = """\
Accuracy on test of the [published results](../published.md), made again from their predictions at each build of this
site. Ranks are those that a model can have on text like this test set, by the tests of
[seqbench compare](../comparing.md). Costs were measured on a machine that had other work: compare them roughly.
"""
WIDE = "---\nhtml_theme.sidebar_secondary.remove: true\n---\n\n"  # tables of eight columns take the room
TITLES = ("model", "accuracy", "95 % interval", "rank", "unknown words", "seeds", "fit, CPU s", "weights")


def leaderboard(registry: Registry) -> str:
    """The page with a table for each corpus, and a link to its page."""
    boards = [_board(name, Store.open(_folder(registry, name)), registry) for name in sorted(registry.published)]
    return "\n".join([f"{WIDE}# Leaderboard\n\n{ABOUT}", *boards])


def write_leaderboard_pages(registry: Registry, folder: Path) -> None:
    """Write the page of each published run, unless neither it nor seqbench has changed; sentences have no words."""
    folder.mkdir(parents=True, exist_ok=True)
    code = max(path.stat().st_mtime for path in Path(seqbench.__file__).parent.rglob("*.*"))
    offline = Registry.discover(points=())
    offline.access = replace(offline.access, local=folder, offline=True)
    for name in registry.published:
        run, page = _folder(registry, name), folder / f"{name}.html"
        if not page.is_file() or page.stat().st_mtime < max(code, (run / "run.json").stat().st_mtime):
            write_page(Reported(stores=[Store.open(run)], registry=offline, warn=lambda _left_out: None), page)


def _folder(registry: Registry, name: str) -> Path:
    return Path(str(registry.published[name].load()))


def _board(name: str, store: Store, registry: Registry) -> str:
    manifest = store.manifest()
    rows: Sequence[Mapping[str, Json]] = content(comparable([store], registry, Question()), registry)["rows"]
    order = sorted(rows, key=lambda row: -row["accuracy"]["mean"])
    made = f"Made by seqbench {manifest.seqbench} on {manifest.started[:10]}."
    link = f'<a href="../leaderboard/{name}.html">All of it on one page</a>: pictures, pairs, confusions, errors.'
    lines = [TITLES, ["---"] * len(TITLES), *(list(_cells(row)) for row in order)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"## {name}\n\n{made} {link}\n\n{table}\n"


def _cells(row: Mapping[str, Json]) -> Iterator[str]:
    """The cells of a row."""
    accuracy, rank = row["accuracy"], row["rank"]["accuracy"]["model"]
    yield f"`{row['model']}`"
    yield _percent(accuracy["mean"]) + (f" ± {_percent(accuracy['std'])}" if accuracy["std"] is not None else "")
    yield " to ".join(_percent(bound) for bound in accuracy["ci95"])
    yield "-".join(str(place) for place in dict.fromkeys(rank))
    yield _percent(row["accuracy_unknown"]["mean"])
    yield str(len(row["seeds"]))
    yield f"{row['fit_seconds']:.1f}"
    yield f"{row['parameters']:,}"


def _percent(share: float) -> str:
    return f"{100 * share:.2f}"
