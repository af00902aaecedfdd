"""A run as one file for others: its records and predictions, and the words of its data where these may travel."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec.structs import replace

from seqbench.errors import DataError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.results.bundled_words import Terms, packed_words
from seqbench.results.files import content_of, explained, write_whole
from seqbench.results.portable_records import portable_json
from seqbench.results.record_files import required_record
from seqbench.results.records import DatasetRecord, Manifest
from seqbench.results.store import Store

WORDS = "words"
_DATE = (1980, 1, 1, 0, 0, 0)  # of every file, so that the same run gives the same bundle
_README = """A run of seqbench {version}, packed for others. Open it with

    seqbench bundle {name} --out FOLDER
    seqbench show FOLDER

or unpack it, and name the folder that holds run.json. Nothing in it is a program.

{terms}
"""


@dataclass(frozen=True)
class Bundle:
    """Packed run: the number of files, and notes on the words of each dataset."""

    files: int
    notes: list[str]


def pack(store: Store, out: Path, registry: Registry, *, all_words: bool = False) -> Bundle:
    """Write a run to one zip file, with words where their licence lets them, or with all words that are there.

    Raises `StoreError` if a file of the run cannot be read, or the bundle cannot be written.
    """
    if out.exists():
        raise StoreError(f"{str(out)!r} is there already; choose another --out")
    with TemporaryDirectory(dir=out.parent if out.parent.is_dir() else None) as folder, explained(store.folder):
        sources, notes = _words(store, Path(folder), registry, all_words=all_words)
        unfinished = Path(folder) / "bundle.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _contents(store, Path(folder), sources, notes, out.name):
                info = zipfile.ZipInfo(f"{out.stem}/{name}", _DATE)
                info.compress_type = zipfile.ZIP_STORED if name.endswith(".npz") else zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, content)
            files = len(archive.namelist())
        write_whole(out, unfinished.read_bytes())
    return Bundle(files, notes)


def _words(store: Store, folder: Path, registry: Registry, *, all_words: bool) -> tuple[dict[str, str], list[str]]:
    """By fingerprint the source of packed words, and what is said of each dataset; the words lie in the folder."""
    sources: dict[str, str] = {}
    notes = []
    for number, dataset in enumerate(store.manifest().datasets):
        terms = Terms.of(dataset.source, registry)
        if not terms.lets and not all_words:
            notes.append(f"{dataset.name}: without words: {terms.text}; --words packs them if you may pass them on")
            continue
        try:
            source = packed_words(store.dataset(dataset.fingerprint), registry, folder, f"{WORDS}/{number}")
        except (DataError, StoreError) as error:
            notes.append(f"{dataset.name}: without words: {error}")
            continue
        if source:
            sources[dataset.fingerprint] = source
        why = f"with words ({terms.text})" if source else "without words: no format holds them"
        notes.append(f"{dataset.name}: {why}")
    return sources, notes


def _contents(
    store: Store, folder: Path, sources: dict[str, str], notes: list[str], name: str
) -> Iterator[tuple[str, bytes]]:
    """The files of the bundle: each name with its content."""
    manifest = required_record(str(store.manifest_path), Manifest)
    datasets = tuple(replace(d, source=sources.get(d.fingerprint, d.source)) for d in manifest.datasets)
    yield "README.txt", _README.format(version=manifest.seqbench, name=name, terms="\n".join(notes)).encode()
    yield "run.json", _json(replace(manifest, datasets=datasets), store.folder)
    for part in ("data", "trials"):
        for path in sorted((store.folder / part).iterdir()):
            if path.suffix in {".json", ".npz"} and path.is_file():
                yield f"{part}/{path.name}", _content(path, store.folder, sources)
    kept = {source.partition("?")[0].removeprefix("./") for source in sources.values()}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if path.is_file() and any(relative == source or relative.startswith(f"{source}/") for source in kept):
            yield relative, path.read_bytes()


def _content(path: Path, run: Path, sources: dict[str, str]) -> bytes:
    """Bytes of a file; the record of a dataset whose words are packed names them."""
    if path.parent.name == "data" and path.suffix == ".json" and path.stem in sources:
        record = required_record(str(path), DatasetRecord)
        return _json(replace(record, source=sources[path.stem]), run)
    return content_of(str(path))


def _json(record: msgspec.Struct, run: Path) -> bytes:
    text = json.dumps(portable_json(msgspec.to_builtins(record), run), ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode(errors="backslashreplace")
