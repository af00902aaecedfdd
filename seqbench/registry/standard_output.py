"""Standard output belongs to results: what a plugin prints while it is imported goes to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress

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
