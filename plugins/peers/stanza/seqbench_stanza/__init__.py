"""stanza's part-of-speech tagger, trained from scratch, as a plugin of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """One tagger; listing it does not import stanza."""
    register(
        "stanza", "seqbench_stanza.tagger:StanzaTagger", "stanza's tagger: recurrent network over words and characters"
    )
