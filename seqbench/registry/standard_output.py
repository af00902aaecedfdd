"""Standard output belongs to results: what a plugin prints in its modules and functions goes to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout, suppress

_OUTPUT, _ERRORS = 1, 2


@contextmanager
def spared() -> Iterator[None]:
    """Context in which output of this process, also from C and from children, goes to standard error."""
    with redirect_stdout(sys.stderr):
        try:
            kept = os.dup(_OUTPUT)
        except OSError:  # it is closed: nothing can reach it
            yield
            return
        try:
            os.dup2(_ERRORS, _OUTPUT)
            yield
        finally:
            with suppress(OSError):
                os.dup2(kept, _OUTPUT)
            os.close(kept)


def spared_unless(*, handed_over: bool) -> AbstractContextManager[None]:
    """Context as `spared`; output of an object that was handed over from Python is for whoever did that."""
    return nullcontext() if handed_over else spared()
