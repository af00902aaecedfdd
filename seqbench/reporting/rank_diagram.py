"""The critical-difference diagram, as text and as SVG: models at their mean rank, joined where not told apart.

After Demsar (2006); which models are joined is decided by Wilcoxon's test with Holm's correction, as Benavoli, Corani
and Mangili (2016) advise, and not by Nemenyi's, whose answer for two models depends on the others.
"""

from __future__ import annotations

from html import escape

from seqbench.comparing.across_datasets import Ranking

_COLUMNS = 10  # characters from one rank to the next
_AXIS, _ROW, _LETTER = 320, 22, 8  # pixels


def as_text(ranking: Ranking) -> str:
    """The axis of ranks, a line for each model and one for each group that is not told apart."""
    count = len(ranking.models)
    axis = "|" + ("-" * (_COLUMNS - 1) + "|") * (count - 1)
    width = len(axis) + 3
    numbers = "".join(f"{rank:<{_COLUMNS}}" for rank in range(1, count + 1)).rstrip()
    lines = [numbers, axis]
    for model in ranking.order:
        mark = " " * _column(ranking.mean_ranks[model]) + "o"
        lines.append(f"{mark:<{width}}{ranking.mean_ranks[model]:.2f}  {ranking.models[model]}")
    for clique in ranking.cliques:
        first, last = (_column(ranking.mean_ranks[model]) for model in (clique[0], clique[-1]))
        bar = " " * first + "=" * (last - first + 1)
        lines.append(f"{bar:<{width}}not told apart: {', '.join(ranking.models[model] for model in clique)}")
    return "\n".join(lines)


def as_svg(ranking: Ranking) -> str:
    """The same as a picture: labels to the left for the better half, to the right for the other, bars for groups."""
    count, order = len(ranking.models), ranking.order
    margin = _margin(ranking)
    width = _AXIS + 2 * margin
    half = (count + 1) // 2
    top = 50 + 10 * len(ranking.cliques)
    height = top + _ROW * half + 20
    parts = [_line(_x(ranking, 1), 30, _x(ranking, count), 30)]
    for rank in range(1, count + 1):
        parts += [
            _line(_x(ranking, rank), 24, _x(ranking, rank), 30),
            _text(_x(ranking, rank), 18, str(rank), "middle"),
        ]
    for place, model in enumerate(order):
        left = place < half
        y = top + _ROW * (place if left else count - 1 - place)
        x, edge = _x(ranking, ranking.mean_ranks[model]), margin - 10 if left else width - margin + 10
        label = f"{ranking.models[model]} {ranking.mean_ranks[model]:.2f}"
        parts += [_line(x, 30, x, y), _line(x, y, edge, y)]
        parts.append(_text(edge + (-6 if left else 6), y + 4, label, "end" if left else "start"))
    for number, clique in enumerate(ranking.cliques):
        ends = [_x(ranking, ranking.mean_ranks[model]) for model in (clique[0], clique[-1])]
        parts.append(_line(ends[0] - 4, 40 + 10 * number, ends[1] + 4, 40 + 10 * number, 5))
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    title = f"<title>{escape(f'mean ranks over {len(ranking.datasets)} datasets')}</title>"
    style = 'font-family="sans-serif" font-size="13" stroke-linecap="round"'
    body = "\n".join(parts)
    ground = '<rect width="100%" height="100%" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{title}\n{ground}\n{body}\n</svg>\n'


def _column(rank: float) -> int:
    return round((rank - 1) * _COLUMNS)


def _x(ranking: Ranking, rank: float) -> float:
    span = max(1, len(ranking.models) - 1)
    return _margin(ranking) + (rank - 1) / span * _AXIS


def _margin(ranking: Ranking) -> int:
    """Room for the longest label with its rank, and a gap."""
    return 40 + _LETTER * (max(map(len, ranking.models)) + len(" 1.00"))


def _line(x: float, y: float, to_x: float, to_y: float, width: float = 1) -> str:
    place = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {place} stroke="black" stroke-width="{width:g}"/>'


def _text(x: float, y: float, content: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'
