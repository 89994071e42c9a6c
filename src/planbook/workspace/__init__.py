"""The workspace: its folders, settings, keys and lock; for actions and fronts alone, the rooms get values."""
