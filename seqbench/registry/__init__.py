"""Names to things: plugins discovered, specs parsed, datasets loaded, models made, with their provenance."""
