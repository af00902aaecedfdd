"""A pipeline of spaCy that others have trained, as it is: it learns nothing from train."""

from dataclasses import dataclass
from typing import Annotated, Literal

from seqbench import UsageError, learned

_NAMED = 5


@dataclass(kw_only=True)
class PretrainedSpacyTagger:
    """The tags of a pipeline that others have trained, with the texts that it says it learned from.

    Tags that train lacks become the first tag of train, and a note says which these are.
    """

    deterministic = True

    pipeline: Annotated[str, "installed package of a pipeline, or its folder"] = "en_core_web_sm"
    tags: Annotated[Literal["pos", "tag"], "universal parts of speech, or the finer tags of the language"] = "pos"

    def fit(self, train, conditions):
        """Load the pipeline without the parts that no tag needs. Raises `UsageError` if it is not installed."""
        import spacy

        del conditions
        try:
            pipeline = spacy.load(self.pipeline, exclude=["ner", "parser", "lemmatizer", "senter"])
        except OSError as error:
            raise UsageError(f"pipeline {self.pipeline!r} is no installed package or folder of spaCy's") from error
        self._fitted = pipeline, frozenset(train.tags.vocabulary), train.tags.vocabulary[0]

    def predict(self, sentences):
        """The pipeline's tags for words as they are cut here; a sentence without a word is not shown to it."""
        from spacy.tokens import Doc

        pipeline, known, usual = learned(self)
        docs = (Doc(pipeline.vocab, words=list(words)) for words in sentences if len(words))
        answers = ([self._tag(token) for token in doc] for doc in pipeline.pipe(docs))
        both = (next(answers) if len(words) else [] for words in sentences)
        return [[tag if tag in known else usual for tag in tags] for tags in both]

    @property
    def trained_on(self):
        """Names of the texts that the description of a loaded pipeline gives; its own name where it gives none."""
        if getattr(self, "_fitted", None) is None:
            return []
        meta = learned(self)[0].meta
        return [source["name"] for source in meta.get("sources") or []] or [f"the texts of {meta['name']}"]

    @property
    def notes(self):
        """What it is, and which of its tags train lacks."""
        pipeline, known, usual = learned(self)
        meta = pipeline.meta
        lacking = sorted(set(self._labels(pipeline)) - known)
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        notes = [f"{meta['lang']}_{meta['name']} {meta['version']} learns nothing from train"]
        changed = f"tags of it that train lacks become {usual!r}: {', '.join(lacking[:_NAMED])}{more}"
        return notes + [changed] * bool(lacking)

    def _tag(self, token):
        return token.pos_ if self.tags == "pos" else token.tag_

    def _labels(self, pipeline):
        if self.tags == "tag":
            return pipeline.get_pipe("tagger").labels if pipeline.has_pipe("tagger") else ()
        from spacy.parts_of_speech import NAMES

        return [name for name in NAMES.values() if name not in {"", "CONJ", "EOL"}]
