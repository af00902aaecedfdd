"""The server of the live page: to this machine only, to those who know the address, one page and nothing else."""

import json

import pytest
from loopback import get

from seqbench.serving.live.page_state import PageState
from seqbench.serving.live.server import served


@pytest.fixture
def state():
    state = PageState()
    state.show("1 of 2 trials finished", "<!doctype html><title>t</title><p>results of one trial")
    return state


def status(address, **headers):
    return get(address, **headers).status


def test_the_frame_the_page_and_how_far_the_run_is(state):
    with served(state) as address:
        frame = get(address)
        assert "<iframe" in frame.text
        assert "default-src 'none'" in frame.headers["Content-Security-Policy"]
        assert frame.headers["Referrer-Policy"] == "no-referrer"
        assert get(address + "page?1").text == state.page_for_browser().html
        told = json.loads(get(address + "state").text)
        assert told == {"number": 1, "status": "1 of 2 trials finished", "over": False}
        assert [status(address + name) for name in ("live.js", "live.css")] == [200, 200]


def test_strangers_see_nothing(state):
    with served(state) as address, served(state) as other:
        root = address[: address.index("/", len("http://")) + 1]
        assert address.startswith("http://127.0.0.1:")
        assert address.rsplit("/", 2)[1] != other.rsplit("/", 2)[1]
        for path in (root, root + "page", root + "a" * 22 + "/page", address + "../page", address + "run.json"):
            assert status(path) == 404
        assert status(address, Host="example.org:80") == 404
        assert status(address, Host="") == 404


def test_the_frame_takes_each_new_page_and_holds_still_where_asked(state, browser):
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with served(state) as address:
        page.goto(address)
        frame = page.frame_locator("#page")
        frame.get_by_text("results of one trial").wait_for()
        page.get_by_label("do not refresh").check()
        state.show("2 of 2 trials finished", "<!doctype html><title>t</title><p>results of both")
        page.get_by_text("2 of 2 trials finished").wait_for()
        assert frame.get_by_text("results of one trial").is_visible()
        page.get_by_label("do not refresh").uncheck()
        frame.get_by_text("results of both").wait_for()
        state.end()
        assert state.wait_until_known(10)
    assert complaints == []
    context.close()
