"""seqbench costs, as a user sees it."""

import json

from kept import kept
from program import called

from seqbench.serving import variant_costs


def test_it_prints_a_table_for_each_model_and_json_for_all(tmp_path, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda _folder: None)
    folders = [kept(spec, tmp_path / spec) for spec in ("baseline", "majority")]
    done = called("costs", *folders)
    assert done.returncode == 0, done.stderr
    assert "baseline on tutorial" in done.stdout
    assert "majority on tutorial" in done.stdout
    rows = json.loads(called("costs", *folders, "--format", "json").stdout)
    assert [(row["model"], row["weights"]) for row in rows] == [("baseline", "as it is"), ("majority", "as it is")]
    assert rows[0]["bytes_on_disk"] > 0


def test_what_is_no_model_is_one_sentence(tmp_path):
    done = called("costs", tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
