"""seqbench compares sequence models on the same data, under the same conditions.

These are the names that a plugin may import. Each is loaded on first use, so that `import seqbench` costs next to
nothing and never imports torch or scikit-learn; what all torch taggers share is in `seqbench.neural`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqbench.lazy_names import loading
from seqbench.version import __version__

if TYPE_CHECKING:
    from seqbench.api.bundling import bundle, unbundle
    from seqbench.api.checking import verify
    from seqbench.api.converting import convert
    from seqbench.api.inspecting import inspect
    from seqbench.api.listing import datasets, models
    from seqbench.api.probing import probe
    from seqbench.api.repeating import rerun
    from seqbench.api.running import run
    from seqbench.api.scoring import score
    from seqbench.api.training import train
    from seqbench.api.tuning import tune
    from seqbench.contracts.datasets import About, DataAccess, Difficulty, is_offline
    from seqbench.contracts.dev_metric import DevMetric
    from seqbench.contracts.fitted import learned
    from seqbench.contracts.hooks import Register, RegisterDataset, RegisterReader, hookimpl
    from seqbench.contracts.hyperparameters import Contents, Continues, Presets, Range
    from seqbench.contracts.imitating import Imitating
    from seqbench.contracts.inspected import Demonstrates, Exportable, Reducible, Salient, States, StepLosses, Untrained
    from seqbench.contracts.learned_files import check_array, read_learned, write_learned
    from seqbench.contracts.metric import Countable, Outcome
    from seqbench.contracts.plain_sentences import accepts_lists
    from seqbench.contracts.pretrained_taggers import Pretrained
    from seqbench.contracts.tagger import (
        Composite,
        Conditions,
        Deterministic,
        LooksAhead,
        Noted,
        Probabilistic,
        Saveable,
        Sighted,
        Sized,
        Stepwise,
        Tagger,
        UsesDevice,
        WarmsUp,
    )
    from seqbench.contracts.trial import TrialRequest, TrialResult
    from seqbench.data.ceilings import Ceilings
    from seqbench.data.corpus import Corpus, Ids, Sequences, strings
    from seqbench.data.dataset import Dataset, Splits
    from seqbench.data.origins import Origin, Origins
    from seqbench.data.packed_files import unpacked
    from seqbench.data.plain_objects import as_corpus
    from seqbench.data.strict_json import StrictDecoder
    from seqbench.data.vocabularies import Vocabularies
    from seqbench.errors import (
        DataError,
        NotFittedError,
        PluginError,
        PredictionError,
        SeqbenchError,
        StoreError,
        UsageError,
        unknown,
    )
    from seqbench.registry.models import make
    from seqbench.registry.specs import Spec, parse
    from seqbench.reporting.cost_table import costs
    from seqbench.reporting.merged_run import merge, runs
    from seqbench.reporting.opened_run import OpenedRun, open_run
    from seqbench.serving.exporting import NotExportable, export
    from seqbench.serving.inspection import Inspected, states
    from seqbench.serving.kept_model import KeptModel, load
    from seqbench.serving.onnx_model import OnnxModel, load_onnx

__all__ = [
    "About", "Ceilings", "Composite", "Conditions", "Contents", "Continues", "Corpus", "Countable", "DataAccess",
    "DataError", "Dataset", "Demonstrates", "Deterministic", "DevMetric", "Difficulty", "Exportable", "Ids",
    "Imitating", "Inspected", "KeptModel", "LooksAhead", "NotExportable", "NotFittedError", "Noted", "OnnxModel",
    "OpenedRun", "Origin", "Origins", "Outcome", "PluginError", "PredictionError", "Presets", "Pretrained",
    "Probabilistic", "Range", "Reducible", "Register", "RegisterDataset", "RegisterReader", "Salient", "Saveable",
    "SeqbenchError", "Sequences", "Sighted", "Sized", "Spec", "Splits", "States", "StepLosses", "Stepwise",
    "StoreError", "StrictDecoder", "Tagger", "TrialRequest", "TrialResult", "Untrained", "UsageError", "UsesDevice",
    "Vocabularies", "WarmsUp", "__version__", "accepts_lists", "as_corpus", "bundle", "check_array", "convert",
    "costs", "datasets", "export", "hookimpl", "inspect", "is_offline", "learned", "load", "load_onnx", "make",
    "merge", "models", "open_run", "parse", "probe", "read_learned", "report", "rerun", "run", "runs", "score",
    "states", "strings", "train", "tune", "unbundle", "unknown", "unpacked", "verify", "write_learned",
]  # fmt: skip

_HOMES = {
    "api.bundling": ("bundle", "unbundle"), "api.checking": ("verify",), "api.converting": ("convert",),
    "api.inspecting": ("inspect",), "api.listing": ("datasets", "models"),
    "api.probing": ("probe",), "api.repeating": ("rerun",), "api.running": ("run",), "api.scoring": ("score",),
    "api.training": ("train",), "api.tuning": ("tune",),
    "contracts.datasets": ("About", "DataAccess", "Difficulty", "is_offline"),
    "contracts.dev_metric": ("DevMetric",), "contracts.fitted": ("learned",), "contracts.imitating": ("Imitating",),
    "contracts.hooks": ("Register", "RegisterDataset", "RegisterReader", "hookimpl"),
    "contracts.hyperparameters": ("Contents", "Continues", "Presets", "Range"),
    "contracts.inspected": ("Demonstrates", "Exportable", "Reducible", "Salient", "States", "StepLosses", "Untrained"),
    "contracts.learned_files": ("check_array", "read_learned", "write_learned"),
    "contracts.metric": ("Countable", "Outcome"),
    "contracts.plain_sentences": ("accepts_lists",),
    "contracts.pretrained_taggers": ("Pretrained",),
    "contracts.tagger": (
        "Composite", "Conditions", "Deterministic", "LooksAhead", "Noted", "Probabilistic", "Saveable", "Sighted",
        "Sized", "Stepwise", "Tagger", "UsesDevice", "WarmsUp",
    ),
    "contracts.trial": ("TrialRequest", "TrialResult"),
    "data.ceilings": ("Ceilings",),
    "data.origins": ("Origin", "Origins"),
    "data.corpus": ("Corpus", "Ids", "Sequences", "strings"),
    "data.dataset": ("Dataset", "Splits"),
    "data.plain_objects": ("as_corpus",), "data.packed_files": ("unpacked",), "data.strict_json": ("StrictDecoder",),
    "data.vocabularies": ("Vocabularies",),
    "errors": (
        "DataError", "NotFittedError", "PluginError", "PredictionError", "SeqbenchError", "StoreError", "UsageError",
        "unknown",
    ),
    "registry.models": ("make",),
    "reporting.cost_table": ("costs",),
    "reporting.merged_run": ("merge", "runs"),
    "reporting.opened_run": ("OpenedRun", "open_run"),
    "serving.exporting": ("NotExportable", "export"), "serving.inspection": ("Inspected", "states"),
    "serving.kept_model": ("KeptModel", "load"), "serving.onnx_model": ("OnnxModel", "load_onnx"),
    "registry.specs": ("Spec", "parse"),
    "reporting.page.writing": ("report",),
}  # fmt: skip

__getattr__ = loading(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
