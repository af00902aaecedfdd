"""The results of runs as `show` prints them: main tables, learning curves, scores per tag, confusion matrices."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import to_builtins

from seqbench.comparing.across_splits import pooled
from seqbench.reporting.across_datasets_tables import learning_curves
from seqbench.reporting.result_tables import confusion_table, per_tag, summary
from seqbench.reporting.row_confusions import row_confusions, row_tag_scores
from seqbench.reporting.table import Table, rendered
from seqbench.reporting.table_formats import prints_rows
from seqbench.results.listing import Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.records import Json
from seqbench.results.rows import Results, Row


def results_texts(
    listing: Listing, results: Results, form: str, *, confusion_of: Collection[ModelKey] = (), tags: bool = False
) -> list[str]:
    """The tables in one of the table's formats; with `confusion_of` some models, and with `tags` the scores per tag."""
    together = pooled(results)
    rows = prints_rows(form)  # which have each split and each size
    texts = [summary(results if rows else together, form)]
    curves = [] if rows else learning_curves(together, "accuracy")
    further = _further(listing, results, confusion_of, tags=tags)
    return [*texts, *("\n" + rendered(table, form) for table in [*curves, *further])]


def _further(listing: Listing, results: Results, confusion_of: Collection[ModelKey], *, tags: bool) -> Sequence[Table]:
    """Tables of what is wanted, of all folds together; none of a model that did not finish on every fold."""
    rows = [row for row in pooled(results, folds_alone=True).rows if row.status != "failed"]
    by_seed = [(row, row_tag_scores(listing, row)) for row in rows] if tags else []
    scored = [per_tag(row, results.name(row), list(seeds.values())) for row, seeds in by_seed if seeds]
    confused = [(r, row_confusions(listing, r, results.name(r))) for r in rows if r.key in confusion_of]
    return [*scored, *(confusion_table(row, results.name(row), *both) for row, both in confused if both is not None)]


def further_json(
    listing: Listing, results: Results, *, confusion_of: Collection[ModelKey] = (), tags: bool = False
) -> dict[str, Json]:
    """Further results as plain values: `per_tag` of each finished trial and `confusions`, each where it is wanted."""
    together = [row for row in pooled(results, folds_alone=True).rows if row not in results.rows]
    rows = [row for row in [*together, *results.rows] if row.status != "failed"]
    document: dict[str, Json] = {}
    if tags:
        document["per_tag"] = [
            {**_named(row, results), "seed": seed, "tags": to_builtins(scored)}
            for row in rows
            for seed, scored in row_tag_scores(listing, row).items()
        ]
    if confusion_of:
        each = [(row, row_confusions(listing, row, results.name(row))) for row in rows if row.key in confusion_of]
        document["confusions"] = [
            {**_named(row, results), "tags": list(both[0]), "matrix": both[1].tolist()} for row, both in each if both
        ]
    return document


def _named(row: Row, results: Results) -> dict[str, Json]:
    return {"dataset": row.dataset.name, "model": results.name(row)}
