"""Damages to kept models, made from good ones: of files, of their formats, and of what they say of each other.

Half of them are made before the folder's own sizes and checksums are written again, so that it is the parsers that must
refuse them. Each damage is one that can be told from a good model.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random

Damage = Callable[[Path, Random], str | None]
"""Damages a folder; what was done, or None if this folder has no such part."""

MARK = "SEQBENCH_TEST_EXECUTED"


class Executes:
    """Leaves a mark in the environment where it is unpickled."""

    def __reduce__(self):
        return (os.putenv, (MARK, "1"))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in ("model.json", "README.md"))


def _chosen(folder: Path, draw: Random, ending: str = "", *, encoder: bool = False) -> Path:
    """A file; one of a pretrained encoder, which has much that no tag depends on, only where `encoder` says so."""
    paths = [path for path in _files(folder) if path.name.endswith(ending)]
    return draw.choice([path for path in paths if encoder or path.parent.name != "encoder"])


def _other(value: object, values: list, draw: Random) -> object:
    """One of these values that is not the one that is there."""
    return draw.choice([other for other in values if other != value])


def pickled(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, encoder=True)
    path.write_bytes(pickle.dumps(Executes(), protocol=draw.choice([2, 4, 5])))
    return f"{path.name} is a pickle"


def truncated(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, encoder=True)
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content))])
    return f"{path.name} is cut"


def longer(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, encoder=True)
    path.write_bytes(path.read_bytes() + draw.randbytes(draw.randint(1, 50)) + b"}")
    return f"{path.name} is longer"


def huge_header(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, ".safetensors", encoder=True)
    path.write_bytes(struct.pack("<Q", draw.choice([10 << 30, 1 << 62, (1 << 64) - 1])) + path.read_bytes()[8:])
    return f"{path.name} promises a header of gigabytes"


def huge_array(folder: Path, draw: Random) -> str | None:
    return _header(folder, draw, lambda about: about.update(shape=[1 << draw.randint(33, 60), *about["shape"][1:]]))


def other_shape(folder: Path, draw: Random) -> str | None:
    """A shape with as many numbers: only what the tagger knows can tell."""

    def change(about):
        rows, *rest = about["shape"]
        about["shape"] = [1, rows, *rest]

    return _header(folder, draw, change)


def other_type(folder: Path, draw: Random) -> str | None:
    pairs = [("F32", "I32"), ("F64", "I64"), ("BOOL", "U8"), ("U16", "I16"), ("I8", "F8_E4M3")]
    same = dict(pairs) | {other: kind for kind, other in pairs}
    return _header(folder, draw, lambda about: about.update(dtype=same[about["dtype"]]))


def renamed(folder: Path, draw: Random) -> str | None:
    path, header, content = _parsed(folder, draw)
    if not header:
        return None
    name = draw.choice(list(header))
    header[draw.choice(["../../etc/passwd", "x", name + "x", "__class__"])] = header.pop(name)
    _write(path, header, content)
    return f"{path.name} has an array of another name"


def fewer_rows(folder: Path, draw: Random) -> str | None:
    """An array without its last row, in a file that is right by itself."""
    path, header, content = _parsed(folder, draw)
    names = [name for name, about in header.items() if about["shape"] and about["shape"][0] > 1]
    if not names:
        return None
    name = draw.choice(names)
    arrays = {n: content[slice(*about["data_offsets"])] for n, about in header.items()}
    about = header[name]
    arrays[name] = arrays[name][: len(arrays[name]) // about["shape"][0] * (about["shape"][0] - 1)]
    about["shape"][0] -= 1
    start = 0
    for n, other in header.items():
        other["data_offsets"] = [start, start + len(arrays[n])]
        start += len(arrays[n])
    _write(path, header, b"".join(arrays[n] for n in header))
    return f"{name} has a row less"


def exchanged(folder: Path, draw: Random) -> str | None:
    """Two arrays of one shape under each other's name: only the checksum can tell, where no tag depends on them."""
    path, header, content = _parsed(folder, draw)
    bytes_of = {name: content[slice(*about["data_offsets"])] for name, about in header.items()}
    pairs = [
        (a, b)
        for a, b in combinations(header, 2)
        if all(header[a][part] == header[b][part] for part in ("dtype", "shape")) and bytes_of[a] != bytes_of[b]
    ]
    if not pairs:
        return None
    a, b = draw.choice(pairs)
    header[a], header[b] = header[b], header[a]
    _write(path, header, content)
    return f"{a} and {b} are exchanged"


def other_values(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, ".json")
    content = json.loads(path.read_text())
    key = draw.choice(list(content))
    values = [None, 3.5, "../../etc/passwd", [[]], {"__reduce__": "os.system"}]
    values += [True] * (not isinstance(content[key], bool))  # the other way to store features gives the same tags
    content[key] = _other(content[key], values, draw)
    path.write_text(json.dumps(content))
    return f"{key} of {path.name} is something else"


def missing_value(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, ".json")
    content = json.loads(path.read_text())
    content.pop(draw.choice(list(content)))
    path.write_text(json.dumps(content))
    return f"{path.name} lacks a part"


def deep_values(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw, ".json", encoder=True)
    path.write_text("[" * 200_000)
    return f"{path.name} is nested deeply"


def missing_file(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw)
    path.unlink()
    return f"{path.name} is missing"


def climbing(folder: Path, draw: Random) -> str:
    record = json.loads((folder / "model.json").read_text())
    file = draw.choice(record["files"])
    file["name"] = draw.choice(["../x", "/etc/passwd", "learned/../../x", "learned//x", "learned\\..\\x", "C:\\x", ""])
    (folder / "model.json").write_text(json.dumps(record))
    return "a path leads elsewhere"


def linked(folder: Path, draw: Random) -> str:
    path = _chosen(folder, draw)
    outside = folder.parent / "outside"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)
    return f"{path.name} is a link"


def code_beside(folder: Path, draw: Random) -> str:
    (folder / "learned" / draw.choice(["__init__.py", "tokenizer.py", "sitecustomize.py"])).write_text(
        f"import os; os.putenv({MARK!r}, '1')"
    )
    return "a file of code lies there"


def smuggled(folder: Path, draw: Random) -> str | None:
    """A type that executes, in the place of one that skops trusts."""
    paths = [path for path in _files(folder) if path.name.endswith(".skops")]
    if not paths:
        return None
    path = draw.choice(paths)
    module, name = draw.choice([("os", "putenv"), ("subprocess", "Popen"), ("builtins", "eval"), ("x.y", "Z")])

    def change(about: dict) -> None:
        about.update(
            {"__module__": module, "__class__": name, "__id__": draw.getrandbits(40)}
        )  # of a node not yet read
        if draw.random() < 0.5:  # as a function, as an object with its state, or as it was
            about["__loader__"] = draw.choice(["FunctionNode", "ObjectNode", "ReduceNode", "TypeNode"])

    _with_schema(path, draw, change)
    return f"{path.name} holds {module}.{name}"


def _with_schema(path: Path, draw: Random, change: Callable[[dict], object]) -> None:
    """Change one node of the schema of a file of skops; the other members stay."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    schema = json.loads(members["schema.json"])
    change(draw.choice([schema, *_nodes(schema.get("content"))]))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, json.dumps(schema) if name == "schema.json" else content)


def _nodes(value: object) -> Iterator[dict]:
    """The nodes of a schema that name a class of Python by which something is made."""
    if isinstance(value, dict):
        if value.get("__loader__") in ("ObjectNode", "FunctionNode", "TypeNode", "ReduceNode"):
            yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def remote_code(folder: Path, draw: Random) -> str | None:
    """An encoder whose settings name a class of a file that lies beside them, with or without an innocent ending."""
    encoder = folder / "learned" / "encoder"
    if not encoder.is_dir():
        return None
    file = draw.choice(["config.json", "tokenizer_config.json"])
    settings = json.loads((encoder / file).read_text())
    settings["auto_map"] = {"AutoModel": "own.Own", "AutoConfig": "own.Own", "AutoTokenizer": ["own.Own", "own.Own"]}
    (encoder / file).write_text(json.dumps(settings))
    (encoder / "own.py").write_text(f"import os; os.putenv({MARK!r}, '1')\nclass Own: pass")
    return f"{file} names code that lies there"


def other_spec(folder: Path, draw: Random) -> str:
    record = json.loads((folder / "model.json").read_text())
    record["spec"] = draw.choice(
        ["__import__('os').system('true')", "baseline(x=1)", "os:system", "nobody", "lstm(epochs=__import__('os'))", ""]
    )
    (folder / "model.json").write_text(json.dumps(record))
    return f"its spec is {record['spec']!r}"


def other_record(folder: Path, draw: Random) -> str:
    record = json.loads((folder / "model.json").read_text())
    key = draw.choice(["format", "tags", "threads", "origin", "trained_on", "probe", "files", "spec"])
    record[key] = _other(record[key], [None, -1, [], {}, "x", [[["x"]]]], draw)
    (folder / "model.json").write_text(json.dumps(record))
    return f"{key} of model.json is {record[key]!r}"


DAMAGES: tuple[Damage, ...] = (
    pickled,
    truncated,
    longer,
    huge_header,
    huge_array,
    other_shape,
    other_type,
    renamed,
    fewer_rows,
    exchanged,
    other_values,
    missing_value,
    deep_values,
    missing_file,
    climbing,
    linked,
    code_beside,
    smuggled,
    remote_code,
    other_spec,
    other_record,
)
LAST = (climbing, linked, other_record, exchanged)  # what writing sizes and checksums again would put right or read


def _header(folder: Path, draw: Random, change: Callable[[dict], object]) -> str | None:
    path, header, content = _parsed(folder, draw)
    names = [name for name, about in header.items() if about["shape"]]
    if not names:
        return None
    name = draw.choice(names)
    before = json.dumps(header[name])
    change(header[name])
    _write(path, header, content)
    return f"{name} of {path.name}: {before} became {json.dumps(header[name])}"


def _parsed(folder: Path, draw: Random) -> tuple[Path, dict, bytes]:
    path = _chosen(folder, draw, ".safetensors")
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    header.pop("__metadata__", None)
    return path, header, content[8 + size :]


def _write(path: Path, header: dict, content: bytes) -> None:
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)


def written_again(folder: Path) -> None:
    """Write the sizes and checksums of the files that are there into model.json."""
    record = json.loads((folder / "model.json").read_text())
    record["files"] = [
        {
            "name": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in _files(folder)
    ]
    (folder / "model.json").write_text(json.dumps(record))


def swapped(folder: Path, other: Path, draw: Random) -> str:
    """The learned files of another model."""
    shutil.rmtree(folder / "learned")
    shutil.copytree(other / "learned", folder / "learned")
    return f"what was learned is that of {other.name}"


def damaged(good: list[Path], place: Path, draw: Random) -> Iterator[tuple[Path, str]]:
    """Damaged copies of good models, for ever: each at the same place, with what was done to it.

    Checksums are written again after every second one.
    """
    number = 0
    while True:
        shutil.rmtree(place, ignore_errors=True)
        model = draw.choice(good)
        shutil.copytree(model, place)
        again = number % 2 == 1
        if draw.random() < 0.05 and len(good) > 1:
            said, damage = swapped(place, draw.choice([other for other in good if other != model]), draw), swapped
        else:
            damage = draw.choice([damage for damage in DAMAGES if not again or damage not in LAST])
            said = damage(place, draw)
        if said is None:
            continue
        if again:
            written_again(place)
        number += 1
        yield place, f"{model.name}: {said}{', checksums written again' if again else ''}"
