"""Two models for all tests of the server."""

import pytest
from kept import kept, loaded


@pytest.fixture(scope="package")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    return {spec: loaded(kept(spec, folder / spec)) for spec in ("hmm", "majority")}


@pytest.fixture
def hmm(models):
    return models["hmm"]
