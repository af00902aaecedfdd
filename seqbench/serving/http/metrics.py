"""Counters of a server, in the text format that Prometheus reads."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of seconds that are counted apart."""
_HELP = {
    "requests_total": "Requests by path and status.",
    "request_seconds": "Seconds until a request is answered.",
    "batches_total": "Calls of a model.",
    "batched_requests_total": "Requests that a model has answered.",
    "tokens_total": "Tokens that a model has tagged.",
    "waiting_requests": "Requests that wait for a model.",
    "up_seconds": "Seconds since the server started.",
}


@dataclass(eq=False)
class Metrics:
    """Counters that only grow, of one server."""

    started: float = field(default_factory=time.monotonic)
    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    durations: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0
    batches: Counter[str] = field(default_factory=Counter)
    batched: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)

    def request(self, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self.requests[path, status] += 1
        self.durations[next((bound for bound in _BOUNDS if seconds <= bound), float("inf"))] += 1
        self.seconds += seconds

    def batch(self, label: str, *, requests: int, tokens: int) -> None:
        """Count a call of a model."""
        self.batches[label] += 1
        self.batched[label] += requests
        self.tokens[label] += tokens

    def text(self, waiting: Mapping[str, int]) -> str:
        """All counters; `waiting` are the requests that wait for each model now."""
        lines = [*self._requests(), *self._durations()]
        for name, counts in (
            ("batches_total", self.batches),
            ("batched_requests_total", self.batched),
            ("tokens_total", self.tokens),
        ):
            lines += [*_about(name, "counter"), *_by_model(name, counts)]
        lines += [*_about("waiting_requests", "gauge"), *_by_model("waiting_requests", waiting)]
        lines += [*_about("up_seconds", "gauge"), f"seqbench_up_seconds {time.monotonic() - self.started:.3f}"]
        return "\n".join([*lines, ""])

    def _requests(self) -> Iterator[str]:
        yield from _about("requests_total", "counter")
        for (path, status), count in sorted(self.requests.items()):
            yield f'seqbench_requests_total{{path="{path}",status="{status}"}} {count}'

    def _durations(self) -> Iterator[str]:
        yield from _about("request_seconds", "histogram")
        total = 0
        for bound in _BOUNDS:
            total += self.durations[bound]
            yield f'seqbench_request_seconds_bucket{{le="{bound:g}"}} {total}'
        every = total + self.durations[float("inf")]
        yield f'seqbench_request_seconds_bucket{{le="+Inf"}} {every}'
        yield f"seqbench_request_seconds_sum {self.seconds:.6f}"
        yield f"seqbench_request_seconds_count {every}"


def _about(name: str, kind: str) -> list[str]:
    return [f"# HELP seqbench_{name} {_HELP[name]}", f"# TYPE seqbench_{name} {kind}"]


def _by_model(name: str, counts: Mapping[str, int]) -> Iterator[str]:
    for label, count in sorted(counts.items()):
        escaped = label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        yield f'seqbench_{name}{{model="{escaped}"}} {count}'
