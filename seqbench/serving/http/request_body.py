"""The body of a request: JSON by its type, no larger and no slower than the limits."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from seqbench.serving.http.limits import Limits
from seqbench.serving.http.messages import TOO_LARGE, RequestError

CLIENT_TIMEOUT, UNSUPPORTED_MEDIA = 408, 415


async def read_body(request: Request, limits: Limits) -> bytes:
    """The body of a request. Raises `RequestError` if it is no JSON by its type, too large, or too slow."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RequestError(UNSUPPORTED_MEDIA, "the body must be application/json")
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > limits.body:
        raise RequestError(TOO_LARGE, f"the body has {int(length):,} bytes, at most {limits.body:,}")
    body = bytearray()
    try:
        async with asyncio.timeout(limits.client_seconds):
            async for part in request.stream():
                body += part
                if len(body) > limits.body:
                    raise RequestError(TOO_LARGE, f"the body has more than {limits.body:,} bytes")
    except TimeoutError as error:
        message = f"the body did not arrive within {limits.client_seconds:g} seconds"
        raise RequestError(CLIENT_TIMEOUT, message) from error
    return bytes(body)
