"""Gold and predicted tags to scores and counts."""
