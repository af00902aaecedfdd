"""spaCy's own tagger on a blank pipeline, with spaCy's default network and no pretrained vectors."""

import random
from dataclasses import dataclass
from typing import Annotated

from seqbench import learned


@dataclass(kw_only=True)
class SpacyTagger:
    """The `tagger` pipe over hashed word features and convolutions; the best epoch on dev is kept."""

    epochs: Annotated[int, "passes over train"] = 10
    batch_size: Annotated[int, "sentences of a batch"] = 64
    dropout: Annotated[float, "share of numbers that are left out in training"] = 0.1

    def fit(self, train, conditions):
        """Train a new pipeline."""
        import spacy

        spacy.util.fix_random_seed(conditions.seed)
        pipeline = spacy.blank("xx")
        pipeline.add_pipe("tagger")
        self._fitted = pipeline, train.tags.vocabulary[0]
        examples = self._examples(train)
        optimizer = pipeline.initialize(lambda: examples)
        best = (-1.0, None)
        for epoch in range(1, self.epochs + 1):
            losses = {}
            random.shuffle(examples)
            for batch in spacy.util.minibatch(examples, self.batch_size):
                pipeline.update(batch, sgd=optimizer, drop=self.dropout, losses=losses)
            accuracy = self._accuracy(conditions.dev, optimizer) if conditions.dev else float(epoch)
            if accuracy > best[0]:
                with pipeline.use_params(optimizer.averages):
                    best = (accuracy, pipeline.to_bytes())
            report = {"dev_accuracy": accuracy} if conditions.dev else {}
            if conditions.report(epoch=epoch, tokens=train.tokens, loss=losses["tagger"] / train.tokens, **report):
                break
        pipeline.from_bytes(best[1])

    def predict(self, sentences):
        """spaCy's tags; a sentence without a word is not shown to it."""
        pipeline, usual = learned(self)
        from spacy.tokens import Doc

        docs = (Doc(pipeline.vocab, words=list(words)) for words in sentences if len(words))
        answers = ([token.tag_ or usual for token in doc] for doc in pipeline.pipe(docs))
        return [next(answers) if len(words) else [] for words in sentences]

    def _examples(self, train):
        from spacy.tokens import Doc
        from spacy.training import Example

        vocab = learned(self)[0].vocab
        pairs = [(words, tags) for words, tags in zip(train.sentences, train.tags, strict=True) if len(words)]
        return [Example.from_dict(Doc(vocab, words=list(words)), {"tags": list(tags)}) for words, tags in pairs]

    def _accuracy(self, dev, optimizer):
        with learned(self)[0].use_params(optimizer.averages):
            answers = self.predict(dev.sentences)
        pairs = zip(answers, dev.tags, strict=True)
        right = sum(a == b for predicted, gold in pairs for a, b in zip(predicted, gold, strict=True))
        return right / max(dev.tokens, 1)
