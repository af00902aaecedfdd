"""Where a trained network computes: in torch, or in onnxruntime from an ONNX file."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, Self

from seqbench.contracts.fitted import learned
from seqbench.errors import UsageError
from seqbench.neural.fitted_network import FittedNetwork
from seqbench.neural.onnx_session import missing_packages, session_of
from seqbench.neural.onnx_tables import with_tables
from seqbench.neural.training_fields import TrainingFields


@dataclass(kw_only=True)
class RuntimeFields(TrainingFields):
    """A field for taggers to inherit whose trained network may tag from an ONNX file; `NeuralTagger` has it."""

    runtime: Annotated[
        Literal["torch", "onnx"], "what computes the scores of new text; onnx: onnxruntime on the CPU (extra onnx)"
    ] = "torch"
    _fitted: FittedNetwork | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be: `ValueError` says which field and what it was."""
        super().__post_init__()
        missing = missing_packages() if self.runtime == "onnx" else []
        if missing:
            raise ValueError(f"runtime='onnx' needs {' and '.join(missing)}: pip install 'seqbench[onnx]'")

    def running(self, fitted: FittedNetwork) -> FittedNetwork:
        """The network as it computes at this runtime. Raises `UsageError` if it cannot."""
        if self.runtime == "torch":
            return fitted
        if fitted.device != "cpu":
            raise UsageError(f"runtime='onnx' computes on the CPU, not on {fitted.device}; choose --device cpu")
        return replace(fitted, scores=session_of(fitted).scores)

    def exported(self) -> Self:
        """See `seqbench.Exportable`."""
        other = copy.copy(self)
        other.runtime = "onnx"
        vars(other)["_fitted"] = other.running(learned(self))
        return other

    def as_onnx(self, about: Mapping[str, str]) -> bytes:
        """See `seqbench.Exportable`."""
        fitted = learned(self)
        return with_tables(session_of(fitted).content, fitted, about)
