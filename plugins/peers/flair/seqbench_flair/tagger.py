"""flair's SequenceTagger and trainer, over embeddings that are learned here: nothing pretrained is fetched."""

import tempfile
from dataclasses import dataclass
from typing import Annotated

from seqbench import UsesDevice, learned


@dataclass(kw_only=True)
class FlairTagger(UsesDevice):
    """A bidirectional recurrent network over words and characters, with a conditional random field if wanted."""

    epochs: Annotated[int, "passes over train, at most"] = 20
    batch_size: Annotated[int, "sentences of a batch"] = 32
    learning_rate: Annotated[float, "of stochastic gradient descent; halved when dev gets no better"] = 0.1
    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 100
    hidden_dim: Annotated[int, "numbers of the network's state"] = 256
    crf: Annotated[bool, "choose a sentence's tags together"] = True

    def fit(self, train, conditions):
        """Train in a folder of its own, which is gone afterwards."""
        import flair
        import torch
        from flair.data import Corpus
        from flair.datasets import FlairDatapointDataset
        from flair.embeddings import CharacterEmbeddings, OneHotEmbeddings, StackedEmbeddings
        from flair.models import SequenceTagger
        from flair.trainers import ModelTrainer

        flair.device = torch.device(conditions.device)
        flair.set_seed(conditions.seed)
        torch.set_num_threads(conditions.threads)
        splits = {"train": self._sentences(train), "dev": self._sentences(conditions.dev or train)}
        corpus = Corpus(
            **{name: FlairDatapointDataset(sentences) for name, sentences in splits.items()},
            sample_missing_splits=False,
        )
        words = OneHotEmbeddings.from_corpus(corpus, embedding_length=self.embedding_dim, min_freq=1)
        with tempfile.TemporaryDirectory() as folder:
            tagger = SequenceTagger(
                embeddings=StackedEmbeddings([words, CharacterEmbeddings(self._characters(train, folder))]),
                tag_dictionary=corpus.make_label_dictionary("tag", add_unk=False),
                tag_type="tag",
                hidden_size=self.hidden_dim,
                use_crf=self.crf,
                tag_format="BIO",
            )
            ModelTrainer(tagger, corpus).train(
                folder,
                learning_rate=self.learning_rate,
                mini_batch_size=self.batch_size,
                max_epochs=self.epochs,
                save_final_model=False,
                create_file_logs=False,
                create_loss_file=False,
            )
        self._fitted = tagger, train.tags.vocabulary[0]

    def predict(self, sentences):
        """flair's tags; a sentence without a word is not shown to it."""
        tagger, usual = learned(self)
        from flair.data import Sentence

        filled = [Sentence(list(words), use_tokenizer=False) for words in sentences if len(words)]
        tagger.predict(filled, label_name="found", force_token_predictions=True)
        answers = iter(filled)
        return [self._tags(next(answers), usual) if len(words) else [] for words in sentences]

    def _characters(self, train, folder):
        """A file with train's characters; flair would fetch a list of common ones."""
        from flair.data import Dictionary

        dictionary = Dictionary()
        for character in sorted({character for word in train.sentences.vocabulary for character in word}):
            dictionary.add_item(character)
        dictionary.save(f"{folder}/characters")
        return f"{folder}/characters"

    def _tags(self, sentence, usual):
        return [token.get_label("found", zero_tag_value=usual).value for token in sentence]

    def _sentences(self, corpus):
        from flair.data import Sentence

        sentences = []
        for words, tags in zip(corpus.sentences, corpus.tags, strict=True):
            if len(words):
                sentence = Sentence(list(words), use_tokenizer=False)
                for token, tag in zip(sentence, tags, strict=True):
                    token.add_label("tag", tag)
                sentences.append(sentence)
        return sentences
