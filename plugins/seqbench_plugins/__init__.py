"""The built-in taggers, metrics, reporters, sections and formats, one file each, through the public hooks.

Only import paths stand here, so that listing the models imports none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqbench import Register, hookimpl

if TYPE_CHECKING:
    from seqbench.sections import RegisterSection


@hookimpl
def register_taggers(register: Register) -> None:
    """Name the files of this folder that hold a tagger; those marked default run when no model is asked for."""
    register(
        "baseline", "seqbench_plugins.counting.baseline:Baseline", "the most frequent tag of each word", default=True
    )
    register(
        "rnn",
        "seqbench_plugins.neural.rnn:RNNTagger",
        "recurrent network (Elman) over words and sub-words",
        default=True,
    )
    register(
        "gru",
        "seqbench_plugins.neural.gru:GRUTagger",
        "recurrent network with gated units over words and sub-words",
        default=True,
    )
    register(
        "lstm",
        "seqbench_plugins.neural.lstm:LSTMTagger",
        "recurrent network with long short-term memory over words and sub-words",
        default=True,
    )
    register(
        "lstm-crf",
        "seqbench_plugins.neural.lstm_crf:LSTMCRFTagger",
        "lstm whose tags are chosen together; only legal moves where they are spans",
    )
    register("majority", "seqbench_plugins.counting.majority:Majority", "the most frequent tag for every token")
    register("hmm", "seqbench_plugins.counting.hmm:HMM", "hidden Markov model of second order (TnT and better)")
    register("brill", "seqbench_plugins.counting.brill:BrillTagger", "rules that correct a first guess (Brill 1995)")
    register(
        "perceptron", "seqbench_plugins.linear.perceptron:Perceptron", "structured averaged perceptron (Collins 2002)"
    )
    register(
        "crf",
        "seqbench_plugins.linear.crf:CRF",
        "linear-chain conditional random field, trained by CRFsuite",
        needs={"pycrfsuite": "seqbench[crf]"},
    )
    register("maxent", "seqbench_plugins.linear.maxent:MaximumEntropy", "logistic regression for each token by itself")
    register("svm", "seqbench_plugins.linear.svm:SupportVectorMachine", "support vectors for each token by itself")
    register("feedforward", "seqbench_plugins.neural.feedforward:FeedforwardTagger", "a window of words and no state")
    register("cnn", "seqbench_plugins.neural.cnn:CNNTagger", "dilated convolutions over words and sub-words")
    register(
        "transformer",
        "seqbench_plugins.neural.transformer:TransformerTagger",
        "self-attention, an encoder trained from scratch",
    )
    register("mingru", "seqbench_plugins.neural.mingru:MinimalGRUTagger", "minimal gated units: gates without a state")
    register(
        "minlstm", "seqbench_plugins.neural.minlstm:MinimalLSTMTagger", "minimal long short-term memory: two such gates"
    )
    register("ssm", "seqbench_plugins.neural.ssm:StateSpaceTagger", "diagonal linear state space model (S4D, S5)")
    register("mamba", "seqbench_plugins.neural.mamba:MambaTagger", "selective state space model (Mamba)")
    register(
        "linear-attention",
        "seqbench_plugins.neural.linear_attention:LinearAttentionTagger",
        "attention without softmax: a memory of pairs that grows",
    )
    register(
        "gated-delta", "seqbench_plugins.neural.gated_delta:GatedDeltaTagger", "a memory of pairs that are replaced"
    )
    register("mlstm", "seqbench_plugins.neural.mlstm:MatrixLSTMTagger", "xLSTM's matrix memory with exponential gates")
    register("slstm", "seqbench_plugins.neural.slstm:ScalarLSTMTagger", "xLSTM's scalar memory with exponential gates")
    register(
        "pretrained",
        "seqbench_plugins.neural.pretrained:Pretrained",
        "a Hugging Face encoder, fine-tuned",
        needs={"transformers": "seqbench[pretrained]"},
    )
    register(
        "distil",
        "seqbench_plugins.combining.distil:Distil",
        "a network that learns a stronger tagger's probabilities",
    )
    register("ensemble", "seqbench_plugins.combining.ensemble:Ensemble", "several taggers that decide together")
    register("stacked", "seqbench_plugins.combining.stacked:Stacked", "a tagger that reads another tagger's guesses")
    register(
        "lstm-tutorial",
        "seqbench_plugins.neural.lstm_tutorial:TutorialTagger",
        "the PyTorch tutorial's model to the letter",
    )


@hookimpl
def register_metrics(register: Register) -> None:
    """Name the files of this folder that hold a metric."""
    register(
        "accuracy-without-o",
        "seqbench_plugins.metrics.accuracy_without_o:accuracy_without_o",
        "token accuracy where the gold tag is not O (tag sets in IOB form)",
    )
    register(
        "span-f1",
        "seqbench_plugins.metrics.span_f1:span_f1",
        "F1 of spans (tags in IOB and like schemes), illegal sequences read as conlleval does unless with "
        "--policy strict",
    )


@hookimpl
def register_reporters(register: Register) -> None:
    """Name the files of this folder that hold a reporter."""
    register("tensorboard", "seqbench_plugins.reporters.tensorboard:TensorBoard", "event files for TensorBoard")
    register("mlflow", "seqbench_plugins.reporters.mlflow:MLflow", "runs in MLflow's tracking")


@hookimpl
def register_sections(register: RegisterSection) -> None:
    """Name the files of this folder that hold a section of the page, in the order of the page."""
    register("scores", "seqbench_plugins.sections.scores:section", "seeds and means, accuracy by cost, kinds of words")
    register("training", "seqbench_plugins.sections.training:section", "loss and dev score by epoch and by second")
    register("confusions", "seqbench_plugins.sections.confusions:section", "tags taken for others, F1 of each tag")
    register("slices", "seqbench_plugins.sections.slices:section", "accuracy by frequency, sentence length, position")
    register("reliability", "seqbench_plugins.sections.reliability:section", "whether models know when they are wrong")
    register("pairs", "seqbench_plugins.sections.pairs:section", "which of two models is better")
    register("multiverse", "seqbench_plugins.sections.multiverse:section", "how far a lead hangs on the analysis")
    register("agreement", "seqbench_plugins.sections.agreement:section", "how far models agree, beyond chance")
    register("settings", "seqbench_plugins.sections.settings:section", "hyperparameters of each model")
    register("provenance", "seqbench_plugins.sections.provenance:section", "data, command, machine, versions")
    register("ranks", "seqbench_plugins.sections.ranks:section", "mean ranks over datasets", together=True)
    register("sizes", "seqbench_plugins.sections.sizes:section", "accuracy by size of the training set", together=True)
    register("probes", "seqbench_plugins.sections.probes:section", "how far models get on probes", together=True)


@hookimpl
def register_formats(register: Register) -> None:
    """Name the files of this folder that hold a format of tables."""
    register("markdown", "seqbench_plugins.formats.markdown:Markdown", "tables as GitHub's Markdown has them")
    register("latex", "seqbench_plugins.formats.latex:LaTeX", "tables with booktabs")
    register("html", "seqbench_plugins.formats.html:HTML", "a document of tables")
    register("csv", "seqbench_plugins.formats.csv:CSV", "rows for machines and spreadsheets, with all that is known")
