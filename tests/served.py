"""Servers of kept models for tests: in a thread of this process, on a port of their own."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from seqbench.serving.http.access import Guard
from seqbench.serving.http.application import application
from seqbench.serving.http.limits import Limits
from seqbench.serving.http.server import Address, Server, _config, _told


@dataclass
class Served:
    """A server: its port, what it logged, and how to ask it."""

    port: int
    events: list = field(default_factory=list)

    def ask(self, method, path, body=None, **headers):
        """Status, content and headers of an answer; a body that is no text is sent as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        connection.request(method, path, sent, {**kind, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        content, type_ = answer.read(), answer.headers.get_content_type()
        connection.close()
        return answer.status, json.loads(content) if type_ == "application/json" else content.decode(), answer.headers

    def tag(self, **asked):
        """Status and content of POST /tag."""
        return self.ask("POST", "/tag", asked)[:2]


@contextmanager
def serving(models, guard=None, **limits):
    """A server of models by label, which ends with the block."""
    own = Limits(**limits)
    events = []
    app = application(models, own, guard or Guard(), events.append)
    with Address(port=0).listening() as opened, _told(events.append):
        server = Server(_config(app, own))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield Served(opened.getsockname()[1], events)
        finally:
            server.should_exit = True
            thread.join(30)


@dataclass
class Altered:
    """A tagger that waits before it answers, and fails at a word."""

    tagger: object
    gate: threading.Event = field(default_factory=threading.Event)
    calls: list = field(default_factory=list)

    def predict(self, sentences):
        self.calls.append(len(sentences))
        self.gate.wait(30)
        if any("bad" in words for words in sentences):
            raise ZeroDivisionError("a bad word")
        return self.tagger.predict(sentences)


def altered(model):
    """A model whose answers wait for `gate`, with the tagger that tells."""
    tagger = Altered(model.tagger)
    return replace(model, tagger=tagger), tagger
