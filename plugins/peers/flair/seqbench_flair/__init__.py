"""flair's SequenceTagger, trained from scratch, as a plugin of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """One tagger; listing it does not import flair."""
    register(
        "flair", "seqbench_flair.tagger:FlairTagger", "flair's SequenceTagger over words and characters, no download"
    )
