"""Promises of saved models: what is loaded is what was saved, and a folder holds data alone, which may be damaged."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from seqbench.contracts.tagger import Conditions, Probabilistic, Saveable
from seqbench.data.corpus import Corpus
from seqbench.errors import SeqbenchError
from seqbench.testing.examples import KNOWN, encoded, fitted, probabilities_of, tags_of
from seqbench.testing.promise import Make, Promise, require

_ROUNDING = 1e-5
_PROTOCOLS = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
"""The first two bytes of a pickle, whose third begins a frame, a value or a name."""


@contextmanager
def _kept(tagger: Saveable) -> Iterator[Path]:
    """The folder of a saved tagger, moved after it was saved; removed when the block ends."""
    with tempfile.TemporaryDirectory() as temporary:
        (folder := Path(temporary) / "saved").mkdir()
        tagger.save(folder)
        yield Path(shutil.move(folder, Path(temporary) / "moved"))


def _tags(make: Make) -> None:
    tagger, other = fitted(make), make()
    if not isinstance(tagger, Saveable):
        return
    before = tags_of(tagger, KNOWN)
    with _kept(tagger) as folder:
        other.load(folder)
    for sentence, saved, loaded in zip(KNOWN, before, tags_of(other, KNOWN), strict=False):
        require(saved == loaded, f"{sentence!r} got {saved!r} before it was saved, and {loaded!r} after it was loaded")


def _probabilities(make: Make) -> None:
    tagger, other = fitted(make), make()
    if not isinstance(tagger, Saveable) or not isinstance(tagger, Probabilistic):
        return
    before = probabilities_of(tagger, encoded(KNOWN))
    with _kept(tagger) as folder:
        other.load(folder)
    moved = float(np.abs(before - probabilities_of(other, encoded(KNOWN))).max(initial=0))
    require(moved < _ROUNDING, f"a probability moves by {moved:.6f} between saving and loading")


def _replaces(make: Make) -> None:
    other_data = Corpus.encode([["the", "dog"], ["the"]], [["Z", "Z"], ["Q"]])
    tagger, new, used = fitted(make), make(), fitted(make, other_data, Conditions(dev=other_data))
    if not isinstance(tagger, Saveable) or not isinstance(used, Saveable):
        return
    with _kept(tagger) as folder:
        new.load(folder)
        used.load(folder)
    for sentence, tags, other in zip(KNOWN, tags_of(used, KNOWN), tags_of(new, KNOWN), strict=False):
        broken = (
            f"{sentence!r} got {tags!r} from a tagger that was fitted before it was loaded, {other!r} from a new one"
        )
        require(tags == other, broken)


def _no_code(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Saveable):
        return
    with _kept(tagger) as folder:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder)
            broken = (
                f"{str(name)!r} is a pickle, which runs code where it is loaded; save arrays (.npz, safetensors), JSON"
            )
            require(not _is_pickle(file), broken)


def _is_pickle(file: Path) -> bool:
    """Whether a file is a pickle, or an archive that holds one (as `torch.save` and arrays of objects do)."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            starts = [(name, archive.open(name).read(256)) for name in archive.namelist()]
        return any(name.endswith((".pkl", ".pickle")) or _starts_pickle(start) for name, start in starts)
    with file.open("rb") as opened:
        return _starts_pickle(opened.read(256))


def _starts_pickle(start: bytes) -> bool:
    objects = start.startswith(b"\x93NUMPY") and b"'descr': '|O'" in start
    return objects or (start.startswith(_PROTOCOLS) and start[2:3] in b"\x95c]}(KMJXC\x8c\x8a)")


def _damage(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Saveable):
        return
    with _kept(tagger) as folder:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            for what, damaged in (("cut in half", content[: len(content) // 2]), ("empty", b"")):
                file.write_bytes(damaged)
                _require_refused(make(), folder, f"with {str(file.relative_to(folder))!r} {what}")
            file.write_bytes(content)


def _require_refused(tagger: Saveable, folder: Path, what: str) -> None:
    """Load a damaged folder. Raises `BrokenPromiseError` if the error is none that a user is told plainly."""
    try:
        tagger.load(folder)
    except SeqbenchError:
        return
    except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
        way_out = "it must raise a seqbench.SeqbenchError that names the file"
        require(kept=False, broken=f"{what}, load raised {type(error).__name__}: {error}; {way_out}")


_SAVES = ("save", "load")
SAVING = (
    Promise("survives-saving", "tags alike after it was saved, moved and loaded, if it can be saved", _tags, _SAVES),
    Promise(
        "saves-probabilities",
        "has the same probabilities after it was loaded, if any",
        _probabilities,
        (*_SAVES, "predict_proba"),
    ),
    Promise("loading-forgets", "forgets what it had learned when it is loaded", _replaces, _SAVES),
    Promise("saves-no-code", "saves no pickle, which would run a stranger's code", _no_code, _SAVES),
    Promise("refuses-damage", "says plainly where a saved file is damaged", _damage, _SAVES),
)
