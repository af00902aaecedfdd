"""stanza's own training program on files that are written for it, and its trainer for tagging."""

import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from seqbench import learned


@dataclass(kw_only=True)
class StanzaTagger:
    """`stanza.models.tagger` without pretrained vectors; the best evaluation on dev is kept (without dev, on train)."""

    steps: Annotated[int, "batches to learn from, at most"] = 2000
    patience: Annotated[int, "batches without a better evaluation, then the second optimiser or the end"] = 1000
    interval: Annotated[int, "batches between evaluations"] = 100
    batch_size: Annotated[int, "words of a batch"] = 500

    def fit(self, train, conditions):
        """Train in a folder of its own, which is gone afterwards."""
        import stanza
        import torch
        from stanza.models import tagger
        from stanza.models.pos.trainer import Trainer

        stanza.logger.setLevel(logging.ERROR)
        torch.set_num_threads(conditions.threads)
        tags = list(train.tags.vocabulary)
        with tempfile.TemporaryDirectory() as folder:
            self._write(train, tags, Path(folder) / "train.conllu")
            self._write(conditions.dev or train, tags, Path(folder) / "dev.conllu")
            tagger.main(self._arguments(folder, conditions.seed))
            self._fitted = Trainer(model_file=f"{folder}/model.pt", device="cpu", args={}), tags

    def _arguments(self, folder, seed):
        settings = {
            "mode": "train",
            "lang": "xx",
            "shorthand": "xx_mine",
            "train_file": f"{folder}/train.conllu",
            "eval_file": f"{folder}/dev.conllu",
            "save_dir": folder,
            "save_name": "model.pt",
            "max_steps": self.steps,
            "max_steps_before_stop": self.patience,
            "eval_interval": self.interval,
            "batch_size": self.batch_size,
            "seed": seed,
        }
        options = [text for name, value in settings.items() for text in (f"--{name}", str(value))]
        return [*options, "--no_pretrain", "--fix_eval_interval", "--cpu"]

    def predict(self, sentences):
        """stanza's tags; a sentence without a word is not shown to it."""
        trainer, tags = learned(self)
        filled = [list(words) for words in sentences if len(words)]
        numbers = self._answers(trainer, filled) if filled else ()
        answers = ([tags[number] for number in sentence] for sentence in numbers)
        return [next(answers) if len(words) else [] for words in sentences]

    def _answers(self, trainer, sentences):
        from stanza.models.common.doc import Document
        from stanza.models.common.utils import unsort
        from stanza.models.pos.data import Dataset

        documents = [[{"id": (i,), "text": word} for i, word in enumerate(words, 1)] for words in sentences]
        document = Document(documents)
        data = Dataset(document, trainer.args, None, vocab=trainer.vocab, evaluation=True, sort_during_eval=True)
        answers, places = [], []
        for batch in data.to_loader(batch_size=5000):
            answers += trainer.predict(batch)
            places.extend(batch.idx)
        return [[self._number(columns[0]) for columns in sentence] for sentence in unsort(answers, places)]

    def _number(self, text):
        """stanza may answer that there is no tag, which seqbench does not know."""
        return int(text[1:]) if text and text.startswith("T") else 0

    def _write(self, corpus, tags, folder):
        """CoNLL-U with the tag's number in the column of universal tags, so that any tag set will do."""
        numbers = {tag: f"T{number}" for number, tag in enumerate(tags)}
        with folder.open("w", encoding="utf-8") as file:
            for words, own in zip(corpus.sentences, corpus.tags, strict=True):
                for i, (word, tag) in enumerate(zip(words, own, strict=True), 1):
                    columns = (
                        i,
                        word,
                        "_",
                        numbers.get(tag, f"T{len(numbers)}"),
                        "_",
                        "_",
                        i - 1,
                        "dep" if i > 1 else "root",
                        "_",
                        "_",
                    )
                    file.write("\t".join(map(str, columns)) + "\n")
                if words:
                    file.write("\n")
