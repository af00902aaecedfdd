"""A badge that says how many promises a plugin keeps: a small SVG, and the Markdown line that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from seqbench.version import __version__

_LETTER, _MARGIN, _HEIGHT = 7, 6, 20
_KEPT, _BROKEN = "#2a7f3f", "#b3261e"


@dataclass(frozen=True, kw_only=True)
class Badge:
    """Number of promises that were checked, and how many of them are broken."""

    promises: int
    broken: int

    @property
    def left(self) -> str:
        """Words on the left: which version of seqbench checked."""
        return f"seqbench {__version__}"

    @property
    def right(self) -> str:
        """Words on the right: how many promises are kept."""
        kept = self.promises - self.broken
        return f"{kept} promises kept" if not self.broken else f"{kept} of {self.promises} promises kept"

    def markdown(self, address: str) -> str:
        """Line of Markdown that shows the badge from this place."""
        return f"![{self.left}: {self.right}](<{address}>)"

    def svg(self) -> str:
        """Picture of the badge; it refers to nothing outside itself."""
        widths = [_LETTER * len(words) + 2 * _MARGIN for words in (self.left, self.right)]
        colours = ("#444444", _BROKEN if self.broken else _KEPT)
        title = escape(f"{self.left}: {self.right}")
        parts = [
            _part(words, start, width, colour)
            for words, start, width, colour in zip(
                (self.left, self.right), (0, widths[0]), widths, colours, strict=True
            )
        ]
        size = f'width="{sum(widths)}" height="{_HEIGHT}" role="img"'
        style = 'font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>'
        return "\n".join([head, f"<title>{title}</title>", *parts, "</svg>", ""])


def _part(words: str, start: int, width: int, colour: str) -> str:
    """Half of the badge: words on a ground of one colour, as wide as they were reckoned whatever the font."""
    ground = f'<rect x="{start}" width="{width}" height="{_HEIGHT}" fill="{colour}"/>'
    attributes = f'x="{start + _MARGIN}" y="14" textLength="{width - 2 * _MARGIN}" fill="white"'
    return f"{ground}<text {attributes}>{escape(words)}</text>"
