"""The libraries of the page come out of an installed package, or out of the cache that holds them unchanged."""

import pytest

from seqbench.reporting.page import libraries


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty folder of caches; the package is asked once for all tests."""
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def bundled():
    return libraries._bundled()


def read_anew():
    """The script as a new process gets it."""
    return libraries.javascript.__wrapped__()


def keep(bundled, monkeypatch):
    """Calls of the package from here on."""
    calls = []
    monkeypatch.setattr(libraries, "_bundled", lambda: calls.append(1) or bundled)
    return calls


def test_the_libraries_define_what_the_page_calls_and_can_stand_in_a_script(bundled):
    assert "window.vegaEmbed=" in bundled.replace(" ", "")
    assert "</script" not in bundled
    assert "<!--" not in bundled
    assert "\r" not in bundled


def test_the_script_is_put_together_once_and_then_read(cache, bundled, monkeypatch):
    calls = keep(bundled, monkeypatch)
    assert read_anew() == read_anew() == bundled
    assert len(calls) == 1


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-1], lambda c: c.replace(b"vegaEmbed", b"vegaEmbee", 1), lambda c: b"", lambda c: b"\xff"]
)
def test_a_script_that_has_changed_in_the_cache_is_never_used(cache, bundled, monkeypatch, damage):
    calls = keep(bundled, monkeypatch)
    read_anew()
    (file,) = cache.rglob("*.js")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert read_anew() == bundled
    assert len(calls) == 2
    assert file.read_bytes() == whole


def test_another_process_fills_the_cache_meanwhile_and_none_does_where_it_is_filled(cache, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent))
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(cache.parent / "seqbench"))
    with libraries.put_together_ahead():
        pass
    (file,) = cache.parent.rglob("*.js")
    monkeypatch.setattr(libraries.sys, "executable", "nowhere")
    with libraries.put_together_ahead():
        pass
    calls = keep("other", monkeypatch)
    assert read_anew() in file.read_text()
    assert calls == []


def test_a_page_that_fails_does_not_wait_for_its_libraries(cache, monkeypatch):
    monkeypatch.setattr(libraries, "_AHEAD", "import time; time.sleep(600)")
    with pytest.raises(ValueError, match="no luck"), libraries.put_together_ahead():
        raise ValueError("no luck")
    assert not list(cache.rglob("*.js"))


def test_a_cache_that_cannot_be_written_costs_only_time(cache, bundled, monkeypatch):
    keep(bundled, monkeypatch)
    cache.write_text("no folder")
    assert read_anew() == bundled
