"""A download cut at many places: each time it must go on there and end with the right content.

    python benchmarks/reliability/resuming.py [--cuts 1000] [--bytes 300000]

The server is one on this machine; nothing outside is asked.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from file_server import FileServer, serving

from seqbench_datasets.catalogue.entries import CatalogueEntry, CorpusFile, PinnedFile
from seqbench_datasets.catalogue.fetching import fetched

_PATH = "corpus.txt"


def main() -> None:
    """Cut, resume and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--bytes", type=int, default=300_000)
    asked = parser.parse_args()
    content = bytes(place * place % 251 for place in range(asked.bytes))
    pinned = PinnedFile(path=_PATH, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    places = sorted({1 + number * (asked.bytes - 2) // max(1, asked.cuts - 1) for number in range(asked.cuts)})
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        server.files[f"/o/n/{_PATH}"] = content
        right = sum(_resumed(server, pinned, Path(folder) / str(place), place) for place in places)
    print(f"{right} of {len(places)} downloads of {asked.bytes:,} bytes, cut at as many places, went on at the cut "
          "and ended with the right content")  # fmt: skip
    sys.exit(right < len(places))


def _resumed(server: FileServer, pinned: PinnedFile, cache: Path, place: int) -> bool:
    """Whether a download that is cut at a place went on there, and is right."""
    server.cuts = [place]
    server.requests.clear()
    texts = dict.fromkeys(("title", "description", "task", "language", "licence", "citation", "format"), "x")
    entry = CatalogueEntry(**texts, repo="o/n", commit="0" * 40, files=(CorpusFile(split="all", path=_PATH),))
    path = fetched(entry, pinned, server.access(cache))
    whole = hashlib.sha256(path.read_bytes()).hexdigest() == pinned.sha256
    return whole and [bytes_asked for _, bytes_asked in server.requests] == [None, f"bytes={place}-"]


if __name__ == "__main__":
    main()
