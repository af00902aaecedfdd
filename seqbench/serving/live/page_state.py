"""The page that is served, and how far its run is: written by one thread, read by those of the server."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Condition


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Page as browsers get it. `number` counts the versions of the page, 0: there is none yet.

    `status` says in a sentence how far the run is; after `over` nothing changes any more.
    """

    html: str = ""
    number: int = 0
    status: str = "the page is being made"
    over: bool = False


@dataclass
class PageState:
    """Page that is shown, and the versions that browsers have of it."""

    _shown: Shown = field(default_factory=Shown)
    _fetched: int = 0
    _visited: bool = False
    _end_told: bool = False
    _changed: Condition = field(default_factory=Condition)

    def show(self, status: str, html: str | None = None) -> None:
        """Show a sentence, and a new version of the page if there is one."""
        with self._changed:
            page = {} if html is None else {"html": html, "number": self._shown.number + 1}
            self._shown = replace(self._shown, status=status, **page)  # type: ignore[arg-type]

    def end(self) -> None:
        """End the page: it will not change any more."""
        with self._changed:
            self._shown = replace(self._shown, over=True)

    def status_for_browser(self) -> Shown:
        """Page that is shown now; a browser asks how far it is."""
        with self._changed:
            self._visited, self._end_told = True, self._shown.over
            self._changed.notify_all()
            return self._shown

    def page_for_browser(self) -> Shown:
        """Page that is shown now; a browser asks for it."""
        with self._changed:
            self._fetched = self._shown.number
            self._changed.notify_all()
            return self._shown

    def wait_until_known(self, seconds: float) -> bool:
        """Whether browsers know the end and have the last page, after at most so many seconds.

        True at once if no browser was ever here.
        """
        with self._changed:
            return self._changed.wait_for(self._is_known, seconds)

    def _is_known(self) -> bool:
        return not self._visited or (self._end_told and self._fetched == self._shown.number)
