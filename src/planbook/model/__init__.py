"""The nouns of planbook and their rules; standard library only, no files, databases or screens."""
