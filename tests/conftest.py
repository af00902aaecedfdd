"""What several tests need: the real corpora where they are, and quick reproducible properties."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import hypothesis
import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes run the tests; threads of each would only wait

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

hypothesis.settings.register_profile("seqbench", deadline=None, derandomize=True, max_examples=25)
hypothesis.settings.load_profile("seqbench")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported and collected stays to the end: it is no garbage, and need not be searched again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def installed_plugins() -> Iterator[None]:
    """Entry points are read once for each search path: those of 200 distributions take longer than most tests."""
    read, known = metadata.entry_points, {}

    def entry_points(**group: str) -> Any:
        key = (*sys.path, *group.items())
        if key not in known:
            known[key] = read(**group)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metadata, "entry_points", entry_points)
        yield


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of commands stand as they are; how they fit a narrower terminal is the subject of tests of its own."""
    monkeypatch.setenv("COLUMNS", "1000")


@pytest.fixture
def shared() -> Path:
    """The folder of real corpora beside the project; a clone elsewhere does not have it."""
    if not SHARED.is_dir():
        pytest.skip("needs the real corpora in ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, where it is installed."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if path is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def payloads(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A run whose words, tags, labels and notes would be code if a page obeyed any of them."""
    from reported import hostile_run  # it imports what few tests need

    return hostile_run(tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture(scope="session")
def payloads_report(payloads: Any) -> Any:
    """What the page tells of the only dataset of that run."""
    from reported import reports_of

    (report,) = reports_of(payloads)
    return report


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a tiny BERT of two layers with a WordPiece vocabulary of letters and a few words."""
    pytest.importorskip("transformers")
    from encoders import tiny_bert

    return tiny_bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="session")
def folds(tmp_path_factory):
    """The run over folds that several tests read."""
    from folded import folded_run

    return folded_run(tmp_path_factory.mktemp("folds") / "data")
