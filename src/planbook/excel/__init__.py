"""The Excel front: the add-in with its ribbon, and what a click on it does."""
