"""Progress bars of files that are fetched, where someone can see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO


def download_bars(file: IO[str] | None) -> Callable[[str, int, int | None], None]:
    """Function that hears of a file, its bytes so far and all of its bytes, and moves a bar on a terminal."""
    if file is None or not file.isatty():
        return lambda _file, _received, _total: None
    return _Bars(file)


class _Bars:
    """Bars by file; rich is imported when the first byte has come."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._name = ""

    def __call__(self, name: str, received: int, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

        if name != self._name:
            self._name = name
            console = Console(file=self._file)
            self._bars = Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=console)
            self._task = self._bars.add_task(name, total=total)
            self._bars.start()
        self._bars.update(self._task, completed=received, total=total)
        if total is not None and received >= total:
            self._bars.stop()
