"""Names of files that stand for labels: no two labels have one name, on whatever file system."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_LONGEST = 80
_HASHED = 12


@lru_cache(maxsize=1024)
def file_name(label: str) -> str:
    """Label as a part of a file name: as it stands where that is allowed, else changed, with a hash behind `~`.

    A label with capitals gets a hash as well, for some file systems take `A` and `a` for one name.
    """
    name = older_file_name(label)
    if name == label == label.lower():
        return name
    return f"{name}~{hashlib.sha256(label.encode(errors='backslashreplace')).hexdigest()[:_HASHED]}"


@lru_cache(maxsize=1024)
def older_file_name(label: str) -> str:
    """Name that seqbench gave a label before the hash was added, which other labels may have too."""
    return re.sub(r"[^\w.+-]+", "_", label, flags=re.ASCII).strip("_.")[:_LONGEST] or "model"
