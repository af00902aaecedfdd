"""spaCy's tagger, trained from scratch, as a plugin of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """One tagger; listing it does not import spaCy."""
    register("spacy", "seqbench_spacy.tagger:SpacyTagger", "spaCy's tagger: hashed features of words, convolutions")
