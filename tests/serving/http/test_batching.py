"""Dynamic batching: what waits is tagged together, what fails fails alone, and what is too much is refused."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from kept import WORDS
from served import altered

from seqbench.serving.http.batching import Batcher
from seqbench.serving.http.limits import Limits
from seqbench.serving.http.messages import RequestError
from seqbench.serving.http.metrics import Metrics


def answers(model, jobs, *, before=lambda: None, **limits):
    """The answers (or errors) to jobs that are asked at once, and the metrics."""
    metrics = Metrics()

    async def ask():
        with ThreadPoolExecutor(1) as worker:
            batcher = Batcher(model, Limits(**limits), metrics, worker)
            running = asyncio.create_task(batcher.run())
            asked = [asyncio.create_task(batcher.tag(*job)) for job in jobs]
            await asyncio.sleep(0.05)
            before()
            told = await asyncio.gather(*asked, return_exceptions=True)
            running.cancel()
            return told

    with ThreadPoolExecutor(1) as thread:  # a browser of other tests may have an event loop in this one
        return thread.submit(asyncio.run, ask()).result(), metrics


def test_requests_that_wait_while_the_model_is_busy_are_tagged_together(hmm):
    slow, tagger = altered(hmm)
    told, metrics = answers(slow, [([words], 0) for words in WORDS * 5], before=tagger.gate.set)
    assert [answer.tags for answer in told] == [hmm.predict([words]) for words in WORDS * 5]
    assert metrics.batches["hmm"] < metrics.batched["hmm"] == 20
    assert metrics.tokens["hmm"] == sum(map(len, WORDS * 5))


def test_without_batching_each_is_tagged_alone(hmm):
    slow, tagger = altered(hmm)
    answers(slow, [([words], 0) for words in WORDS * 2], before=tagger.gate.set, batch=0)
    assert tagger.calls == [1] * 8


def test_a_batch_ends_where_it_is_full(hmm):
    slow, tagger = altered(hmm)
    answers(slow, [([["a"] * 10], 0)] * 6, before=tagger.gate.set, batch=20)
    assert tagger.calls == [2, 2, 2]


def test_only_the_request_that_makes_a_tagger_fail_has_no_answer(hmm):
    poisoned, tagger = altered(hmm)
    jobs = [([["dog"]], 0), ([["a", "bad", "word"]], 0), ([["apple"]], 0)]
    told, _ = answers(poisoned, jobs, before=tagger.gate.set)
    assert isinstance(told[1], ZeroDivisionError)
    assert [told[0].tags, told[2].tags] == [hmm.predict([["dog"]]), hmm.predict([["apple"]])]


def test_more_requests_than_may_wait_are_told_to_come_back(hmm):
    slow, tagger = altered(hmm)
    told, _ = answers(slow, [([["dog"]], 0)] * 9, before=tagger.gate.set, waiting=3)
    assert [error.status for error in told if isinstance(error, RequestError)] == [429] * 6


def test_a_request_that_waits_too_long_is_answered_so_and_not_tagged_later(hmm):
    slow, tagger = altered(hmm)
    told, _ = answers(slow, [([["dog"]], 0), ([["apple"]], 0)], seconds=0.02, batch=0, before=tagger.gate.set)
    assert [error.status for error in told] == [503, 503]
    assert len(tagger.calls) == 1


def test_each_request_gets_as_many_probable_tags_as_it_asks_for(hmm):
    told, _ = answers(hmm, [(WORDS, 0), (WORDS[:1], 1), (WORDS[1:2], 3)])
    assert told[0].nbest is None
    assert [len(word) for word in told[1].nbest[0]] == [1] * 5
    assert [len(word) for word in told[2].nbest[0]] == [3] * 4
    table = hmm.predict_proba(WORDS[1:2])
    assert [p for _, p in told[2].nbest[0][0]] == pytest.approx(sorted(table[0].tolist())[:-4:-1], abs=1e-6)
