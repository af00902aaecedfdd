"""Key of a trial: a hash of all that determines its result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

RESULT_VERSION = 2
"""Part of every trial's key: raised when seqbench itself would give other results for the same trial."""


def key_of(identity: Mapping[str, Any]) -> str:
    """Key of a trial: 12 hex digits of the hash of all that determines its result."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:12]
