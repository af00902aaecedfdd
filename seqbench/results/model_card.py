"""The card of a kept model: a README.md with front matter as model hubs read it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from seqbench.results.model_record import KeptScore, ModelRecord
from seqbench.scoring.core_scores import BY_NAME

_MOST_TAGS = 60
_FOUR_DIGITS = 1000


def card(record: ModelRecord) -> str:
    """The text of README.md: data and licence, scores with intervals, costs, limits, how to load the model."""
    return "\n".join([*_front_matter(record), *_what(record), *_scores(record), *_costs(record), *_use(record), ""])


def _front_matter(record: ModelRecord) -> Iterator[str]:
    """YAML, in which texts are written as JSON."""
    data = record.trained_on
    yield "---"
    yield "library_name: seqbench"
    yield "pipeline_tag: token-classification"
    yield f"tags: {json.dumps(['sequence-labelling', record.spec.partition('(')[0]])}"
    yield f"datasets: {json.dumps([data.name])}"
    if data.language:
        yield f"language: {json.dumps(data.language)}"
    if data.licence:
        yield f"license: {json.dumps(data.licence)}"
    yield "metrics: [accuracy]"
    yield "---"


def _what(record: ModelRecord) -> Iterator[str]:
    data, origin = record.trained_on, record.origin
    tags = ", ".join(f"`{tag}`" for tag in record.tags[:_MOST_TAGS])
    more = f" and {len(record.tags) - _MOST_TAGS} more" if len(record.tags) > _MOST_TAGS else ""
    yield f"\n# {record.label} on {data.name}\n"
    yield "A sequence tagger, trained and measured by seqbench.\n"
    yield f"* Model: `{record.spec}`, seed {record.seed}"
    yield f"* Code: {origin.distribution or f'plugin {origin.plugin}'} {origin.version or ''}".rstrip()
    yield f"* Data: {data.name}, fingerprint `{data.fingerprint}`, licence: {data.licence or 'not known to seqbench'}"
    for name, size in data.splits.items():
        yield f"* {name}: {size.sentences:,} sentences, {size.tokens:,} tokens"
    yield f"* Tags ({len(record.tags)}): {tags}{more}"
    if record.layers:
        yield f"* Input layers beside the words: {', '.join(record.layers)}"


def _scores(record: ModelRecord) -> Iterator[str]:
    yield "\n## Scores on test\n\n| score | value | 95 % interval over sentences |\n|---|---|---|"
    for name, score in record.scores.items():
        if score.value is not None:
            title = BY_NAME[name].title if name in BY_NAME else name
            yield f"| {title} | {100 * score.value:.2f} % | {_interval(score)} |"
    for name, value in record.metrics.items():
        if value is not None:
            yield f"| {name} | {value:.4f} | - |"
    if record.dev_score is not None:
        yield f"\nScore on dev, by which a seed is chosen ({record.dev_metric}): {record.dev_score:.4f}."


def _interval(score: KeptScore) -> str:
    return f"{100 * score.ci95[0]:.2f} to {100 * score.ci95[1]:.2f}" if score.ci95 else "-"


def _costs(record: ModelRecord) -> Iterator[str]:
    yield f"\n## Costs\n\nMeasured on {record.device} with {record.threads} thread{'s' * (record.threads > 1)}.\n"
    for name, value in record.timings.items():
        if value is not None and name != "bytes_on_disk":  # which the last line has
            yield f"* {name.replace('_', ' ')}: {_figure(value)}"
    yield f"* bytes on disk: {sum(file.bytes for file in record.files):,}"


def _figure(value: float) -> str:
    """A number with four digits, or with all that stand before the point."""
    return f"{value:,.0f}" if abs(value) >= _FOUR_DIGITS else f"{value:.4g}"


def _use(record: ModelRecord) -> Iterator[str]:
    yield "\n## Limits\n"
    yield f"The scores hold for text like that of {record.trained_on.name}; on other text expect less."
    yield "The model gives one of its tags to every token, also where none fits."
    for note in (*record.trained_on.notes, *record.notes):
        yield f"* {note}"
    yield "\n## How to load it\n\n```sh\necho 'The dog ate the apple' | seqbench tag FOLDER\n```\n"
    yield '```python\nimport seqbench\n\nseqbench.load("FOLDER").predict([["The", "dog"]])\n```'
