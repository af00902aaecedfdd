"""spaCy's tagger, trained from scratch or pretrained, as a plugin of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """Two taggers; listing them does not import spaCy."""
    register("spacy", "seqbench_spacy.tagger:SpacyTagger", "spaCy's tagger: hashed features of words, convolutions")
    register(
        "spacy-pretrained", "seqbench_spacy.pretrained:PretrainedSpacyTagger", "a pipeline that others have trained"
    )
