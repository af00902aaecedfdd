"""Use of kept models: tagging new text, looking inside."""
