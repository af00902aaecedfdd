"""The programs of benchmarks/truth, which import each other by their bare names."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

TRUTH = Path(__file__).resolve().parents[3] / "benchmarks" / "truth"


@pytest.fixture(scope="session")
def truth():
    """Imports a program by its name."""

    def program(name):
        sys.path.insert(0, str(TRUTH))
        try:
            return import_module(name)
        finally:
            sys.path.remove(str(TRUTH))

    return program
