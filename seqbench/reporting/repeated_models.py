"""Models that several runs have with the same hyperparameters: each run has a row of its own, which is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.results.rows import Results, Row

_MOST = 4  # names of models in the note


def repeated_models(results: Results, fingerprint: str) -> Iterator[str]:
    """One sentence, if a model stands in the table of a dataset more than once, else none."""
    rows = [row for row in results.rows_of(fingerprint) if not row.spec.startswith("external(")]
    repeated = [each for each in _alike(rows) if len({row.key.run for row in each}) > 1]
    if repeated:
        listed = [" and ".join(results.name(row) for row in each) for each in repeated[:_MOST]]
        listed += [f"{len(repeated) - _MOST} more"] * (len(repeated) > _MOST)
        names = "; ".join(listed)
        yield (
            f"the same model with the same hyperparameters in several runs: {names}. Each run has its row and its "
            "seeds, and counts as one more model in all tests; seqbench merge makes one run of several."
        )


def _alike(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one spec together."""
    by_spec: dict[str, list[Row]] = {}
    for row in rows:
        by_spec.setdefault(row.spec, []).append(row)
    return list(by_spec.values())
