"""A run repeated from Python: `seqbench.rerun("runs/first").differences`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seqbench.api.arguments import texts_of
from seqbench.api.session import Notes, open_session
from seqbench.comparing.enough_seeds import Enough
from seqbench.registry.discovery import Registry
from seqbench.registry.plugin_files import files_of
from seqbench.results.rerun_differences import Difference, circumstances, differences
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan
from seqbench.running.repetition import Repetition, repeated_folder


@dataclass(frozen=True)
class Rerun:
    """A run that was repeated in `folder`: how many trials, which numbers differ, and what may be the reason."""

    folder: Path
    trials: int
    differences: Sequence[Difference]
    circumstances: Sequence[str]


def rerun(
    run: str | Path,
    *,
    out: str | Path | None = None,
    data: str | Path | Sequence[str | Path] = (),
    data_dir: str | Path | None = None,
    plugins: Sequence[str | Path] = (),
) -> Rerun:
    """Repeat a run with the options that it was made with, as `seqbench rerun` does; scores are compared, times not.

    The new run lies in `out`, else in RUN-again. `data` are the run's data where they are now, in its own order. Plugin
    files that the run was made with are loaded only if `plugins` names them. Raises `UsageError` and `StoreError`.
    """
    before = Store.open(Path(run).absolute())
    folder = repeated_folder(Path(run), None if out is None else Path(out))
    files = tuple(file.absolute() for file in files_of(plugins))

    def registry_of(without: Sequence[str]) -> Registry:
        return open_session(without, data_dir, ()).registry

    repetition = Repetition(before, folder, registry_of, _carry_out)
    now = repetition.of(before.manifest(), (str(run), files, texts_of(data)), Enough.planned)
    trials, differing = differences(before, now)
    return Rerun(folder, trials, differing, circumstances(before, now) if differing else [])


def _carry_out(plan: Plan, ways: Ways, registry: Registry, store: Store) -> None:
    executor = executor_for(ways, registry, plan.datasets, [model.spec for model in plan.models])
    runner.run(plan, registry, store, Notes().append, executor)
