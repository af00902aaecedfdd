"""A few file calls of a run's folder fail: nothing is lost or left half; all of them do so by command."""

import subprocess
import sys
from pathlib import Path

FAILING = Path(__file__).resolve().parents[1] / "benchmarks" / "reliability" / "failing_calls.py"


def test_no_file_call_that_fails_loses_a_result_or_leaves_half_of_one():
    command = [sys.executable, FAILING, "200", "60", "half", "power"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "8 failing calls (half 4, power 4): 0 faults" in done.stdout.splitlines()[0]
