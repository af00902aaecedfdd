"""Work of a machine of a cluster for a trial: checks that its code is the run's, maps the corpus, performs it.

Only plain data and arrays come in and go out.
"""

from __future__ import annotations

import hashlib
import socket
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.trial import Failure, Selection, TrialResult
from seqbench.errors import PluginError
from seqbench.registry import provenance
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import reason
from seqbench.registry.tagger_code import code_of
from seqbench.running.executors.local_processes import choosing, entries_in, strangers
from seqbench.running.executors.messages import Message, plain_result, request_of
from seqbench.running.executors.shared_dataset import dataset_in
from seqbench.running.trial import perform

_MATTER = ("python", "seqbench", "numpy", "torch")


@dataclass(frozen=True)
class Shipped:
    """Parts that go along with every trial of a spec: plugin files as (name, content), entry points, code and versions.

    `code` is `tagger_code.code_of` each tagger that the spec names, by name; `versions` those of packages;
    `without` names installed plugins to leave out.
    """

    files: Sequence[tuple[str, bytes]]
    points: Sequence[str]
    code: Mapping[str, Any]
    versions: Mapping[str, str | None]
    without: Sequence[str] = ()

    @classmethod
    def of(cls, spec: str, select: Selection | None, registry: Registry) -> Shipped:
        """Parts that a machine needs to perform trials of a spec, with this choice of epochs."""
        outside = strangers(spec, registry) | choosing(select, registry)
        files = sorted((plugin.file.name, plugin.file.read_bytes()) for plugin in outside if plugin.file)
        points = sorted(plugin.name for plugin in outside if plugin.file is None)
        code = {entry.name: code_of(entry) for entry in entries_in(spec, registry)}
        return cls(files, points, code, versions(), registry.without)


def versions() -> dict[str, str | None]:
    """The packages here that must be those of the run, without what a build adds to its version ("+cpu")."""
    here = provenance.versions()
    return {name: (here.get(name) or "").partition("+")[0] for name in _MATTER}


def trial(plain: Message, about: Mapping[str, Any], content: NDArray[np.uint8], shipped: Shipped) -> Message:
    """The result of a trial, as `wire.plain_result`; `about` and `content` are the dataset as `packing.packed_in`."""
    request = request_of(plain)
    try:
        with tempfile.TemporaryDirectory(prefix="seqbench-") as private:  # 0700, of this user, removed with its end
            registry = loaded(shipped, Path(private))
            refuse_other_code(shipped, registry)
            return plain_result(perform(request, dataset_in(about, content.data), registry, _nobody))
    except BaseException as error:  # noqa: BLE001 -- a stranger's code may raise anything
        text = "".join(traceback.format_exception(error))
        return plain_result(TrialResult(failure=Failure("seqbench", None, reason(error), text)))


def loaded(shipped: Shipped, private: Path) -> Registry:
    """The registry of what was shipped, whose files go into a private folder, and of what is installed here."""
    files = [_placed(private, name, content) for name, content in shipped.files]
    return Registry.discover(files, points=shipped.points, without=shipped.without)


def refuse_other_code(shipped: Shipped, registry: Registry) -> None:
    """`PluginError` where the code of this machine is not that of the run."""
    here, code = versions(), {name: code_of(entry) for name, entry in registry.taggers.items() if name in shipped.code}
    absent = [] if registry.losses else [name for name in shipped.code if name not in code]  # of a loss the trial tells
    other = [*absent, *(name for name, hashes in code.items() if hashes != shipped.code[name])]
    wrong = [f"{n} {here.get(n) or 'none'} (not {was})" for n, was in shipped.versions.items() if here.get(n) != was]
    wrong += [f"other files of tagger {name!r}" for name in other]
    if wrong:
        raise PluginError(f"machine {socket.gethostname()!r} has {', '.join(wrong)}; install there what the run has")


def _placed(private: Path, name: str, content: bytes) -> Path:
    """A plugin file of the run on this machine; the name is one part of a path, and files of one name lie apart."""
    path = private / hashlib.sha256(content).hexdigest()[:16] / Path(name).name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(content)
    return path


def _nobody(_told: Mapping[str, float]) -> None:
    """Progress within a trial is not sent over the network."""
