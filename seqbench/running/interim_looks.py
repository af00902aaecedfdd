"""The parts of a plan whose seeds are chosen by looking: the trials up to the first look, then up to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from seqbench.errors import UsageError
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.stopping_rule import StoppingRule

_NAMED = 3  # open questions that a line names


def first_look(plan: Plan) -> Plan:
    """The plan with the seeds of the first look, or as it is if seeds are fixed."""
    if plan.until is None:
        return plan
    models = [(dataset.fingerprint, model.label) for dataset in plan.datasets for model in plan.models]
    return replace(plan, cells=dict.fromkeys((*m, seed) for m in models for seed in range(plan.until.looks[0])))


def refuse_other_looks(plan: Plan, store: Store) -> None:
    """Raises `UsageError` if a run that was looked at would have looks that were not planned.

    Its tests share their level over the looks of the plan; a plan that is changed after a look shares it anew.
    """
    earlier = store.manifest().until if store.manifest_path.is_file() else None
    if earlier is None or not store.keys():
        return
    seeds = plan.seeds if isinstance(plan.seeds, int) else 1 + max(plan.seeds)
    changed = seeds > earlier.most if plan.until is None else plan.until.looks[-1] != earlier.most
    if changed:
        raise UsageError(
            f"{str(store.folder)!r} was looked at with up to {earlier.most} seeds in view, over which its tests share "
            f"their level; keep that number (--until {earlier.rule} --max-seeds {earlier.most}), or make another run"
        )


def next_look(plan: Plan, run: Store, note: Callable[[str], None]) -> Plan | None:
    """The plan with further seeds of the models that need them, None once there are enough; `note` hears which."""
    if plan.until is None or plan.cells is None:
        return None
    reached = 1 + max(seed for _, _, seed in plan.cells)
    later = [look for look in plan.until.looks if look > reached]
    needy = plan.until(run)
    note(_told(needy, reached, plan.until) if needy else _enough(plan.until.past_help(run), reached, plan.until))
    if not needy or not later:
        return None
    more = dict.fromkeys((*model, seed) for model in needy for seed in range(reached, later[0]))
    return replace(plan, cells={**plan.cells, **more})


def _told(needy: Mapping[tuple[str, str], str], reached: int, until: StoppingRule) -> str:
    """Line on a look after which something is open."""
    after = "the most" if reached >= until.looks[-1] else f"of at most {until.looks[-1]}"
    return f"after {reached} seeds, {after}: {_first(list(dict.fromkeys(needy.values())))}"


def _enough(past_help: Sequence[str], reached: int, until: StoppingRule) -> str:
    """Line on the last look: enough seeds, or what no further ones decide."""
    of_most = f"of at most {until.looks[-1]} seeds"
    if not past_help:
        return f"{reached} {of_most} are enough (--until {until.name})"
    return f"after {reached} {of_most}, further ones decide nothing more: {_first(past_help)}"


def _first(clauses: Sequence[str]) -> str:
    more = f" and {len(clauses) - _NAMED} more" if len(clauses) > _NAMED else ""
    return f"{'; '.join(clauses[:_NAMED])}{more}"
