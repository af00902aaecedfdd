"""What several tests need: the real corpora where they are, and quick reproducible properties."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

hypothesis.settings.register_profile("seqbench", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.load_profile("seqbench")


@pytest.fixture
def shared() -> Path:
    """The folder of real corpora beside the project; a clone elsewhere does not have it."""
    if not SHARED.is_dir():
        pytest.skip("needs the real corpora in ../shared/data")
    return SHARED
