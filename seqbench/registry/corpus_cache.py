"""Corpora of large files, kept encoded in the user's cache: opened again, their arrays are mapped into memory.

A folder of the cache is one file as one reader reads it with these options. Its name says which, and the state of the
file (size, times, inode) and of the reader's code: what has changed is read again, and the older folder is removed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from seqbench.contracts.datasets import DataAccess
from seqbench.data.corpus import Corpus
from seqbench.data.stored_corpus import opened, write
from seqbench.registry.entries import Entry
from seqbench.registry.tagger_code import code_of

LARGE = 50_000_000
"""Bytes from which on a file, as it lies on disk, is kept encoded."""
_SOURCE, _ARRAYS = "source.json", "arrays"
_ABANDONED = 86_400  # seconds after which a folder that was begun is nobody's any more


@dataclass(frozen=True)
class CachedCorpus:
    """Corpus of a large file, with its folder in the cache, whether that is there or not.

    The folder's name begins, up to the hyphen, with what is the same for all states of the file.
    """

    file: Path
    folder: Path
    state: str

    @classmethod
    def of(cls, file: Path, entry: Entry, options: Mapping[str, object], access: DataAccess) -> CachedCorpus | None:
        """Corpus of a file as this reader reads it with these options; None for files that are not kept encoded."""
        if entry.plugin.once or not file.is_file() or file.stat().st_size < LARGE:
            return None
        source = _hash([str(file.resolve()), entry.name, {name: repr(value) for name, value in options.items()}])
        state = _state(file)
        name = f"{source}-{_hash([state, code_of(entry)])}"
        return cls(file, folder_of(access) / name, state)

    def corpus(self, read: Callable[[Path | None], Corpus], tell: Callable[[str], None]) -> Corpus:
        """Corpus from the cache, else as it is read into it; that is said, as is a cache that cannot be written.

        `read` is handed a folder, into which it may write arrays.
        """
        corpus = opened(self.folder / _ARRAYS)
        if corpus is not None:
            return corpus
        try:
            with self._begun() as begun:
                corpus = self._kept(begun, read(begun / _ARRAYS))
        except OSError as error:
            tell(f"{self.file}: cannot be kept encoded in {self.folder.parent}: {error.strerror or error}")
            return read(None)
        if self.folder.exists():
            size = f"{_described(self.folder).size / 1e6:,.1f} MB"
            tell(f"{self.file}: kept encoded in the cache ({size}); 'seqbench datasets --clear-cache' removes it")
        return corpus

    @contextmanager
    def _begun(self) -> Iterator[Path]:
        """New folder beside the one of the corpus; what is left of it is removed at the end."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        begun = Path(mkdtemp(prefix=f"{self.folder.name}.", dir=self.folder.parent))
        try:
            (begun / _ARRAYS).mkdir()
            yield begun
        finally:
            shutil.rmtree(begun, ignore_errors=True)

    def _kept(self, begun: Path, corpus: Corpus) -> Corpus:
        """Corpus as it is opened from the cache, unless its file was written to while it was read."""
        write(corpus, begun / _ARRAYS)
        if _state(self.file) != self.state:
            return corpus
        (begun / _SOURCE).write_text(json.dumps({"file": str(self.file.resolve())}), encoding="ascii")
        self._remove_others()
        with suppress(OSError):  # another process was quicker
            begun.rename(self.folder)
        kept = opened(self.folder / _ARRAYS)
        return corpus if kept is None else kept

    def _remove_others(self) -> None:
        """Remove the folders of other states of the file, and of this state if it was damaged."""
        for folder in self.folder.parent.glob(f"{self.folder.name.partition('-')[0]}-*"):
            whole = "." not in folder.name
            if whole or time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class KeptFile:
    """File whose corpus is in the cache: bytes of its arrays, and seconds since the epoch when they were written."""

    file: str
    size: int
    written: float


def kept_files(access: DataAccess) -> list[KeptFile]:
    """Files whose corpora are in the cache, with what is damaged or was only begun there."""
    return [_described(folder) for folder in sorted(folder_of(access).glob("*-*"))]


def clear(access: DataAccess) -> None:
    """Remove all corpora from the cache."""
    shutil.rmtree(folder_of(access), ignore_errors=True)


def folder_of(access: DataAccess) -> Path:
    """Folder of encoded corpora in the cache."""
    return (access.cache or _users_cache()) / "encoded"


def _users_cache() -> Path:
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("seqbench"))


def _described(folder: Path) -> KeptFile:
    try:
        file = str(json.loads((folder / _SOURCE).read_text(encoding="ascii"))["file"])
    except (OSError, ValueError, KeyError):
        file = f"{folder} (not complete)"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return KeptFile(file, size, folder.stat().st_mtime)


def _state(file: Path) -> str:
    """Size, times and inode of a file: another content has another state."""
    status = file.stat()
    return _hash([status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino])


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
