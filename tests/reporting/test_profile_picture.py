"""The picture of a capability profile."""

import re

import pytest

from seqbench.errors import UsageError
from seqbench.reporting.profile_picture import write_picture
from seqbench.results.capability_profile import CapabilityProfile, ProbeAxis, ProbeCell

AXIS = ProbeAxis(probe="far", option="delay", measures="distance", levels=[1])
SAME = {"probe": "far", "dataset": "far", "tokens": 9, "ceiling": 1, "ceiling_of_sight": 1, "level": 0, "seed": 0}
CELLS = [ProbeCell(**SAME, model="m1", accuracy=1, trained_out=True)]
PROFILE = CapabilityProfile(axes=[AXIS], specs={"m1": "m1", "m2": "m2"}, cells=CELLS, epochs=1, patience=6)


def test_every_probe_and_model_is_in_the_picture(tmp_path):
    write_picture(tmp_path / "profile.svg", PROFILE)
    drawing = (tmp_path / "profile.svg").read_text()
    for text in ("<svg", ">far<", ">m1<", ">m2<", ">distance<"):
        assert text in drawing


def test_the_median_is_a_level_bar_and_no_interval(tmp_path):
    write_picture(tmp_path / "profile.svg", PROFILE)
    drawing = (tmp_path / "profile.svg").read_text()
    (bar,) = re.findall(r'aria-roledescription="tick" d="M[0-9.,-]+h([0-9.]+)v([0-9.]+)h', drawing)
    assert float(bar[0]) > 3 * float(bar[1])


def test_a_file_that_cannot_be_written_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot write"):
        write_picture(tmp_path / "no/profile.svg", PROFILE)
