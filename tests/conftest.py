"""What several tests need: the real corpora where they are, and small ones where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared() -> Path:
    """The folder of real corpora beside the project; a clone elsewhere does not have it."""
    if not SHARED.is_dir():
        pytest.skip("needs the real corpora in ../shared/data")
    return SHARED
