"""Counters in the text format of Prometheus."""

import re

from seqbench.serving.http.metrics import Metrics


def test_every_line_is_one_that_prometheus_reads():
    metrics = Metrics()
    metrics.request("/tag", 200, 0.02)
    metrics.batch('a "model"\\\n', requests=2, tokens=9)
    text = metrics.text({"a": 3})
    assert text.endswith("\n")
    comment, value = r"# (HELP|TYPE) seqbench_\w+ .+", r'seqbench_\w+(\{(\w+="(\\.|[^"\\\n])*",?)+\})? [0-9.e+-]+'
    assert [line for line in text[:-1].split("\n") if not re.fullmatch(f"{comment}|{value}", line)] == []
    assert 'seqbench_requests_total{path="/tag",status="200"} 1' in text
    assert 'seqbench_waiting_requests{model="a"} 3' in text


def test_the_buckets_of_seconds_add_up():
    metrics = Metrics()
    for seconds in (0.0005, 0.02, 0.02, 99.0):
        metrics.request("/", 200, seconds)
    counts = [int(n) for n in re.findall(r"bucket\{le=\"[^\"]+\"\} (\d+)", metrics.text({}))]
    assert counts == sorted(counts)
    assert (counts[0], counts[-2], counts[-1]) == (1, 3, 4)
    assert "seqbench_request_seconds_count 4" in metrics.text({})
