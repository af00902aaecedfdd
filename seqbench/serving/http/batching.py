"""Dynamic batching: requests that wait while a model is busy are tagged together, and none waits for company."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from seqbench.serving.http.limits import Limits
from seqbench.serving.http.messages import TOO_MANY, UNAVAILABLE, Answer, RequestError
from seqbench.serving.http.metrics import Metrics
from seqbench.serving.kept_model import KeptModel
from seqbench.serving.tagging import Tagged, Tagging
from seqbench.serving.text_input import Sentence


@dataclass(frozen=True, eq=False)
class _Job:
    """Sentences that wait for an answer."""

    sentences: Sequence[Sequence[str]]
    nbest: int
    answer: asyncio.Future[Answer]

    @property
    def tokens(self) -> int:
        return sum(map(len, self.sentences))


class Batcher:
    """One model with the requests that wait for it; `worker` is the thread that all models are called in."""

    def __init__(self, model: KeptModel, limits: Limits, metrics: Metrics, worker: Executor) -> None:
        self.model, self._limits, self._metrics, self._worker = model, limits, metrics, worker
        self._label = model.record.label
        self._waiting: asyncio.Queue[_Job] = asyncio.Queue(limits.waiting)

    async def tag(self, sentences: Sequence[Sequence[str]], nbest: int) -> Answer:
        """The model's answer. Raises `RequestError` if too many requests wait, or if this one waited too long."""
        job = _Job(sentences, nbest, asyncio.get_running_loop().create_future())
        try:
            self._waiting.put_nowait(job)
        except asyncio.QueueFull as error:
            raise RequestError(TOO_MANY, "too many requests wait; try again later") from error
        try:
            return await asyncio.wait_for(job.answer, self._limits.seconds)
        except TimeoutError as error:
            message = f"no answer within {self._limits.seconds:g} seconds; try again later"
            raise RequestError(UNAVAILABLE, message) from error

    @property
    def waiting(self) -> int:
        """Number of requests that wait."""
        return self._waiting.qsize()

    async def run(self) -> None:
        """Answer requests until cancelled."""
        while True:
            jobs = [job for job in await self._next() if not job.answer.done()]  # a client may have given up
            if jobs:
                await self._answer(jobs)

    async def _next(self) -> list[_Job]:
        """The job that waits longest, with those behind it that fit into one batch."""
        jobs = [await self._waiting.get()]
        tokens = jobs[0].tokens
        with suppress(asyncio.QueueEmpty):
            while tokens < self._limits.batch:
                jobs.append(self._waiting.get_nowait())
                tokens += jobs[-1].tokens
        return jobs

    async def _answer(self, jobs: Sequence[_Job]) -> None:
        """Answer jobs together; if a tagger fails, each alone, so that only the one to blame has no answer."""
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.run_in_executor(self._worker, _answers, self.model, jobs)
        except Exception as error:  # noqa: BLE001 -- whatever a tagger raises is told to whoever sent the words
            if len(jobs) == 1:
                _settle(jobs[0], error)
                return
            for job in jobs:
                await self._answer([job])
            return
        self._metrics.batch(self._label, requests=len(jobs), tokens=sum(job.tokens for job in jobs))
        for job, answer in zip(jobs, answers, strict=True):
            _settle(job, answer)


def _settle(job: _Job, result: Answer | Exception) -> None:
    if job.answer.done():
        return
    if isinstance(result, Exception):
        job.answer.set_exception(result)
    else:
        job.answer.set_result(result)


def _answers(model: KeptModel, jobs: Sequence[_Job]) -> list[Answer]:
    """The answers to jobs, those that ask for probabilities apart from the others."""
    answers: dict[int, Answer] = {}
    for some in (False, True):
        chosen = [(number, job) for number, job in enumerate(jobs) if bool(job.nbest) == some]
        if chosen:
            nbest = max(job.nbest for _, job in chosen)
            tagged = _tagged(model, [job for _, job in chosen], nbest)
            answers |= {number: _answer(list(islice(tagged, len(job.sentences))), job.nbest) for number, job in chosen}
    return [answers[number] for number in range(len(jobs))]


def _tagged(model: KeptModel, jobs: Sequence[_Job], nbest: int) -> Iterator[Tagged]:
    sentences = [Sentence(list(words)) for job in jobs for words in job.sentences]
    for block in Tagging(models=[model], form="jsonl", nbest=nbest).tag(sentences):
        yield from block


def _answer(tagged: Sequence[Tagged], nbest: int) -> Answer:
    tags = [sentence.tags[0] for sentence in tagged]
    if not nbest:
        return Answer(tags=tags)
    return Answer(tags=tags, nbest=[[word[:nbest] for word in sentence.distributions[0]] for sentence in tagged])
