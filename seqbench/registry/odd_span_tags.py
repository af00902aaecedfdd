"""Notes on a dataset whose tags are spans: odd tags, and splits that are written in different schemes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from seqbench.contracts.metric import SpanSettings
from seqbench.data.corpus import Sequences
from seqbench.data.dataset import Dataset
from seqbench.spans import Reading, Scheme, SpanTags, detect, illegal, misfits, missing_types, scheme


def odd_span_tags(dataset: Dataset) -> Iterator[str]:
    """Sentences on the tags of each split that do not fit the scheme of the split, and on schemes that differ."""
    schemes: dict[str, Scheme] = {}
    plain: list[str] = []
    for split, corpus in (("train", dataset.train), ("dev", dataset.dev), ("test", dataset.test)):
        if corpus is None or not corpus.tokens:
            continue
        tags = tuple(corpus.tags.vocabulary)
        known = detect(tags, corpus.tags.ids, corpus.tags.offsets)
        varied = len(set(corpus.tags.vocabulary[corpus.tags.ids])) > 1
        if varied and known is None:
            plain.append(split)
        if known is not None:
            if varied:
                schemes[split] = known
            yield from misfits(Reading(tags, known), corpus.tags.ids, corpus.tags.offsets, split)
    if plain and schemes:
        spans, rest = " and ".join(schemes), " and ".join(plain)
        yield f"the tags of {spans} are spans, those of {rest} are none: is ?tags= the same column in all files?"
    if len({known.name for known in schemes.values()}) > 1:
        written = ", ".join(f"{split} in {known.name}" for split, known in schemes.items())
        yield f"the splits seem to be written in different span schemes ({written})"


def with_span_notes(dataset: Dataset, spans: SpanSettings) -> Dataset:
    """The dataset with notes on settings that hardly fit it: a scheme that gold breaks, types that no span has.

    Raises `UsageError` if there is no such scheme or policy, or the scheme has none of train's tags but `O`.
    """
    if spans.scheme is not None:
        tags = list(dataset.train.tags.vocabulary) or list(dataset.test.tags.vocabulary)
        SpanTags.of(tags, scheme(spans.scheme))
    return replace(dataset, notes=(*dataset.notes, *_notes(dataset.test.tags, spans)))


def _notes(gold: Sequences, spans: SpanSettings) -> Iterator[str]:
    tags = tuple(gold.vocabulary)
    detected = detect(tags, gold.ids, gold.offsets)
    known = scheme(spans.scheme) if spans.scheme else detected
    if known is None:
        return
    if spans.without:
        yield from missing_types(Reading(tags, known, spans.policy, spans.without))
    if detected is not None and known != detected and (moves := illegal(tags, gold.ids, gold.offsets, known)):
        yield f"{known.name} of --scheme forbids {moves:,} moves between gold tags of test, which fit {detected.name}"
