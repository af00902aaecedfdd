"""Is a difference real? Resampling, paired tests, corrections for many of them, and how large a difference is.

Everything works on counts: right tokens of each model and seed in each unit of the test set, and the tokens of each
unit. A unit is a sentence, or a document where the corpus marks them; never a token, whose neighbours share its fate.
"""
