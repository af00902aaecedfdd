"""The body of a request: of the right type, and no larger than allowed, however it is sent."""

import http.client

import pytest
from served import serving


def test_a_body_in_parts_that_is_too_large_is_refused_before_its_end(hmm):
    with serving({"hmm": hmm}, body=20_000) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        parts = [b"x" * 10_000] * 3
        connection.request("POST", "/tag", iter(parts), {"Content-Type": "application/json"}, encode_chunked=True)
        assert connection.getresponse().status == 413
        connection.close()


@pytest.mark.parametrize(("kind", "status"), [("application/json; charset=utf-8", 200), ("text/json", 415), ("", 415)])
def test_the_type_of_a_body_is_json(hmm, kind, status):
    with serving({"hmm": hmm}) as server:
        assert server.ask("POST", "/tag", {"text": "The dog"}, Content_Type=kind)[0] == status
