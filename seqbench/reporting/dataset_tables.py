"""Tables of one dataset, and of the large files in the cache."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from seqbench.data.dataset import Dataset
from seqbench.data.statistics import SplitStatistics, statistics_of, tag_shares
from seqbench.registry.corpus_cache import KeptFile
from seqbench.registry.entries import Entry
from seqbench.reporting.layout import layout_of
from seqbench.reporting.table import listing
from seqbench.reporting.text_width import wrapped

_TAGS = 20
"""So many tags are shown with their shares."""
_INDENT, _NARROWEST = 10, 20  # columns of the names of facts; least columns of their texts
_HEADS = ("split", "sentences", "tokens", "forms", "tags", "documents", "mean length", "longest", "repeated", "entropy",
          "unknown %", "ambiguous %", "baseline %")  # fmt: skip


def kept_list(files: Sequence[KeptFile], form: str) -> str:
    """Large files whose corpora are kept encoded, with the megabytes of their arrays and the day they were written."""
    rows = [[f.file, f"{f.size / 1e6:,.1f}", f"{datetime.fromtimestamp(f.written, UTC):%Y-%m-%d}"] for f in files]
    return listing(["file", "MB", "encoded"], rows, form)


def facts(entry: Entry, form: str) -> str:
    """Lines of what is known of a registered dataset without loading it, as wide as the form says."""
    about = entry.about
    sizes = "; ".join(f"{split} {size[0]:,} sentences, {size[1]:,} tokens" for split, size in about.sizes.items())
    lines = {
        "task": about.task,
        "language": about.language,
        "licence": f"{about.licence} ({about.obligations})" if about.obligations else about.licence,
        "citation": about.citation,
        "published": sizes,
    }
    columns = max(_NARROWEST, (layout_of(form).width or sys.maxsize) - _INDENT)
    rows = [_fitting(f"{entry.name}: {entry.summary}", form)]
    for name, text in lines.items():
        heads = [f"{name:<{_INDENT}}", *[" " * _INDENT] * len(text)]
        rows += [head + row for head, row in zip(heads, wrapped(text, columns), strict=False)] if text else []
    return "\n".join(rows)


def description(dataset: Dataset, form: str) -> str:
    """Statistics of each split as a table; as plain text also the shares of tags and all notes."""
    rows = [_statistics_row(split, statistics) for split, statistics in statistics_of(dataset).items()]
    table = listing(list(_HEADS), rows, form)
    if form != "table":
        return table
    notes = "".join(f"\nnote: {note}" for note in dataset.notes)
    shares = tag_shares(dataset.train if dataset.train.tokens else dataset.test)
    shown = ", ".join(f"{tag} {100 * share:.1f} %" for tag, share in list(shares.items())[:_TAGS])
    more = f" and {len(shares) - _TAGS:,} more" if len(shares) > _TAGS else ""
    return f"{dataset.name} (fingerprint {dataset.fingerprint})\n\n{table}\n\n" + _fitting(
        f"tags: {shown}{more}{notes}", form
    )


def _fitting(text: str, form: str) -> str:
    """Lines that are broken where the layout is narrower."""
    columns = layout_of(form).width
    return "\n".join(row for line in text.split("\n") for row in (wrapped(line, columns) if columns else [line]))


def _statistics_row(split: str, statistics: SplitStatistics) -> list[str]:
    sizes = (statistics.sentences, statistics.tokens, statistics.forms, statistics.tags, statistics.documents)
    shares = (statistics.unknown, statistics.ambiguous, statistics.baseline)
    lengths = [f"{statistics.mean_length:.1f}", f"{statistics.longest:,}", f"{statistics.repeated:,}"]
    percents = ["" if share is None else f"{100 * share:.2f}" for share in shares]
    return [split, *(f"{size:,}" for size in sizes), *lengths, f"{statistics.entropy:.2f}", *percents]
