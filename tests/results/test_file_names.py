"""Names of files for labels: a plain label stays, any other gets a hash, and no two are alike."""

import pytest

from seqbench.results.file_names import file_name, older_file_name


@pytest.mark.parametrize("label", ["baseline", "lstm-crf", "a_b.c+d", "v2"])
def test_a_plain_label_is_its_own_name(label):
    assert file_name(label) == older_file_name(label) == label


def test_labels_that_looked_alike_have_names_of_their_own():
    labels = ["hmm(rare=3, states=100)", "hmm(rare=3,states=100)", "hmm_rare_3_states_100", "模型", "基线", "model",
              "a" * 80, "a" * 81, "a" * 82, "a.", "a", "a/b", "a b"]  # fmt: skip
    assert len({file_name(label) for label in labels}) == len(labels)


def test_labels_that_differ_in_capitals_have_names_of_their_own_on_every_file_system():
    labels = ["model", "Model", "MODEL", "m(x=1)", "M(x=1)"]
    assert len({file_name(label).lower() for label in labels}) == len(labels)
    assert file_name("Model").startswith("Model~")


def test_a_changed_label_can_be_read_and_ends_in_a_mark_that_no_plain_label_has():
    assert file_name("gru(epochs=3)").startswith("gru_epochs_3~")
    assert file_name(file_name("gru(epochs=3)")) != file_name("gru(epochs=3)")


@pytest.mark.parametrize("label", ["../../etc", "a/../b", "\0", "..", ""])
def test_no_label_leads_out_of_the_folder(label):
    assert "/" not in file_name(label)
    assert file_name(label).strip(".")
