"""The critical-difference diagram, as text and as SVG: models at their mean rank, joined where not told apart.

After Demsar (2006); which models are joined is decided by the tests of pairs: by default Wilcoxon's with Holm's
correction, as Benavoli, Corani and Mangili (2016) advise, since Nemenyi's answer for two models depends on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from seqbench.comparing.across_datasets import Ranking
from seqbench.reporting import safe_text
from seqbench.results.model_names import ModelKey

_COLUMNS = 10  # characters from one rank to the next
_AXIS, _ROW, _LETTER = 320, 22, 8  # pixels


def as_text(ranking: Ranking, names: Mapping[ModelKey, str]) -> str:
    """The axis of ranks, a line for each model and one for each group that is not told apart."""
    count, labels = len(ranking.models), [safe_text.line(names[model]) for model in ranking.models]
    axis = "|" + ("-" * (_COLUMNS - 1) + "|") * (count - 1)
    width = len(axis) + 3
    numbers = "".join(f"{rank:<{_COLUMNS}}" for rank in range(1, count + 1)).rstrip()
    lines = [numbers, axis]
    for model in ranking.order:
        mark = " " * _column(ranking.mean_ranks[model]) + "o"
        lines.append(f"{mark:<{width}}{ranking.mean_ranks[model]:.2f}  {labels[model]}")
    for clique in ranking.cliques:
        first, last = (_column(ranking.mean_ranks[model]) for model in (clique[0], clique[-1]))
        bar = " " * first + "=" * (last - first + 1)
        lines.append(f"{bar:<{width}}not told apart: {', '.join(labels[model] for model in clique)}")
    if ranking.beside_one:
        lines.append("No bars for what is not told apart: only pairs with one model are tested.")
    return "\n".join(lines)


def _column(rank: float) -> int:
    return round((rank - 1) * _COLUMNS)


def as_svg(ranking: Ranking, names: Mapping[ModelKey, str]) -> str:
    """The diagram as a picture: labels to the left for the better half, to the right for the other, bars for groups."""
    return _Picture(ranking, [safe_text.line(names[model]) for model in ranking.models]).svg()


@dataclass(frozen=True)
class _Picture:
    """The diagram in pixels; `labels` are those of the models, by number."""

    ranking: Ranking
    labels: list[str]

    def svg(self) -> str:
        """The whole picture."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        title = f"<title>{escape(f'mean ranks over {len(self.ranking.datasets)} datasets')}</title>"
        style = 'font-family="sans-serif" font-size="13" stroke-linecap="round"'
        body = "\n".join([*self._axis(), *self._models(), *self._bars()])
        ground = '<rect width="100%" height="100%" fill="white"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{title}\n{ground}\n{body}\n</svg>\n'

    @property
    def margin(self) -> int:
        """Room for the longest label with its rank, and a gap."""
        return 40 + _LETTER * (max(map(len, self.labels)) + len(" 1.00"))

    @property
    def width(self) -> int:
        """Width of the picture."""
        return _AXIS + 2 * self.margin

    @property
    def top(self) -> int:
        """Height at which the labels begin, below axis and bars."""
        return 50 + 10 * len(self.ranking.cliques)

    @property
    def half(self) -> int:
        """Number of labels to the left."""
        return (len(self.labels) + 1) // 2

    @property
    def height(self) -> int:
        """Height of the picture."""
        return self.top + _ROW * self.half + 20

    def _x(self, rank: float) -> float:
        return self.margin + (rank - 1) / max(1, len(self.labels) - 1) * _AXIS

    def _axis(self) -> Iterator[str]:
        yield _line(self._x(1), 30, self._x(len(self.labels)), 30)
        for rank in range(1, len(self.labels) + 1):
            yield _line(self._x(rank), 24, self._x(rank), 30)
            yield _text(self._x(rank), 18, str(rank), "middle")

    def _models(self) -> Iterator[str]:
        for position, model in enumerate(self.ranking.order):
            left, rank = position < self.half, self.ranking.mean_ranks[model]
            y = self.top + _ROW * (position if left else len(self.labels) - 1 - position)
            x, edge = self._x(rank), self.margin - 10 if left else self.width - self.margin + 10
            yield _line(x, 30, x, y)
            yield _line(x, y, edge, y)
            label = f"{self.labels[model]} {rank:.2f}"
            yield _text(edge + (-6 if left else 6), y + 4, label, "end" if left else "start")

    def _bars(self) -> Iterator[str]:
        for number, clique in enumerate(self.ranking.cliques):
            ends = [self._x(self.ranking.mean_ranks[model]) for model in (clique[0], clique[-1])]
            yield _line(ends[0] - 4, 40 + 10 * number, ends[1] + 4, 40 + 10 * number, 5)


def _line(x: float, y: float, to_x: float, to_y: float, width: float = 1) -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="black" stroke-width="{width:g}"/>'


def _text(x: float, y: float, content: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'
