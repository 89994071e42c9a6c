"""The one exception that reaches a front end: work that cannot go on, said in Chinese."""


class PlanbookError(Exception):
    """Work that cannot go on.

    The message is one Chinese sentence for the clerk: where, what, and what to do. Bad user data is not an
    error but a `Finding`.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
