"""seqbench.train: the model that `seqbench train` keeps."""

from program import called

import seqbench


def test_a_model_trained_in_python_is_the_one_of_the_command(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tB-X\ndog\tI-X\nran\tO\n\n" * 12 + "a\tO\ncat\tB-X\n\n" * 6)
    assert called("train", "baseline", "--data", "small.tsv", "--out", "by-command", "-q").returncode == 0
    model = seqbench.train("baseline", data="small.tsv", out="by-python")
    assert model.record.scores == seqbench.load("by-command").record.scores
    assert model.predict([["the", "dog"]]) == [["B-X", "I-X"]]
