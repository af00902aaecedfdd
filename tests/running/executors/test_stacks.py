"""The stack that a hanging process writes: turned round, and the innermost line outside of Python's library."""

import os
from pathlib import Path

from seqbench.running.executors.stacks import innermost_last, place_in

LIBRARY = Path(os.__file__).parent
WRITTEN = f"""training
Current thread 0x0001 (most recent call first):
  File "{LIBRARY}/threading.py", line 9 in wait
  File "/somewhere/slow.py", line 7 in fit
  File "/somewhere/worker.py", line 3 in main
"""


def test_the_innermost_line_of_a_stack_is_last_as_in_a_traceback():
    assert innermost_last(WRITTEN).splitlines() == [
        "training",
        "Current thread 0x0001 (most recent call last):",
        '  File "/somewhere/worker.py", line 3 in main',
        '  File "/somewhere/slow.py", line 7 in fit',
        f'  File "{LIBRARY}/threading.py", line 9 in wait',
    ]


def test_the_place_is_the_innermost_line_that_is_not_python_s_own():
    assert place_in(WRITTEN) == " (slow.py:7)"


def test_text_without_a_stack_stays_and_has_no_place():
    assert (innermost_last("done"), place_in("done")) == ("done", "")
    assert place_in('  File "/somewhere/slow.py", line 7 in fit') == ""
