"""The model of a trial: saved where the tagger is, with sentences that tell whether it still answers alike."""

from kept import kept
from samples import Constant

from seqbench import Corpus, Dataset
from seqbench.contracts.dev_metric import Accuracy
from seqbench.contracts.trial import DatasetReference, TrialRequest
from seqbench.results.model_folder import read_record
from seqbench.running.trained_model import save


def request(folder):
    return TrialRequest("0" * 12, {}, "x", "x", 0, DatasetReference("d", "d", "f"), keep=str(folder))


def data():
    corpus = Corpus.encode([["a", "b"]], [["X", "Y"]])
    return Dataset.of("d", train=corpus, test=corpus, dev=corpus)


def test_the_probe_holds_what_the_model_answered(tmp_path):
    probe = read_record(kept("hmm", tmp_path / "model")).probe
    assert probe.sentences[0] == ("Everybody", "read", "that", "book")
    assert probe.tags[0] == ("NN", "V", "DET", "NN")
    assert len(probe.probabilities) == sum(map(len, probe.sentences))


def test_a_tagger_that_cannot_be_saved_says_so(tmp_path):
    tagger = Constant()
    tagger.fit(data().train, None)
    assert "has no save and load" in save(tagger, request(tmp_path / "m"), data(), Accuracy())["error"]


def test_a_tagger_that_fails_to_save_costs_its_model_alone(tmp_path):
    class Full(Constant):
        def save(self, folder):
            raise OSError("disk full")

        def load(self, folder):
            pass

    tagger = Full()
    tagger.fit(data().train, None)
    assert "disk full" in save(tagger, request(tmp_path / "m"), data(), Accuracy())["error"]


def test_a_folder_that_cannot_be_made_is_named_without_numbers_of_the_system(tmp_path):
    (tmp_path / "file").write_text("")

    class Kept(Constant):
        def save(self, folder):
            (folder / "learned.txt").write_text(self.tag)

        def load(self, folder):
            self.tag = (folder / "learned.txt").read_text()

    told = save(Kept(), request(tmp_path / "file" / "m"), data(), Accuracy())["error"]
    assert told == f"this model cannot be kept: '{tmp_path}/file/m/learned': Not a directory"
