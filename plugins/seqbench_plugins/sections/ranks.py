"""The critical-difference diagram of mean ranks over several datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seqbench.sections import (
    Figure,
    Findings,
    ModelKey,
    Ranking,
    data,
    fields,
    figure,
    safe_line,
)

_ROW = 24  # pixels


def section(findings: Findings) -> Iterator[Figure]:
    """A diagram for each metric that ranks models over datasets."""
    for ranking in findings.rankings:
        yield _ranks(ranking, findings.results.names)


def _ranks(ranking: Ranking, names: Mapping[ModelKey, str]) -> Figure:
    """The critical-difference diagram: models at their mean rank, bars over those that are not told apart."""
    import altair as alt

    labels = [safe_line(names[model]) for model in ranking.models]
    order = [labels[model] for model in ranking.order]
    models = data({"model": labels[m], "rank": ranking.mean_ranks[m]} for m in ranking.order)
    bars = data(
        {
            "model": labels[clique[0]],
            "first": min(ranking.mean_ranks[m] for m in clique),
            "last": max(ranking.mean_ranks[m] for m in clique),
        }
        for clique in ranking.cliques
    )
    y = alt.Y("model:N", sort=order, title=None)
    domain = [1, max(2, len(labels))]
    scale, title = alt.Scale(domain=domain, nice=False), "mean rank (1 is best)"
    x, first = (alt.X(f"{field}:Q", title=title, scale=scale) for field in ("rank", "first"))
    chart = alt.layer(
        alt.Chart(bars).mark_rule(strokeWidth=5).encode(x=first, x2=alt.X2("last:Q"), y=y),
        alt.Chart(models).mark_point(filled=True, size=90).encode(
            x=x, y=y, tooltip=fields("model:N", alt.Tooltip("rank:Q", format=".2f"))
        ),
        alt.Chart(models).mark_text(dy=-9, fontSize=10).encode(x=x, y=y, text=alt.Text("rank:Q", format=".2f")),
    ).properties(height=_ROW * len(labels) + 10)  # fmt: skip
    about = f"Mean ranks over {len(ranking.datasets)} datasets; a bar joins models that are not told apart."
    return figure("ranks", "Critical differences over all datasets", about, chart)
