"""Parts of taggers of several families: forms, suffixes, ragged arrays, frequencies."""
