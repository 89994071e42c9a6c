"""Intentions: the buttons of every front, each with its request and its ending."""
