"""The published results as tables, and as pages of `seqbench report` that are part of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import seqbench
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import content
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.writing import Reported, write_page
from seqbench.results.records import Json, Manifest
from seqbench.results.store import Store

ABOUT = """\
The [published results](../published.md) on test, made again from their predictions at each build of this site. Where
tags are spans the models stand in the order of their span F1, else of their accuracy. Ranks are those that a model can
have on text like this test set by that score, by the tests of [seqbench compare](../comparing.md). Costs were measured
on a machine that had other work: compare them roughly.
"""
WIDE = "---\nhtml_theme.sidebar_secondary.remove: true\n---\n\n"  # tables of eight columns take the room
SPANS = "span-f1"
TITLES = {"accuracy": "accuracy", SPANS: "span F1"}


@dataclass(frozen=True)
class Board:
    """The rows of a published run, by the score that its data are judged by, the best one first."""

    name: str
    manifest: Manifest
    metric: str
    rows: Sequence[Mapping[str, Json]]


def board(name: str, registry: Registry) -> Board:
    """The board of the published run of this name."""
    store = Store.open(_folder(registry, name))
    manifest = store.manifest()
    judged = Question(metrics=("accuracy", SPANS))
    rows: Sequence[Mapping[str, Json]] = content(comparable([store], registry, judged), registry)["rows"]
    metric = SPANS if any(SPANS in row["rank"] for row in rows) else "accuracy"
    return Board(name, manifest, metric, sorted(rows, key=lambda row: -score(row, metric)["mean"]))


def score(row: Mapping[str, Json], metric: str) -> Mapping[str, Json]:
    """Mean, deviation and interval of a row by a metric."""
    scores: Mapping[str, Json] = row[metric] if metric in row else row["metrics"][metric]
    return scores


def mean(scores: Mapping[str, Json]) -> str:
    """A mean in per cent, with the standard deviation of seeds where there are several."""
    return percent(scores["mean"]) + (f" ± {percent(scores['std'])}" if scores["std"] is not None else "")


def percent(share: float) -> str:
    """A share in per cent, of two decimals."""
    return f"{100 * share:.2f}"


def table(*lines: Sequence[str]) -> str:
    """A table of Markdown; the first of the lines has the titles."""
    titles, *rows = lines
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, ["---"] * len(titles), *rows))


def leaderboard(registry: Registry) -> str:
    """The page with a table for each corpus, and a link to its page."""
    boards = [_section(board(name, registry)) for name in sorted(registry.published)]
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


def _section(shown: Board) -> str:
    made = f"Made by seqbench {shown.manifest.seqbench} on {shown.manifest.started[:10]}."
    link = f'<a href="../leaderboard/{shown.name}.html">All of it on one page</a>: pictures, pairs, confusions, errors.'
    scores = [TITLES[shown.metric], "95 % interval", "rank", *(["accuracy"] if shown.metric == SPANS else [])]
    titles = ("model", *scores, "unknown words", "seeds", "fit, CPU s", "weights")
    return (
        f"## {shown.name}\n\n{made} {link}\n\n{table(titles, *(list(_cells(r, shown.metric)) for r in shown.rows))}\n"
    )


def _cells(row: Mapping[str, Json], metric: str) -> Iterator[str]:
    """The cells of a row."""
    yield f"`{row['model']}`"
    yield mean(score(row, metric))
    yield " to ".join(percent(bound) for bound in score(row, metric)["ci95"])
    yield "-".join(str(place) for place in dict.fromkeys(row["rank"][metric]["model"]))
    if metric == SPANS:
        yield mean(row["accuracy"])
    yield percent(row["accuracy_unknown"]["mean"])
    yield str(len(row["seeds"]))
    yield f"{row['fit_seconds']:.1f}"
    yield f"{row['parameters']:,}"
