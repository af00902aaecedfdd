"""Names that the header of a table has for the column of the words, and for the one that parts sentences."""

SENTENCE = ("sentence #", "sentence", "sentence_id", "sentence_idx", "sent_id", "sentence id", "sent", "sid")
WORD = ("word", "token", "form", "words", "tokens", "text")
