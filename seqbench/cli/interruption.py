"""Signals that end a run: the first as Ctrl-C does, the second at once, and the first too where nothing comes of it.

Python turns a signal into `KeyboardInterrupt` in whatever code runs at that moment. Long calls into compiled code see
it when they return, and finalizers and callbacks of C drop it. So a thread hears of each signal as well, and ends the
process if the process does not end by itself.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, current_thread, main_thread

from seqbench.running.executors.descendants import end_descendants

_INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GRACE = 5.0  # seconds that a process has to end by itself: workers are ended, locks given back


@contextmanager
def interruptible(farewell: str, grace: float = _GRACE) -> Iterator[None]:
    """Context in which SIGTERM and SIGHUP interrupt as Ctrl-C does; the next signal then ends the process at once.

    Where the context is not left within `grace` seconds of the first signal, the process says `farewell` and ends, with
    all that it has started. Outside the main thread, which alone may set them, signals stay as they are.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def interrupt(_number: int, _frame: object) -> None:
        before.clear()  # what comes next must not meet Python's own handler amid the end of the process
        for number in _SIGNALS:
            signal.signal(number, _leave)
        raise KeyboardInterrupt

    for number in _SIGNALS:
        if before[number] is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, interrupt)
    try:
        with _watched(farewell, grace):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _watched(farewell: str, grace: float) -> Iterator[None]:
    """Context within which a thread hears of signals at once, whatever the main thread is at."""
    receiver, sender = socket.socketpair()
    sender.settimeout(0)
    left = Event()
    with receiver, sender:
        before = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        Thread(target=_watch, args=(receiver.detach(), left, farewell, grace), daemon=True).start()
        try:
            yield
        finally:
            left.set()
            signal.set_wakeup_fd(before)


def _watch(receiver: int, left: Event, farewell: str, grace: float) -> None:
    """Wait for a signal, or for the end of the context, which closes the other end of the socket."""
    try:
        while heard := os.read(receiver, 1):
            if heard[0] in _SIGNALS and not left.wait(grace):
                with suppress(OSError):
                    os.write(2, f"{farewell}\n".encode(errors="backslashreplace"))
                _end()
    finally:
        os.close(receiver)


def _leave(_number: int, _frame: object) -> None:
    _end()


def _end() -> None:
    end_descendants(os.getpid())
    os._exit(_INTERRUPTED)
