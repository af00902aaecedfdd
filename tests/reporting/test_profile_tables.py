"""The table of a capability profile."""

from seqbench.reporting.profile_tables import profile_table
from seqbench.reporting.table import rendered
from seqbench.results.capability_profile import CapabilityProfile, ProbeAxis, ProbeCell

AXIS = ProbeAxis(probe="far", option="delay", measures="distance", levels=[1, 2])


def cell(model, level, accuracy, *, seed=0, own=1.0, trained_out=True):
    return ProbeCell(
        probe="far",
        dataset="far",
        tokens=1000,
        ceiling=1,
        ceiling_of_sight=own,
        model=model,
        level=level,
        seed=seed,
        accuracy=accuracy,
        trained_out=trained_out,
    )


CELLS = [
    *(cell("all", level, 1) for level in (0, 1)),
    *(cell("none", level, 0.2) for level in (0, 1)),
    *(cell("some", level, 1 - level, trained_out=level == 0) for level in (0, 1)),
    *(cell("apart", level, 1 if seed else 0, seed=seed) for seed in (0, 1) for level in (0, 1)),
    *(cell("blind", level, 0.5, own=0.5) for level in (0, 1)),
]


def test_a_cell_has_the_level_of_the_median_seed_with_its_signs():
    specs = {model: model for model in ("all", "none", "some", "apart", "blind", "late")}
    table = profile_table(CapabilityProfile(axes=[AXIS], specs=specs, cells=CELLS, epochs=7, patience=6))
    assert dict(table.rows) == {
        "all": "≥2",
        "none": "<1",
        "some": "1?",
        "apart": "<1 (<1 to 2)",
        "blind": "<1 / ≥2",
        "late": "-",
    }
    text = rendered(table, "markdown")
    assert "far: distance" in text
    assert "dev still rose when the epochs ended (7 epochs, or those that a spec sets; --epochs)" in text
    assert "no sign before a stroke: at the next level no tagger that sees as little is near" in text
    assert "taggers that see as little" in text
    assert "no sign: at the next level dev did not rise in 6 epochs" in text


def test_what_a_model_cannot_see_is_not_laid_to_its_training():
    cells = [cell("blind", level, 0.5, own=0.5, trained_out=False) for level in (0, 1)]
    profile = CapabilityProfile(axes=[AXIS], specs={"blind": "blind"}, cells=cells, epochs=1, patience=1)
    text = rendered(profile_table(profile), "markdown")
    assert "did not rise" not in text
    assert "still rose" not in text
