"""A Ray cluster of two nodes, one of which is killed midway.

    python benchmarks/reliability/cluster.py [TRIALS [DATA DATA]]

All of it runs on the loopback of a network namespace of its own (Linux, root), since Ray takes the host's address in
place of 127.0.0.1. The same plan is first run with --jobs 1 and --jobs 2. Says whether predictions and scores are the
same to the last bit, what Ray adds to a trial, and how many objects of each of the two corpora its store holds. The
corpora are grammar and one that is made here, unless two others are named as `--data` takes them. Takes the packages
ray and grpcio (which tells of the store).
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

INSIDE = "SEQBENCH_BENCHMARK_INSIDE"
MODELS = "lstm(epochs=2,hidden_dim=32),gru(epochs=2,hidden_dim=32)"
ENVELOPE = 1000  # bytes at most that Ray adds to an array
LIMIT = 0.05 * 10  # seconds: 5 % of a trial of ten


def data_in(folder: Path) -> tuple[str, ...]:
    """Two corpora as `--data` takes them: the built-in one, and one of 1,000 sentences whose tags are endings."""
    if len(sys.argv) > 2:  # noqa: PLR2004 -- after the number of trials
        return tuple(sys.argv[2:])
    place, drawn = folder / "endings.tsv", random.Random(0)  # noqa: S311 -- a corpus, no secret
    if not place.exists():
        words = [f"{stem}{ending}" for stem in "bcdfghklmn" for ending in ("ed", "er", "ly")]
        lines = ["".join(f"{w}\t{w[-2:]}\n" for w in drawn.choices(words, k=12)) for _ in range(1000)]
        place.write_text("\n".join(lines))
    return "grammar", str(place)


def started(out: Path, seeds: int, *further: str) -> subprocess.Popen[bytes]:
    """A run as a user starts it."""
    command = ["run", "--models", MODELS, "--seeds", str(seeds), "--device", "cpu", "--quiet", "--format", "csv"]
    data = [part for name in data_in(out.parent) for part in ("--data", name)]
    return subprocess.Popen(
        [sys.executable, "-m", "seqbench", *command, *data, "--out", str(out), *further], stdout=subprocess.DEVNULL
    )


def finish(run: subprocess.Popen[bytes]) -> None:
    """Wait for a run that must end well."""
    if run.wait() != 0:
        raise SystemExit(f"a run ended with exit code {run.returncode}")


def outcome(out: Path) -> dict[str, Any]:
    """The bytes of predictions, and all scores, of each trial."""
    trials = {path.stem: json.loads(path.read_text()) for path in out.glob("trials/*.json")}
    hashes = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("trials/*.npz")}
    return {name: (hashes[name], trial["scores"], trial["metrics"]) for name, trial in trials.items()}


def done(out: Path) -> list[Path]:
    """Finished trials, in the order of their end."""
    return sorted((p for p in out.glob("trials/*.json")), key=lambda path: path.stat().st_mtime_ns)


def overhead(out: Path) -> float:
    """Median wall seconds between the ends of two trials that ran one after the other, less their fit and predict."""
    paths = done(out)
    ends = [path.stat().st_mtime_ns / 1e9 for path in paths]
    timings = [json.loads(path.read_text())["timings"] for path in paths]
    work = [one["fit_wall_seconds"] + one["predict_wall_seconds"] for one in timings]
    return median(later - sooner - worked for sooner, later, worked in zip(ends, ends[1:], work[1:], strict=False))


def held(address: str, data: Sequence[str]) -> str:
    """How many objects of each corpus all trials refer to, and how full the stores of all nodes are."""
    from ray._private.internal_api import memory_summary

    from seqbench.registry.datasets import load
    from seqbench.registry.discovery import Registry
    from seqbench.running.executors.shared_dataset import packed_in

    table = memory_summary(address, units="B", line_wrap=False)
    found = {name: float(size) for size, name in re.findall(r"\| ([\d.]+) B\s*\|[^|\n]*\| ([0-9a-f]{56})", table)}
    told = []
    for name in data:
        size = len(packed_in(load(name, Registry.discover()))[1])
        objects = sum(size <= one < size + ENVELOPE for one in found.values())
        told.append(f"{objects} of {Path(name).name} ({size:,} bytes)")
    return f"objects: {', '.join(told)}; {table.strip().splitlines()[-1]}"


def kill(node: Any) -> None:
    """SIGKILL all processes of a node, its workers first."""
    (raylet,) = node.all_processes["raylet"]
    children = subprocess.run(["pgrep", "-P", str(raylet.process.pid)], capture_output=True, text=True, check=False)  # noqa: S607
    for process in [*map(int, children.stdout.split()), raylet.process.pid]:
        os.kill(process, signal.SIGKILL)


def inside(seeds: int, folder: Path) -> None:
    """All runs, in a network of our own."""
    import ray
    from ray.cluster_utils import Cluster

    for jobs in ("1", "2"):
        began = time.monotonic()
        finish(started(folder / f"jobs-{jobs}", seeds, "--jobs", jobs, *(["--isolate"] if jobs == "1" else [])))
        print(f"--jobs {jobs}: {time.monotonic() - began:.0f} s", flush=True)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    second = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    began = time.monotonic()
    run = started(folder / "ray", seeds, "--executor", f"ray:{cluster.address}")
    half = len(done(folder / "jobs-1")) // 2  # then the other corpus is in use too
    while len(done(folder / "ray")) <= half and run.poll() is None:
        time.sleep(0.1)
    at, told = len(done(folder / "ray")), held(cluster.address, data_in(folder))
    kill(second)
    print(f"node killed by SIGKILL after {at} trials; Ray's store before, both nodes: {told}", flush=True)
    finish(run)
    print(
        f"ray, one of two nodes killed: {len(done(folder / 'ray'))} trials, {time.monotonic() - began:.0f} s",
        flush=True,
    )
    expected = outcome(folder / "jobs-1")
    for name in ("jobs-2", "ray"):
        same = outcome(folder / name) == expected
        print(f"{name}: predictions, scores and metrics {'are' if same else 'ARE NOT'} those of --jobs 1", flush=True)
    finish(started(folder / "alone", seeds, "--executor", f"ray:{cluster.address}"))  # the node that is left: one CPU
    ours, theirs = overhead(folder / "jobs-1"), overhead(folder / "alone")
    print(f"beside fit and predict a trial takes {theirs:.2f} s with Ray, {ours:.2f} s with --jobs 1 "
          f"(of a trial of ten seconds {10 * theirs:.1f} %, {10 * (theirs - ours):.1f} % more than here; "
          f"the limit is {10 * LIMIT:.0f} %)")  # fmt: skip
    ray.shutdown()
    cluster.shutdown()


def main() -> None:
    """Enter a network of our own and measure."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    if INSIDE not in os.environ:
        unshare, shell = shutil.which("unshare"), shutil.which("bash")
        if unshare is None or shell is None or os.geteuid() != 0:
            raise SystemExit("this takes Linux, root and unshare")
        command = "ip link set lo up && exec " + shlex.join([sys.executable, __file__, str(trials), *sys.argv[2:]])
        environment = {**os.environ, INSIDE: "1", "RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0",
                       "RAY_worker_niceness": "0"}  # fmt: skip
        os.execve(unshare, [unshare, "-n", shell, "-c", command], environment)  # noqa: S606 -- this very script
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        inside(trials // len(MODELS.split("),")) // 2, Path(folder))


if __name__ == "__main__":
    main()
