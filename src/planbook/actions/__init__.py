"""One function per intention: plans, checks, acts, and returns a result object."""
