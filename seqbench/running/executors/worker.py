"""A worker process: loads the plugins that a trial needs, maps the corpora that it is given, and runs trials.

It ends when the process that started it ends, whatever it is doing. What plugins print, to file descriptor 1 as well,
goes where errors go, and never between the messages.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import queue
import signal
import socket
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from seqbench.contracts.trial import Failure, TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import reason
from seqbench.running.executors.descendants import end_descendants
from seqbench.running.executors.messages import SHOW_STACK, Message, Receiver, plain_result, request_of, send
from seqbench.running.executors.plugin_description import described, model, plugin_file
from seqbench.running.executors.shared_dataset import unpack
from seqbench.running.trial import perform

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl
_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER


@dataclass
class Worker:
    """One worker: the corpora it has, the registry of what it was asked to load, and its way to the run."""

    channel: socket.socket
    datasets: dict[str, Dataset] = field(default_factory=dict)
    loaded: tuple[Any, ...] | None = None
    registry: Registry = field(default_factory=Registry)
    stopped: set[str] = field(default_factory=set)

    def take(self, message: Message, files: list[int]) -> None:
        """Do what a message asks for."""
        if message["do"] == "open":
            descriptor = files.pop(0)
            self.datasets[message["fingerprint"]] = unpack(message["description"], descriptor)
            os.close(descriptor)
            return
        if message["do"] == "look":
            registry = Registry.discover(points=(), without=message["without"])
            look = partial(plugin_file, registry, Path(message["file"]))
            send(self.channel, described(look))
        elif message["do"] == "resolve":
            send(self.channel, described(lambda: self._resolved(message)))
        else:
            request = request_of(message["request"])
            send(self.channel, {"say": "result", **plain_result(self._performed(request, message))})

    def _resolved(self, message: Message) -> Message:
        self._load(message)
        return model(self.registry, message["spec"])

    def _performed(self, request: TrialRequest, message: Message) -> TrialResult:
        born = os.getpid()
        try:
            self._limit(message["memory"])
            self._load(message)
            tell = partial(self._tell, request.key)
            return perform(request, self.datasets[request.dataset.fingerprint], self.registry, tell)
        except BaseException as error:  # noqa: BLE001 -- in a process of its own nothing else can be interrupted
            text = "".join(traceback.format_exception(error))
            return TrialResult(failure=Failure(**message["plugin"], error=reason(error), traceback=text))
        finally:
            if os.getpid() != born:  # a copy of this process that a plugin made and forgot
                os._exit(1)

    def _load(self, message: Message) -> None:
        points, files, without = plugins = message["points"], message["files"], message["without"]
        if self.loaded != plugins:
            self.registry = Registry.discover([Path(file) for file in files], points=points, without=without)
            self.loaded = plugins

    def _tell(self, key: str, report: Mapping[str, float]) -> bool:
        """Pass a report on; whether the run has asked for this trial to stop."""
        send(self.channel, {"say": "progress", "told": report})
        return key in self.stopped

    @staticmethod
    def _limit(memory: int | None) -> None:
        """Let this process hold no more private memory: an allocation beyond it raises MemoryError."""
        if memory is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def main() -> None:
    """Serve the run at the other end of standard input until it is gone."""
    channel = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _die_with_parent()
    faulthandler.enable(all_threads=False)
    faulthandler.register(SHOW_STACK, all_threads=False)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    inbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
    receiver = Receiver(channel)
    worker = Worker(channel)
    Thread(target=_listen, args=(receiver, inbox, worker.stopped), daemon=True).start()
    send(channel, {"say": "ready"})
    while (message := inbox.get()) is not None:
        worker.take(message, receiver.files)
    end_descendants(os.getpid())


def _listen(receiver: Receiver, inbox: queue.SimpleQueue[Message | None], stopped: set[str]) -> None:
    """Pass messages on, and note at once which trial is to stop.

    Once the run is gone, end this process and all that it started, even amid a trial.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, [SHOW_STACK])  # it is the other thread's stack that matters
    idle = True
    with suppress(OSError):
        for message in receiver:
            if message.get("do") == "stop":
                stopped.add(message["key"])
                continue
            idle = message.get("do") == "leave"
            inbox.put(None if idle else message)
    if not idle:
        end_descendants(os.getpid())
        os.killpg(os.getpgrp(), signal.SIGKILL)
    inbox.put(None)


def _die_with_parent() -> None:
    """On Linux the kernel sees to it, also where Python's lock is held for good.

    Children whose own parent has ended become this process's, so that their memory counts and they end with it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1)
