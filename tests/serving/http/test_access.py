"""Who may ask: with a token, by a name of this machine; what fails is said in the log and stops nothing."""

import pytest
from served import altered, serving
from starlette.datastructures import Headers

from seqbench.serving.http.access import Guard


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8000", True), ("localhost", True), ("[::1]:80", True), ("evil.example", False), ("", False),
        ("127.0.0.1.evil.example:80", False), ("localhost.evil.example", False), ("[::2]", False),
    ],
)  # fmt: skip
def test_a_page_whose_name_leads_here_is_refused(host, allowed):
    assert (Guard().refusal("/tag", Headers({"host": host})) is None) == allowed
    assert Guard("t", frozenset()).refusal("/health", Headers({"host": host})) is None


def test_the_token_is_asked_for_wherever_models_are_told_of(hmm):
    with serving({"hmm": hmm}, Guard("s3cret")) as server:
        for path in ("/models", "/metrics"):
            assert server.ask("GET", path)[0] == 401
            assert server.ask("GET", path, Authorization="Bearer wrong")[0] == 401
            assert server.ask("GET", path, Authorization="Bearer s3cret")[0] == 200
        assert server.tag(text="The dog")[0] == 401
        assert server.ask("POST", "/tag", {"text": "a"}, Authorization="Bearer s3cret")[0] == 200
        assert [server.ask("GET", path)[0] for path in ("/", "/health", "/openapi.json")] == [200] * 3
        assert "s3cret" not in str(server.events)


def test_every_answer_has_the_headers_that_keep_a_page_harmless(hmm):
    with serving({"hmm": hmm}) as server:
        for path in ("/", "/nowhere", "/models"):
            headers = server.ask("GET", path)[2]
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"


def test_a_tagger_that_fails_is_logged_and_the_next_request_is_answered(hmm):
    failing, tagger = altered(hmm)
    tagger.gate.set()
    with serving({"hmm": failing}) as server:
        status, told = server.tag(text="a bad word")
        assert (status, "log" in told["error"]) == (500, True)
        assert server.tag(text="The dog")[0] == 200
        assert server.events[0]["error"] == "ZeroDivisionError: a bad word"
        assert 'path="/tag",status="500"} 1' in server.ask("GET", "/metrics")[1]
