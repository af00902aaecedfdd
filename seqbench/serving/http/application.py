"""The application: what each address of a server answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from seqbench.contracts.tagger import Probabilistic
from seqbench.errors import UsageError, unknown
from seqbench.serving.http.access import Access, Guard, Log
from seqbench.serving.http.batching import Batcher
from seqbench.serving.http.limits import Limits
from seqbench.serving.http.messages import (
    BAD_REQUEST,
    TOO_LARGE,
    About,
    Problem,
    RequestError,
    TagRequest,
    TagResponse,
    read_request,
    sentences_of,
)
from seqbench.serving.http.metrics import Metrics
from seqbench.serving.http.openapi import openapi
from seqbench.serving.http.request_body import CLIENT_TIMEOUT, UNSUPPORTED_MEDIA, read_body
from seqbench.serving.kept_model import KeptModel

_PAGE = {
    "/": ("page.html", "text/html"),
    "/page.js": ("page.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Served:
    """Models by label, with the requests that wait for each."""

    models: Mapping[str, KeptModel]
    limits: Limits
    metrics: Metrics
    batchers: dict[str, Batcher]

    async def tag(self, request: Request) -> Response:
        """POST /tag."""
        body = read_request(await read_body(request, self.limits))
        sentences, labels = sentences_of(body, self.limits), self._labels(body)
        answers = await asyncio.gather(*(self.batchers[label].tag(sentences, body.nbest) for label in labels))
        request.state.tokens = sum(map(len, sentences))
        columns = [list(zip(*(answer.tags[n] for answer in answers), strict=True)) for n in range(len(sentences))]
        differing = [[number for number, tags in enumerate(rows) if len(set(tags)) > 1] for rows in columns]
        return _json(
            TagResponse(sentences=sentences, models=dict(zip(labels, answers, strict=True)), differing=differing)
        )

    def _labels(self, body: TagRequest) -> list[str]:
        """The models that a request asks. Raises `RequestError` if one is not there or has no probabilities."""
        labels = list(dict.fromkeys(self.models if body.models is None else body.models))
        for label in labels:
            if label not in self.models:
                raise RequestError(BAD_REQUEST, str(unknown("model", label, self.models, listed="Served")))
            if body.nbest and not isinstance(self.models[label].tagger, Probabilistic):
                raise RequestError(BAD_REQUEST, f"model {label!r} has no probabilities; leave out 'nbest'")
        if not labels:
            raise RequestError(BAD_REQUEST, "'models' names no model")
        return labels

    async def list_models(self, _request: Request) -> Response:
        """GET /models."""
        return _json([_about(label, model) for label, model in self.models.items()])

    async def measure(self, _request: Request) -> Response:
        """GET /metrics."""
        waiting = {label: batcher.waiting for label, batcher in self.batchers.items()}
        return Response(self.metrics.text(waiting), media_type="text/plain; version=0.0.4")


def application(models: Mapping[str, KeptModel], limits: Limits, guard: Guard, log: Log) -> Starlette:
    """The application that serves models by label. Raises `UsageError` if a model reads more than words."""
    for label, model in models.items():
        if model.record.layers:
            column = next(iter(model.record.layers))
            raise UsageError(f"model {label!r} reads the column {column!r} beside the words, which a request has not")
    served = Served(models=models, limits=limits, metrics=Metrics(), batchers={})
    routes = [
        Route("/tag", served.tag, methods=["POST"]),
        Route("/models", served.list_models),
        Route("/metrics", served.measure),
        Route("/health", _health),
        Route("/openapi.json", _description),
        *(Route(path, _file(name, kind)) for path, (name, kind) in _PAGE.items()),
    ]
    paths = frozenset(route.path for route in routes)
    access = Middleware(Access, guard=guard, metrics=served.metrics, log=log, paths=paths)
    return Starlette(
        routes=routes,
        middleware=[access],
        lifespan=lambda _app: _working(served),
        exception_handlers={RequestError: _refused, HTTPException: _refused, ClientDisconnect: _refused},
    )


@asynccontextmanager
async def _working(served: Served) -> AsyncIterator[None]:
    """While the server runs: a thread for all models, and a task for each that answers what waits."""
    with ThreadPoolExecutor(1, "tagging") as worker:
        made = {label: Batcher(model, served.limits, served.metrics, worker) for label, model in served.models.items()}
        served.batchers.update(made)
        tasks = [asyncio.create_task(batcher.run()) for batcher in made.values()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def _health(_request: Request) -> Response:
    """GET /health."""
    return _json({"status": "ok"})


async def _description(_request: Request) -> Response:
    """GET /openapi.json."""
    return _json(openapi())


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """A file of the page."""
    content = (files("seqbench.serving.http") / "templates" / name).read_bytes()

    async def answer(_request: Request) -> Response:
        return Response(content, media_type=kind)

    return answer


async def _refused(_request: Request, error: Exception) -> Response:
    """The answer to a request that is not answered. A body that was not read to its end closes the connection."""
    if isinstance(error, HTTPException):
        return _json(Problem(error.detail), error.status_code, error.headers or {})
    status = error.status if isinstance(error, RequestError) else BAD_REQUEST
    unread = {"connection": "close"} if status in (CLIENT_TIMEOUT, TOO_LARGE, UNSUPPORTED_MEDIA) else {}
    later = {"retry-after": "1"} if status in (429, 503) else {}
    return _json(Problem(str(error) or "the client has gone"), status, {**unread, **later})


def _about(label: str, model: KeptModel) -> About:
    record = model.record
    accuracy = record.scores.get("accuracy")
    return About(
        label=label,
        spec=record.spec,
        tags=model.tags,
        trained_on=record.trained_on.name,
        accuracy=accuracy.value if accuracy else None,
        probabilities=isinstance(model.tagger, Probabilistic),
    )


def _json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, dict(headers or {}), "application/json")


def named(models: Sequence[KeptModel]) -> dict[str, KeptModel]:
    """Models by label, by folder where labels are alike."""
    labels = [model.record.label for model in models]
    alike = len(set(labels)) < len(labels)
    return {str(model.folder) if alike else model.record.label: model for model in models}
