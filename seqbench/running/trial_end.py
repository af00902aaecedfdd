"""The end of a trial: its result checked, scored and kept; whatever that breaks is a failed trial of its plugin."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.trial import Failure, TrialRequest, TrialResult
from seqbench.errors import PluginError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import reason
from seqbench.registry.specs import parse
from seqbench.results.saving import save_trial
from seqbench.results.store import Store
from seqbench.running.result_check import checked_result
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored


@dataclass(frozen=True)
class Keeper:
    """Scores results and keeps them in a run's folder."""

    store: Store
    registry: Registry

    def keep(self, request: TrialRequest, result: TrialResult, reference: Reference) -> TrialResult:
        """The result as it was kept: with its scores, or a failure. Raises `StoreError` if the folder fails."""
        try:
            complete = scored(checked_result(result, reference), reference, self.registry)
            save_trial(self.store, request, complete, reference)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 -- of what a stranger's result may break, nothing is foreseen
            complete = failed(request, self.registry, error)
            save_trial(self.store, request, complete, reference)
        return complete


def failed(request: TrialRequest, registry: Registry, error: BaseException) -> TrialResult:
    """The failure of a trial, which names its plugin."""
    plugin = registry.tagger(parse(request.spec).name).plugin
    cause = error.__cause__ if isinstance(error, PluginError) else None
    why = _text(error, lambda: reason(error))
    text = _text(error, lambda: "".join(traceback.format_exception(cause or error)))
    return TrialResult(failure=Failure(plugin.name, plugin.version, why, text))


def _text(error: BaseException, say: Callable[[], str]) -> str:
    """Text of an error; its type alone, if the error cannot even be printed."""
    try:
        return plain_text(say())
    except Exception:  # noqa: BLE001 -- a stranger's exception may raise anything
        return type(error).__name__
