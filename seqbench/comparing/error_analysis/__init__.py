"""Where models are wrong: kinds of tokens, confusions, suspects of the annotation, tokens in context."""
