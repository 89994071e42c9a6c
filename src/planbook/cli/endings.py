"""Exit codes, as the contract of the command line gives them."""

from typing import Final

DONE: Final = 0
NEEDS_PERSON: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
