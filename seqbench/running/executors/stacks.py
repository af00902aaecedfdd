"""The stack that a hanging process wrote last: in the order of a traceback, and the line where the process was."""

from __future__ import annotations

import os
import re
from pathlib import Path

_STACK_BEGINS = "(most recent call first):"
_STACK_LINE = re.compile(r'^  File "(.+)", line (\d+) in ', re.MULTILINE)


def innermost_last(output: str) -> str:
    """Text that a process wrote, with the stack that may end it turned round, as in a Python traceback."""
    before, begins, stack = output.rpartition(_STACK_BEGINS)
    lines = [line for line in stack.splitlines() if line.startswith("  File ")]
    return "\n".join([before + begins.replace("first", "last"), *reversed(lines)]) if begins else output


def place_in(output: str) -> str:
    """Place where a process was, if it wrote its stack last: the innermost line outside of Python's own library."""
    library = str(Path(os.__file__).parent)
    stack = output.rpartition(_STACK_BEGINS)[2] if _STACK_BEGINS in output else ""
    lines = [(file, line) for file, line in _STACK_LINE.findall(stack) if not file.startswith(library)]
    return next((f" ({Path(file).name}:{line})" for file, line in lines), "")
