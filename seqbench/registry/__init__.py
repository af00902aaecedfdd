"""Names to things: plugins found, specs read, datasets loaded, models made, and where each comes from."""
