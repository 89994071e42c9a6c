"""What was asked for is not there: the one error that is answered as 404."""

from planbook.model.errors import PlanbookError


class NotThereError(PlanbookError):
    """Nothing of that name is known."""
