"""What taggers of several families use: forms, suffixes, ragged arrays, frequencies."""
