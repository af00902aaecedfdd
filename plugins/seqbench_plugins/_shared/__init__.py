"""Parts of taggers of several families: unknown and frequent words, word shapes, ragged arrays, counts by part."""
