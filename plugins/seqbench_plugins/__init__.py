"""The built-in taggers, metrics and reporters, one file each, through the hooks that a stranger's plugin uses.

Only import paths stand here, so that listing the models imports none of them.
"""

from __future__ import annotations

from seqbench import hookimpl
from seqbench.hookspecs import Register


@hookimpl
def register_taggers(register: Register) -> None:
    """Name the files of this folder that hold a tagger; those marked default run when no model is asked for."""
    register("baseline", "seqbench_plugins.baseline:Baseline", "the most frequent tag of each word", default=True)
    register(
        "rnn", "seqbench_plugins.rnn:RNNTagger", "recurrent network (Elman) over words and sub-words", default=True
    )
    register(
        "gru",
        "seqbench_plugins.gru:GRUTagger",
        "recurrent network with gated units over words and sub-words",
        default=True,
    )
    register(
        "lstm",
        "seqbench_plugins.lstm:LSTMTagger",
        "recurrent network with long short-term memory over words and sub-words",
        default=True,
    )
    register(
        "lstm-crf",
        "seqbench_plugins.lstm_crf:LSTMCRFTagger",
        "lstm whose tags are chosen together; only legal moves where they are spans",
    )
    register("majority", "seqbench_plugins.majority:Majority", "the most frequent tag for every token")
    register("hmm", "seqbench_plugins.hmm:HMM", "hidden Markov model of second order (TnT and better)")
    register("perceptron", "seqbench_plugins.perceptron:Perceptron", "structured averaged perceptron (Collins 2002)")
    register("crf", "seqbench_plugins.crf:CRF", "linear-chain conditional random field, trained by CRFsuite")
    register("feedforward", "seqbench_plugins.feedforward:FeedforwardTagger", "a window of words and no state")
    register("cnn", "seqbench_plugins.cnn:CNNTagger", "dilated convolutions over words and sub-words")
    register(
        "transformer",
        "seqbench_plugins.transformer:TransformerTagger",
        "self-attention, an encoder trained from scratch",
    )
    register("pretrained", "seqbench_plugins.pretrained:Pretrained", "a Hugging Face encoder, fine-tuned")
    register("ensemble", "seqbench_plugins.ensemble:Ensemble", "several taggers that decide together")
    register(
        "lstm-tutorial", "seqbench_plugins.lstm_tutorial:TutorialTagger", "the PyTorch tutorial's model to the letter"
    )


@hookimpl
def register_metrics(register: Register) -> None:
    """Name the files of this folder that hold a metric."""
    register(
        "accuracy-without-o",
        "seqbench_plugins.accuracy_without_o:accuracy_without_o",
        "token accuracy where the gold tag is not O (tag sets in IOB form)",
    )
    register(
        "span-f1",
        "seqbench_plugins.span_f1:span_f1",
        "F1 of spans (tags in IOB and like schemes), illegal sequences read as conlleval does",
    )


@hookimpl
def register_reporters(register: Register) -> None:
    """Name the files of this folder that hold a reporter."""
    register("tensorboard", "seqbench_plugins.tensorboard:TensorBoard", "event files for TensorBoard")
    register("mlflow", "seqbench_plugins.mlflow:MLflow", "runs in MLflow's tracking")
