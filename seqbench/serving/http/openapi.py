"""The description of the interface (OpenAPI 3.1), its types taken from the messages themselves."""

from __future__ import annotations

import msgspec

from seqbench.serving.http.messages import About, Problem, TagRequest, TagResponse
from seqbench.version import __version__

_REFERENCE = "#/components/schemas/{name}"
_REFUSALS = {
    "400": "The request cannot be understood.",
    "401": "The token is missing or wrong.",
    "408": "The body did not arrive in time.",
    "413": "The body, a sentence or a word is too large.",
    "415": "The body is not application/json.",
    "429": "Too many requests wait.",
    "503": "The answer took too long.",
}


def openapi() -> dict[str, object]:
    """The description, as plain values."""
    _, components = msgspec.json.schema_components([TagRequest, TagResponse, About, Problem], ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {"title": "seqbench", "version": __version__, "summary": "Tags sentences with kept models."},
        "paths": {
            "/tag": {"post": _tag()},
            "/models": {"get": _get("The models.", {"type": "array", "items": _schema("About")})},
            "/health": {"get": {**_get("Whether the server answers.", {"type": "object"}), "security": []}},
            "/metrics": {"get": _text("Counters as Prometheus reads them.")},
        },
        "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
    }


def _tag() -> dict[str, object]:
    responses: dict[str, object] = {"200": _content("What the models say.", _schema("TagResponse"))}
    responses |= {status: _content(about, _schema("Problem")) for status, about in _REFUSALS.items()}
    body = {"required": True, "content": {"application/json": {"schema": _schema("TagRequest")}}}
    return {"summary": "Tag sentences.", "requestBody": body, "responses": responses}


def _get(about: str, schema: object) -> dict[str, object]:
    return {"summary": about, "responses": {"200": _content(about, schema)}}


def _text(about: str) -> dict[str, object]:
    content = {"text/plain": {"schema": {"type": "string"}}}
    return {"summary": about, "responses": {"200": {"description": about, "content": content}}}


def _content(about: str, schema: object) -> dict[str, object]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _schema(name: str) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=name)}
