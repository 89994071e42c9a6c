"""The form: one specification writes it, seals it and reads it back."""
