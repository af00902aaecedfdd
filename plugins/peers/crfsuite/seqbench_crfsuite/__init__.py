"""sklearn-crfsuite's conditional random field, as a plugin of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """One tagger; listing it does not import sklearn-crfsuite."""
    register(
        "sklearn-crfsuite", "seqbench_crfsuite.tagger:CRFTagger", "sklearn-crfsuite's CRF, features as in its tutorial"
    )
