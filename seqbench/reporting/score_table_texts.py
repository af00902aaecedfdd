"""The ranking of published scores as texts, with what scores alone cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from seqbench.comparing import overall_standing
from seqbench.comparing.across_datasets import Ranking
from seqbench.reporting.across_datasets_tables import ranks
from seqbench.reporting.across_datasets_words import overall_verdict
from seqbench.reporting.rank_diagram import as_svg, as_text
from seqbench.reporting.table import drawing, json_text, paragraph, rendered
from seqbench.results.model_names import ModelKey
from seqbench.version import __version__

LIMITS = (
    "note: only scores are known. No difference on one dataset is tested, since neither text nor seeds are there; "
    "scores of different sources may be of other splits or scorers; datasets count as independent samples of one kind."
)


def names_of(ranking: Ranking) -> dict[ModelKey, str]:
    """The names of all models, with those that are left out."""
    return {key: key.label for key in (*ranking.models, *ranking.left_out)}


def score_table_texts(ranking: Ranking, form: str) -> Iterator[str]:
    """Tables and the diagram in one of the formats, or the JSON."""
    names = names_of(ranking)
    if form == "json":
        yield json_text({"seqbench": __version__, "rankings": [overall_standing.as_json(ranking, names)]})
        return
    if sentence := paragraph(overall_verdict(ranking, names), form):
        yield sentence + "\n"
    for table in ranks(ranking, names):
        yield rendered(table, form) + "\n"
    if form == "table":
        yield as_text(ranking, names) + "\n"
    elif svg := drawing(as_svg(ranking, names), form):
        yield svg
