"""The bundled sample: a fictional plan for the demonstration."""
