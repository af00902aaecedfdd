"""`seqbench compare --scores FILE.csv`."""

from program import called


def test_published_scores_are_ranked_with_the_limits_said(tmp_path):
    (tmp_path / "scores.csv").write_text("model,x,y,z\na,0.9,0.8,0.7\nb,0.8,0.7,0.6\n")
    done = called("compare", "--scores", tmp_path / "scores.csv", "--diagram", tmp_path / "ranks.svg")
    assert done.returncode == 0, done.stderr
    assert "With 3 datasets p (adj.) is 0.25 at best: no pair can be told apart." in done.stdout
    assert done.stderr.startswith("note: only scores are known. No difference on one dataset is tested")
    assert (tmp_path / "ranks.svg").read_text().startswith("<svg")


def test_runs_and_options_that_scores_cannot_serve_are_refused(tmp_path):
    (tmp_path / "scores.csv").write_text("model,x,y\na,0.9,0.8\nb,0.8,0.7\n")
    done = called("compare", "r", "--scores", tmp_path / "scores.csv", "--per-tag", "--pairs", "--policy", "strict")
    assert done.returncode == 2
    assert "--scores ranks a table of scores alone; leave out RUN, --per-tag, --pairs, --policy" in done.stderr
    assert called("compare").returncode == 2


def test_a_diagram_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "scores.csv").write_text("model,x,y\na,0.9,0.8\nb,0.8,0.7\n")
    done = called("compare", "--scores", tmp_path / "scores.csv", "--diagram", tmp_path / "none" / "ranks.svg")
    assert (done.returncode, "cannot write the diagram" in done.stderr) == (2, True)
