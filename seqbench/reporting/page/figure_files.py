"""The pictures of the page as files for papers, SVG and PDF, drawn without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from seqbench.errors import UsageError
from seqbench.reporting.page.figure import CONFIG, Figure

_WIDTH = 520  # pixels
_PADDING = {"left": 28, "right": 28, "top": 5, "bottom": 5}  # letters are measured too narrow without a browser


def write_figures(folder: Path, figures: Sequence[tuple[str, Figure]]) -> list[Path]:
    """The files of pictures under their names, an SVG and a PDF of each. Raises `UsageError` if one cannot be written.

    What a reader of the page can choose is as the page first shows it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [path for name, figure in figures for path in _written(folder / name, figure)]
    except OSError as error:
        raise UsageError(f"cannot write pictures to {str(folder)!r}: {error.strerror or error}") from error


def _written(folder: Path, figure: Figure) -> Iterator[Path]:
    import vl_convert

    width = {"width": _WIDTH} if figure.spec["width"] == "container" else {}
    config = {**CONFIG, "background": "white", "padding": _PADDING}
    spec = {**figure.spec, **width, "title": figure.title, "config": config}
    drawings: dict[str, bytes] = {
        ".svg": vl_convert.vegalite_to_svg(spec).encode("utf-8"),
        ".pdf": vl_convert.vegalite_to_pdf(spec),
    }
    for ending, content in drawings.items():
        path = folder.with_name(folder.name + ending)
        path.write_bytes(content)
        yield path
