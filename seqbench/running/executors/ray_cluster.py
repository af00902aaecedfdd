"""Runs trials on a Ray cluster: each is a task, retried where its machine dies; the driver alone writes results.

Every corpus is put into the object store once, from which all tasks of a machine map the same memory.
"""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from seqbench.contracts.trial import Failure, Selection, TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse
from seqbench.running.executors.executor import Begin, Progress
from seqbench.running.executors.messages import result_of
from seqbench.running.executors.ray_task import Shipped, loaded, refuse_other_code, trial
from seqbench.running.executors.shared_dataset import packed_in

_RETRIES = 3  # of a trial whose machine or process died
_LOOK = 0.2  # seconds between two looks at what has finished
_END = object()
_PATIENCE = 120.0  # seconds that a machine may take to say which code it has

NO_RAY = "--executor ray needs Ray: pip install 'seqbench[ray]'"


@dataclass
class Cluster:
    """A Ray cluster at an address ("" starts one on this machine, with `jobs` trials at once if that is more than one).

    A trial takes as many CPUs as it has threads, and `gpus` GPUs.
    """

    registry: Registry
    datasets: Mapping[str, Dataset]
    address: str = ""
    gpus: float | None = None
    jobs: int = 1
    _shipped: dict[tuple[str, Selection | None], Any] = field(default_factory=dict)
    _stored: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def run(
        self,
        requests: Iterable[TrialRequest | None],
        begin: Begin,
        progress: Progress,  # noqa: ARG002 -- see `remote`
    ) -> Generator[tuple[TrialRequest, TrialResult]]:
        """See `Executor.run`; what is reported within a trial is not passed on."""
        waiting, more = iter(requests), True
        running: dict[Any, TrialRequest] = {}
        with self._connected() as ray:
            try:
                while more or running:
                    while more and len(running) < _room(ray, running, self.gpus):
                        request = next(waiting, _END)
                        if not isinstance(request, TrialRequest):
                            more = request is not _END
                            break
                        begin(request)
                        running[self._submitted(ray, request)] = request
                    done, _ = ray.wait(list(running), timeout=_LOOK) if running else ([], [])
                    for reference in done:
                        yield (request := running.pop(reference)), self._result(ray, reference, request)
            finally:
                for reference in running:
                    ray.cancel(reference, force=True)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told of a run
        try:
            import ray
        except ImportError as error:
            raise UsageError(NO_RAY) from error
        cpus = self.jobs if self.jobs > 1 else None
        cluster = {"address": self.address} if self.address else {"address": "local", "num_cpus": cpus}
        try:
            ray.init(**cluster, include_dashboard=False if not self.address else None, log_to_driver=False,
                     logging_level="ERROR")  # fmt: skip
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise UsageError(f"no Ray cluster can be used at {self.address or 'this machine'!r}: {error}") from error
        try:
            yield ray
        finally:
            ray.shutdown()

    def _submitted(self, ray: Any, request: TrialRequest) -> Any:
        """The task of a trial."""
        needed = request.spec, request.select
        if needed not in self._shipped:
            shipped = Shipped.of(*needed, self.registry)
            _check_machines(ray, shipped)
            self._shipped[needed] = shipped, ray.put(shipped)
        shipped, reference = self._shipped[needed]
        fingerprint = request.dataset.fingerprint
        if fingerprint not in self._stored:
            about, content = packed_in(self.datasets[fingerprint])
            self._stored[fingerprint] = ray.put(about), ray.put(content)
        strangers = bool(shipped.files or shipped.points)
        if request.device.startswith("cuda:"):
            raise UsageError(f"device {request.device!r} is one of a single machine; on a cluster, write --device cuda")
        gpus = self.gpus if self.gpus is not None else float(request.device == "cuda")
        task = ray.remote(
            num_cpus=request.threads,
            num_gpus=gpus,
            max_retries=_RETRIES,
            max_calls=int(strangers),  # a process in which a stranger's code ran is not used again
        )(trial)
        return task.remote(asdict(request), *self._stored[fingerprint], reference)

    def _result(self, ray: Any, reference: Any, request: TrialRequest) -> TrialResult:
        plugin = self.registry.tagger(parse(request.spec).name).plugin
        try:
            result = result_of(ray.get(reference))
            failure = result.failure  # another machine knows fewer plugins, perhaps by shorter names
            named = replace(failure, plugin=plugin.name, version=plugin.version) if failure else None
            return replace(result, failure=named)
        except ray.exceptions.RayError as error:
            why = f"Ray gave it up: {str(error).strip().splitlines()[0]}"
            text = "".join(traceback.format_exception(error))
            return TrialResult(failure=Failure(plugin.name, plugin.version, why, text))


def _room(ray: Any, running: Mapping[Any, TrialRequest], gpus: float | None) -> int:
    """How many trials there may be at once: those that fit, and one that waits, so that a cluster can grow."""
    resources = ray.cluster_resources()
    threads = max((request.threads for request in running.values()), default=1)
    room = resources.get("CPU", 1) / threads
    if gpus:
        room = min(room, resources.get("GPU", 0) / gpus)
    return int(room) + 1


def _check_machines(ray: Any, shipped: Shipped) -> None:
    """`UsageError` where a machine of the cluster has other code than this one; each trial checks again."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    nodes = [node["NodeID"] for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    checks = [
        ray.remote(_told).options(num_cpus=0, scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=True))
        for node in nodes
    ]
    wrong = [reply for reply in ray.get([check.remote(shipped) for check in checks], timeout=_PATIENCE) if reply]
    if wrong:
        raise UsageError("; ".join(dict.fromkeys(wrong)))


def _told(shipped: Shipped) -> str:
    """Fault of the code on the machine that this runs on; empty if there is none."""
    try:
        with tempfile.TemporaryDirectory(prefix="seqbench-") as private:
            refuse_other_code(shipped, loaded(shipped, Path(private)))
    except PluginError as error:
        return str(error)
    return ""
