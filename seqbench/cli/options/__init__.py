"""Options that several commands share, and the registry that they lead to; each is loaded on first use.

So a command that only lists loads nothing of what comparing or training needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqbench.lazy_names import loading

if TYPE_CHECKING:
    from seqbench.cli.options.comparing import against, policy, rope, scheme, scores, spans_of, without_type
    from seqbench.cli.options.data import folds, group, resplits, task, train, train_sizes
    from seqbench.cli.options.notes import noting, warn
    from seqbench.cli.options.plugins import data_dir, plugin, registry_of, without, words_dir
    from seqbench.cli.options.printing import FormatName, beside, confusion, form, per_tag, rows
    from seqbench.cli.options.running import (
        Seeds,
        budget,
        device,
        epochs,
        executor,
        gpus,
        isolate,
        jobs,
        memory,
        reporter,
        seconds,
        select,
        threads,
        timeout,
    )

__all__ = [
    "FormatName",
    "Seeds",
    "against",
    "beside",
    "budget",
    "confusion",
    "data_dir",
    "device",
    "epochs",
    "executor",
    "folds",
    "form",
    "gpus",
    "group",
    "isolate",
    "jobs",
    "memory",
    "noting",
    "per_tag",
    "plugin",
    "policy",
    "registry_of",
    "reporter",
    "resplits",
    "rope",
    "rows",
    "scheme",
    "scores",
    "seconds",
    "select",
    "spans_of",
    "task",
    "threads",
    "timeout",
    "train",
    "train_sizes",
    "warn",
    "without",
    "without_type",
    "words_dir",
]

_HOMES = {
    "comparing": ("against", "policy", "rope", "scheme", "scores", "spans_of", "without_type"),
    "data": ("folds", "group", "resplits", "task", "train", "train_sizes"),
    "notes": ("noting", "warn"),
    "plugins": ("data_dir", "plugin", "registry_of", "without", "words_dir"),
    "printing": ("FormatName", "beside", "confusion", "form", "per_tag", "rows"),
    "running": (
        "Seeds",
        "budget",
        "device",
        "epochs",
        "executor",
        "gpus",
        "isolate",
        "jobs",
        "memory",
        "reporter",
        "seconds",
        "select",
        "threads",
        "timeout",
    ),
}

__getattr__ = loading(__name__, _HOMES)
