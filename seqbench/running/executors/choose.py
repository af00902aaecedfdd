"""Choice of the executor of a run: all its trials go to worker processes, or none, so that all pay the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.running.executors.executor import Executor
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.local_processes import LocalProcesses, strangers
from seqbench.running.executors.ray_cluster import NO_RAY, Cluster


@dataclass(frozen=True)
class Ways:
    """Ways to run trials: `jobs` at once, in processes of their own if `isolate`; limits as of `LocalProcesses`.

    `executor` is "local", "ray" or "ray:ADDRESS"; `gpus` are those of a trial, on a cluster. Raises `UsageError` for
    what does not go together.
    """

    jobs: int = 1
    isolate: bool = False
    timeout: float | None = None
    memory: int | None = None
    executor: str = "local"
    gpus: float | None = None

    def __post_init__(self) -> None:
        engine, colon, address = self.executor.partition(":")
        if self.executor != "local" and (engine != "ray" or (colon and not address)):
            raise UsageError(f"--executor must be local, ray or ray:ADDRESS, was: {self.executor!r}")
        if engine == "ray" and (self.timeout is not None or self.memory is not None):
            raise UsageError(
                "--timeout and --memory are for trials on this machine; leave them out with --executor ray"
            )
        if engine != "ray" and self.gpus is not None:
            raise UsageError("--gpus-per-trial is for trials on a cluster; add --executor ray, or leave it out")

    def refuse_what_is_missing(self) -> None:
        """Raise `UsageError` for a cluster where Ray is not installed."""
        if self.executor != "local" and find_spec("ray") is None:
            raise UsageError(NO_RAY)

    @property
    def apart(self) -> bool:
        """Whether trials cannot run so in the process of the run."""
        return self != Ways()


def executor_for(ways: Ways, registry: Registry, datasets: Sequence[Dataset], specs: Sequence[str]) -> Executor:
    """Worker processes if they are asked for, or if one of the models is a stranger's; else this process.

    A tagger that was handed over in Python exists in this process only. Raises `UsageError` if one is to run elsewhere.
    """
    by_fingerprint: Mapping[str, Dataset] = {dataset.fingerprint: dataset for dataset in datasets}
    plugins = {plugin for spec in specs for plugin in strangers(spec, registry)}
    here = sorted(plugin.name for plugin in plugins if plugin.of_this_process)
    if here and ways.apart:
        raise UsageError(
            f"{', '.join(here)} is known to this process only, which worker processes cannot run; "
            "put it into a file and load that with --plugin FILE.py"
        )
    if ways.executor != "local":
        return _cluster(ways, registry, by_fingerprint)
    if ways.apart or (plugins and not here):
        return LocalProcesses(registry, by_fingerprint, ways.jobs, ways.timeout, ways.memory, ways.isolate)
    return Inline(registry, by_fingerprint)


def _cluster(ways: Ways, registry: Registry, datasets: Mapping[str, Dataset]) -> Executor:
    address = ways.executor.partition(":")[2]
    return Cluster(registry, datasets, address, ways.gpus, ways.jobs)
