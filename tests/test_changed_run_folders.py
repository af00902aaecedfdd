"""A few run folders changed at random: every command answers or says one sentence; many more do so by command."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

FOLDERS = Path(__file__).resolve().parents[1] / "benchmarks" / "reliability" / "folders.py"


@pytest.fixture(scope="module")
def fuzzed():
    spec = spec_from_file_location("folders", FOLDERS)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.fuzzed


def test_no_changed_folder_ends_a_command_with_a_traceback(fuzzed):
    counts = fuzzed(20, 7, rerun=0)
    assert counts.keys() <= {"exit code 0", "exit code 1", "exit code 2"}
    assert counts.total() == 20
