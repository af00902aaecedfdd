"""Trials that are not finished as lines below a table: what failed and why, and what was not run yet."""

from __future__ import annotations

from collections.abc import Iterator

from seqbench.errors import shortened
from seqbench.results.rows import Row, TrialFailure


def failure_lines(row: Row, name: str) -> Iterator[str]:
    """Each failure with the last lines of its traceback and the file that holds all; equal failures are told once."""
    alike: dict[str, list[TrialFailure]] = {}
    for failure in row.failures:
        alike.setdefault(failure.error, []).append(failure)
    for error, failures in alike.items():
        what = "not finished" if failures[0].not_run else "failed"
        seeds = ", ".join(str(failure.seed) for failure in failures)
        yield f"{what}: {name}, seed{'s' if len(failures) > 1 else ''} {seeds}: {shortened(error)}"
        if failures[0].file:
            if not _is_foreseen(failures[0]):
                yield from (f"  | {shortened(line)}" for line in failures[0].last_lines)
            yield f"  all of it: {failures[0].file}"


def _is_foreseen(failure: TrialFailure) -> bool:
    """Whether the sentence says it all: an error that a plugin raised for its user, such as a file that is cut off."""
    return any(line.strip().startswith("seqbench.errors.") for line in failure.last_lines)
