"""Contents of requests and answers as types: read from JSON, checked, and described in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from seqbench.data.strict_json import StrictDecoder
from seqbench.errors import SeqbenchError
from seqbench.serving.http.limits import Limits
from seqbench.serving.text_input import tokenizer_of

_STRICT = StrictDecoder()
BAD_REQUEST, TOO_LARGE, TOO_MANY, UNAVAILABLE = 400, 413, 429, 503


class RequestError(SeqbenchError):
    """A request that is not answered, with the status of HTTP that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class TagRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sentences to tag: as lists of words, or as text with a sentence a line."""

    sentences: Annotated[list[list[str]] | None, Meta(description="Sentences, each a list of words.")] = None
    text: Annotated[str | None, Meta(description="Sentences, one a line, that the server cuts into words.")] = None
    tokenizer: Annotated[Literal["regex", "blanks"], Meta(description="How `text` is cut into words.")] = "regex"
    models: Annotated[list[str] | None, Meta(description="Labels of models; all of them if left out.")] = None
    nbest: Annotated[int, Meta(ge=0, le=100, description="Probable tags of each word that are told.")] = 0


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Answer of one model: a tag for each word, and on demand the most probable tags with probabilities."""

    tags: list[list[str]]
    nbest: list[list[list[tuple[str, float]]]] | None = None


class TagResponse(Struct, frozen=True, kw_only=True):
    """The words of the sentences, what each model says, and the numbers of the words on which models differ."""

    sentences: list[list[str]]
    models: dict[str, Answer]
    differing: list[list[int]]


class About(Struct, frozen=True, kw_only=True):
    """A model that is served."""

    label: str
    spec: str
    tags: list[str]
    trained_on: str
    accuracy: float | None
    probabilities: bool


class Problem(Struct, frozen=True):
    """Why a request was not answered."""

    error: str


def read_request(body: bytes) -> TagRequest:
    """The request of a body. Raises `RequestError` if it is not one."""
    try:
        request = msgspec.json.decode(body, type=TagRequest)
        _STRICT.decode(body.decode())  # msgspec takes the last of two values of one name
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise RequestError(BAD_REQUEST, f"the body is no request: {error}") from error
    return request


def sentences_of(request: TagRequest, limits: Limits) -> list[list[str]]:
    """The sentences of a request. Raises `RequestError` if there are none, or if they are beyond the limits."""
    if (request.sentences is None) == (request.text is None):
        raise RequestError(BAD_REQUEST, "a request has either 'sentences' or 'text'")
    sentences = request.sentences
    if sentences is None:
        split = tokenizer_of(request.tokenizer)
        sentences = [words for line in (request.text or "").split("\n") if (words := split(line))]
    _refuse_large(sentences, limits)
    return sentences


def _refuse_large(sentences: list[list[str]], limits: Limits) -> None:
    if max(len(sentences), sum(map(len, sentences))) > limits.tokens:
        raise RequestError(TOO_LARGE, f"a request has at most {limits.tokens:,} words and as many sentences")
    for number, words in enumerate(sentences, start=1):
        if len(words) > limits.sentence:
            raise RequestError(TOO_LARGE, f"sentence {number} has {len(words):,} words, at most {limits.sentence:,}")
        for word in words:
            if len(word) > limits.word:
                raise RequestError(TOO_LARGE, f"sentence {number}: a word has at most {limits.word:,} characters")
            if not word.strip():
                raise RequestError(BAD_REQUEST, f"sentence {number}: a word must have a visible character")
