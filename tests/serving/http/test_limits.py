"""The limits that the command offers are those of the server."""

from program import called

from seqbench.serving.http.limits import Limits


def test_the_help_names_the_limits_that_hold():
    told = " ".join(called("serve", "--help").stdout.split())
    limits = Limits()
    assert f"[default: {limits.tokens};" in told
    assert f"[default: {limits.waiting};" in told
    assert f"[default: {limits.seconds:g}s]" in told
