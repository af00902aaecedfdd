"""Messages between a run and its workers: they come back as they were sent, and nothing that arrives is executed."""

import json
import os
import socket
from dataclasses import asdict
from types import MappingProxyType

import numpy as np
import pytest

from seqbench.contracts.trial import DatasetReference, Failure, TrialRequest, TrialResult
from seqbench.running.executors.messages import Lines, Receiver, plain_result, request_of, result_of, send

REQUEST = TrialRequest("k", {"a": 1}, "l", "l", 0, DatasetReference("n", "s", "f"), plugins=("x.py",))


@pytest.fixture
def ends():
    """Both ends of a channel."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def received(ends, *messages, files=()):
    """What comes out at the other end of what is sent at this one."""
    ours, theirs = ends
    for message in messages:
        send(ours, message, files)
    ours.shutdown(socket.SHUT_WR)
    receiver = Receiver(theirs)
    return list(receiver), receiver.files


def test_a_request_comes_back_as_it_was_sent():
    assert request_of(json.loads(json.dumps(asdict(REQUEST)))) == REQUEST


def test_a_result_comes_back_as_it_was_sent(ends):
    predicted, sure = np.array([3, 1, 2], np.int32), np.full((3, 3), 0.25, np.float32)
    result = TrialResult(
        {"accuracy": 0.1 + 0.2},
        {"m": None},
        {"t": 1e-9},
        ({"loss": 1.5},),
        ("note",),
        predicted,
        sure,
        trained_on=("n",),
    )
    ((message,), _) = received(ends, plain_result(result))
    again = result_of(message)
    assert (again.scores, again.metrics, again.timings) == ({"accuracy": 0.1 + 0.2}, {"m": None}, {"t": 1e-9})
    assert (again.curve, again.notes, again.trained_on, again.failure) == (({"loss": 1.5},), ("note",), ("n",), None)
    for array, expected in ((again.predicted, predicted), (again.certainty, sure)):
        assert (array.dtype, array.tolist()) == (expected.dtype, expected.tolist())


def test_a_failure_comes_back_as_it_was_sent(ends):
    failure = Failure("p", "1.0", "out of luck", "Traceback")
    ((message,), _) = received(ends, plain_result(TrialResult(failure=failure)))
    assert result_of(message).failure == failure


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_messages_come_back_however_they_are_cut(size):
    messages = [{"say": "progress", "told": {"epoch": n, "größe": "é" * n}} for n in range(50)]
    sent = b"".join(json.dumps(message).encode() + b"\n" for message in messages)
    lines = Lines()
    assert [m for at in range(0, len(sent), size) for m in lines.feed(sent[at : at + size])] == messages
    assert not list(lines.feed(b""))


def test_a_line_that_never_ends_is_refused_once_it_is_too_long():
    lines = Lines(longest=1000)
    assert list(lines.feed(b"x" * 1000)) == []
    with pytest.raises(ValueError, match="a line of more than 1,000 bytes"):
        list(lines.feed(b"x"))


def test_open_files_arrive_in_order_with_their_messages(ends, tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).write_text(name)
    files = [os.open(tmp_path / name, os.O_RDONLY) for name in ("first", "second")]
    messages, arrived = received(ends, {"do": "open"}, files=files)
    assert messages == [{"do": "open"}]
    assert [os.read(file, 99) for file in arrived] == [b"first", b"second"]
    for file in (*files, *arrived):
        os.close(file)


def test_mappings_of_any_kind_are_objects(ends):
    assert received(ends, {"about": MappingProxyType({"a": 1})})[0] == [{"about": {"a": 1}}]


@pytest.mark.parametrize("thing", [{1, 2}, object(), np.array([object()])])
def test_what_is_no_plain_data_cannot_be_sent(ends, thing):
    with pytest.raises(TypeError, match="cannot be sent"):
        send(ends[0], {"thing": thing})


@pytest.mark.parametrize("line", [b"[]", b"3", b"not json", b'"text"'])
def test_a_line_that_is_no_message_is_refused(line):
    with pytest.raises(ValueError, match="object|JSON|Expecting"):
        list(Lines().feed(line + b"\n"))


@pytest.mark.parametrize("message", [{}, {"failure": None, "curve": [], "notes": [], "colour": "blue"}])
def test_a_message_that_holds_no_result_is_refused(message):
    with pytest.raises((TypeError, KeyError)):
        result_of(message)
