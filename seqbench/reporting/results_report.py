"""The results of runs as `show` prints them: main tables, learning curves, scores per tag, confusion matrices."""

from __future__ import annotations

from collections.abc import Sequence

from seqbench.comparing.across_splits import pooled
from seqbench.reporting.across_datasets_tables import learning_curves
from seqbench.reporting.result_tables import confusion, per_tag, summary
from seqbench.reporting.table import Table, rendered
from seqbench.results.rows import Results, Row
from seqbench.results.store import Store


def results_texts(
    stores: Sequence[Store], results: Results, form: str, *, confusion_of: Sequence[str] = (), tags: bool = False
) -> list[str]:
    """The tables in one of the table's formats; `confusion_of` these labels, and with `tags` the scores per tag."""
    together = pooled(results)
    texts = [summary(results if form == "csv" else together, form)]
    curves = learning_curves(together, "accuracy") if form != "csv" else []
    further = _further(stores, results, confusion_of, tags=tags)
    return [*texts, *("\n" + rendered(table, form) for table in [*curves, *further])]


def _further(stores: Sequence[Store], results: Results, confusion_of: Sequence[str], *, tags: bool) -> list[Table]:
    rows = [row for row in results.rows if row.status != "failed"]
    scored = [per_tag(row) for row in rows] if tags else []
    return [*scored, *(_confusion(stores, row) for row in rows if row.model in confusion_of)]


def _confusion(stores: Sequence[Store], row: Row) -> Table:
    paths = [
        (store, store.trial_path(trial["label"], trial["seed"], trial["key"]))
        for trial in row.trials
        if trial
        for store in stores
    ]
    there = [(store, path) for store, path in paths if path.is_file()]
    matrix = sum(store.read_arrays(path)["confusion"] for store, path in there)
    tags = there[0][0].read_json(there[0][0].folder / "data" / f"{row.fingerprint}.json")["tags"]
    return confusion(row, tags, matrix)
