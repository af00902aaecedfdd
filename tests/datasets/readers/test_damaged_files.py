"""A small seeded run of benchmarks/reliability/reading.py: damaged files are read, or refused with their name."""

import importlib.util
from pathlib import Path

import pytest

COMMAND = Path(__file__).resolve().parents[3] / "benchmarks" / "reliability" / "reading.py"
SPEC = importlib.util.spec_from_file_location("reading", COMMAND)
reading = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reading)


@pytest.mark.parametrize("name", reading.READERS)
def test_damaged_files_give_a_corpus_or_one_error_with_the_file(tmp_path, name):
    ends = reading.tried(name, 200, 7, tmp_path)
    assert set(ends) == {"read", "refused"}
